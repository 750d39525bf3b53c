// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/native.h"

namespace understudy::formats::native {

std::string patch(std::string_view text, const Server &before, const Server &after)
{
    if (write(before) == write(after))
        return std::string(text);
    return write(after);
}

} // namespace understudy::formats::native
