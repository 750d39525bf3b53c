// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/api_call.h"

#include <boost/json/serialize.hpp>

namespace understudy::control {

namespace json = boost::json;

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::InUse:
        return 409;
    case ErrorCode::Access:
        return 403;
    case ErrorCode::Syntax:
    case ErrorCode::Invalid:
    case ErrorCode::Limit:
    case ErrorCode::Unsupported:
        return 422;
    case ErrorCode::System:
    case ErrorCode::Cancelled:
        break;
    }
    return 500;
}

ApiReply jsonReply(const json::value &value, int status)
{
    return {status, "application/json", json::serialize(value) + "\n", {}};
}

ApiReply errorReply(int status, std::string_view code, std::string_view message)
{
    return jsonReply({{"error", {{"code", code}, {"message", message}}}}, status);
}

ApiReply errorReply(const Error &error)
{
    return errorReply(statusOf(error.code), errorCodeName(error.code), error.text());
}

ApiReply noSuchServer(const std::string &id)
{
    return errorReply(404, "notFound", "there is no server \"" + id + "\"");
}

} // namespace understudy::control
