// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace understudy::http {

/// The media type of a file by its name's ending, letter case ignored; with charset for texts.
/// Empty if it is not known.
std::string_view mimeTypeOf(std::string_view fileName);

} // namespace understudy::http
