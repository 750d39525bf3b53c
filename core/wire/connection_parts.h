// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/slicer.h"
#include "core/wire/await.h"
#include "core/wire/connection.h"

#include <chrono>

/// What the sources of Connection share.
namespace understudy::wire {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// Of a streamed file an exchange keeps this much.
inline constexpr std::size_t kFileCapture = 262'144;

/// What went out, while it goes.
struct Connection::Outcome : Sent
{
    std::size_t limit = 0; ///< of `bytes`

    void keep(std::string_view piece);
};

} // namespace understudy::wire
