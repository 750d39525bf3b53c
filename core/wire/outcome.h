// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/conversation.h"

#include <cstddef>
#include <string_view>

namespace understudy::wire {

/// What went out of an answer, while it goes.
struct Outcome : Sent
{
    std::size_t limit = 0; ///< of `bytes`

    void keep(std::string_view piece)
    {
        size += piece.size();
        if (bytes->size() < limit)
            bytes->append(piece.substr(0, limit - bytes->size()));
    }
};

} // namespace understudy::wire
