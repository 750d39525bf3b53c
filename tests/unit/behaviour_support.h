// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/compiled_server.h"
#include "core/http/request_parser.h"
#include "tests/support/mock.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

/// Whole servers whose decisions are looked at, without sockets.
namespace understudy::test::behaviour {

/// A compiled server that is asked directly, with the time as the test sets it.
class Asked
{
public:
    explicit Asked(const std::string &yaml, std::uint64_t seed = 42)
    {
        CompileOptions options;
        options.folder = folder.path();
        options.seed = seed;
        options.serverId = "test";
        options.switches = switches;
        auto compiled = CompiledServer::compile(parseMock(yaml), memory, options);
        if (compiled)
            server = *compiled;
        else
            error = compiled.error().message;
    }

    AnswerPlan get(const std::string &target, const std::string &headers = {})
    {
        return ask("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
    }

    AnswerPlan ask(const std::string &text, const Anticipation *anticipated = nullptr)
    {
        return server->answer(parse(text), facts, {{}, now}, anticipated);
    }

    Anticipation anticipate(const std::string &text)
    {
        return server->anticipate(parse(text).head, facts, {{}, now});
    }

    static http::Request parse(const std::string &text)
    {
        http::RequestParser parser;
        parser.feed(text);
        EXPECT_TRUE(parser.isComplete()) << text;
        return parser.take();
    }

    /// One letter a request: the first of the fault's label, '.' without one.
    std::string pattern(const std::string &target, int requests)
    {
        std::string out;
        for (int i = 0; i < requests; ++i) {
            const AnswerPlan plan = get(target);
            const bool isBroken = plan.decision && plan.decision->fault;
            out += isBroken ? plan.decision->fault->label[0] : '.';
        }
        return out;
    }

    TemporaryFolder folder;
    std::shared_ptr<ServerMemory> memory = std::make_shared<ServerMemory>();
    std::shared_ptr<FaultSwitches> switches = std::make_shared<FaultSwitches>();
    std::shared_ptr<const CompiledServer> server;
    std::string error;
    ConnectionFacts facts{.client = "127.0.0.1", .port = 3000};
    Duration now{};
};

inline std::string endpoint(const std::string &behaviour, const std::string &more = {})
{
    return mock("- {method: GET, path: /x, behaviour: " + behaviour
                    + ", responses: [{body: answer}]}\n",
                more);
}

inline std::shared_ptr<const BehaviourRecord> recordOf(const AnswerPlan &plan)
{
    return plan.decision ? plan.decision->record : plan.record;
}

} // namespace understudy::test::behaviour
