// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/http/date.h"
#include "core/http/request_parser.h"
#include "core/match/rule_matcher.h"

#include <gtest/gtest.h>

/// Asking the rules of a mock file about a request, without a server.
namespace understudy::test {

/// A request from its head lines (without the empty one) and its body; the length is added.
inline http::Request requestOf(const std::string &head, const std::string &body)
{
    http::RequestParser parser;
    parser.feed(head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_TRUE(parser.isComplete()) << (parser.failure() ? parser.failure()->message : "");
    return parser.take();
}

inline http::Request postOf(const std::string &type, const std::string &body,
                            const std::string &moreHead = {})
{
    return requestOf("POST /x HTTP/1.1\r\nHost: a\r\n" + moreHead
                         + (type.empty() ? "" : "Content-Type: " + type + "\r\n"),
                     body);
}

inline RuleMatcher rulesOf(const std::string &when)
{
    auto loaded = formats::loadText(
        "understudy: 1\nendpoints:\n- path: /x\n  responses:\n  - when: " + when + "\n",
        "t.mock.yaml", {.format = "native"});
    for (const Problem &p : loaded.errors)
        ADD_FAILURE() << when << ": " << p.error.text();
    if (loaded.servers.empty())
        return RuleMatcher::off("not read");
    const Endpoint &endpoint = *loaded.servers.at(0).server.items.at(0).endpoint();
    auto matcher = RuleMatcher::compile(*endpoint.responses.at(0).when);
    EXPECT_TRUE(matcher) << when << ": " << (matcher ? "" : matcher.error().message);
    return matcher ? *matcher : RuleMatcher::off("not compiled");
}

struct Judged
{
    bool holds = false;
    std::vector<ConditionTrace> trace;
};

inline Judged judge(const std::string &when, const http::Request &request)
{
    const ConnectionFacts facts{"127.0.0.1", 8080, false, "", ""};
    const RequestView view(request, facts);
    const NamedValues path{{"id", "7"}};
    const std::function<std::string(std::string_view, const MatchContext &)> scenario
        = [](std::string_view, const MatchContext &) { return std::string("Started"); };
    Judged out;
    out.holds = rulesOf(when).matches(
        {view, path, 3, *http::parseAnyDate("2026-11-22T12:00:00Z"), scenario}, out.trace);
    return out;
}

inline bool rulesHold(const std::string &when, const http::Request &request)
{
    return judge(when, request).holds;
}

inline std::string repeated(std::string_view piece, std::size_t bytes)
{
    std::string out;
    while (out.size() < bytes)
        out += piece;
    return out;
}

} // namespace understudy::test
