// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/compiled_server.h"
#include "core/formats/mockoon/mockoon.h"
#include "core/http/request_parser.h"
#include "core/model/validate.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace understudy::test {

/// An environment as Mockoon writes it, changed by what a test wants to say.
inline boost::json::object environment(boost::json::array routes)
{
    return {{"uuid", "1"},   {"lastMigration", 33},        {"name", "Test"},
            {"port", 3000},  {"hostname", "127.0.0.1"},    {"endpointPrefix", ""},
            {"cors", false}, {"routes", std::move(routes)}};
}

inline boost::json::object route(std::string_view method, std::string_view endpoint,
                                 boost::json::array responses)
{
    return {{"type", "http"},
            {"method", method},
            {"endpoint", endpoint},
            {"responses", std::move(responses)}};
}

/// Imports one environment; an error fails the test.
inline formats::LoadedServer imported(const boost::json::object &environment)
{
    formats::LoadOutcome outcome
        = formats::mockoon::import(boost::json::serialize(environment), "test.json");
    for (const Problem &error : outcome.errors)
        ADD_FAILURE() << error.error.text();
    if (outcome.servers.size() != 1) {
        ADD_FAILURE() << "one server expected";
        return {};
    }
    for (const Finding &finding : validate(outcome.servers[0].server))
        ADD_FAILURE() << finding.endpointId << ": " << finding.field << ": " << finding.message;
    return std::move(outcome.servers[0]);
}

/// A response of a route with a text for a body.
inline boost::json::object answer(std::string_view body, bool isDefault = false,
                                  boost::json::array rules = {})
{
    return {{"body", body}, {"default", isDefault}, {"rules", std::move(rules)}};
}

/// What the engine answers to a request's text.
struct Answer
{
    int status = 0;
    std::string head;
    std::string body;
};

/// The imported server as the engine serves it.
class ServedEnvironment
{
public:
    explicit ServedEnvironment(const Server &server)
    {
        auto compiled = CompiledServer::compile(server, std::make_shared<ServerMemory>(), {});
        if (compiled)
            m_server = *std::move(compiled);
        else
            ADD_FAILURE() << compiled.error().text();
    }
    explicit ServedEnvironment(const boost::json::object &environment)
        : ServedEnvironment(imported(environment).server)
    {}

    Answer ask(std::string_view method, std::string_view target, std::string_view headers = {},
               std::string_view body = {}) const
    {
        std::string text
            = std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
        text += headers;
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
        http::RequestParser parser;
        parser.feed(text);
        if (!m_server || !parser.isComplete()) {
            ADD_FAILURE() << "no request: " << text;
            return {};
        }
        const http::Request request = parser.take();
        const AnswerPlan plan = m_server->answer(request, {"127.0.0.1", 3000, false}, Moment{});
        return {plan.answer->status, plan.answer->head, *plan.answer->body};
    }

private:
    std::shared_ptr<const CompiledServer> m_server;
};

} // namespace understudy::test
