// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/api.h"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::control {

/// A request that found its route: the captured segments, the query, and the body.
struct ControlApi::Call
{
    std::string argument; ///< the first `*` of the route
    std::string name;     ///< the second
    std::vector<std::pair<std::string, std::string>> query;
    std::string_view body;
};

ApiReply jsonReply(const boost::json::value &value, int status = 200);
ApiReply errorReply(int status, std::string_view code, std::string_view message);
ApiReply errorReply(const Error &error);
/// The HTTP status that says best what kind of error it was.
int statusOf(ErrorCode code);
ApiReply noSuchServer(const std::string &id);

} // namespace understudy::control
