// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace understudy::wire {

/// `co_await f(..., kNoThrow)` gives the error code beside the result instead of throwing it.
inline constexpr auto kNoThrow = boost::asio::as_tuple(boost::asio::use_awaitable);

} // namespace understudy::wire
