// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/edit.h"
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

/// What tests of contracts of Pact share.
namespace understudy::formats::pact {

using namespace test;
using testing::HasSubstr;

inline constexpr const char *kName = "web-users.json";
inline constexpr const char *kJson = "Content-Type: application/json\r\n";

inline std::string contract(const std::string &interactions, const std::string &version = "3.0.0",
                            const std::string &more = {})
{
    return R"({"consumer": {"name": "Web"}, "provider": {"name": "Users API"}, "interactions": [)"
           + interactions + R"(], "metadata": {"pactSpecification": {"version": ")" + version
           + "\"}}" + more + "}";
}

inline std::string interaction(const std::string &request, int status, const std::string &more = {})
{
    return R"({"description": "d", "request": {)" + request + R"(}, "response": {"status": )"
           + std::to_string(status) + "}" + more + "}";
}

inline LoadedServer imported(const std::string &text)
{
    LoadedServer loaded = loadedOne(text, kName);
    EXPECT_EQ(loaded.format, "pact");
    expectWhole(loaded.server);
    return loaded;
}

/// The status for a request to a contract with that one interaction, which answers with 201.
inline int statusOf(const std::string &request, std::string_view method, std::string_view target,
                    std::string_view headers = {}, std::string_view body = {},
                    const std::string &version = "3.0.0")
{
    const LoadedServer loaded = imported(contract(interaction(request, 201), version));
    return ServedEnvironment(loaded.server).ask(method, target, headers, body).status;
}

/// The same for a body of JSON whose example has these rules.
inline int statusOfBody(const std::string &example, const std::string &rules, std::string_view body)
{
    return statusOf(R"("method": "POST", "path": "/a", "headers": {"Content-Type":
                       "application/json"}, "body": )"
                        + example + R"(, "matchingRules": {"body": )" + rules + "}",
                    "POST", "/a", kJson, body);
}

inline std::string rule(const std::string &matcher) { return R"({"matchers": [)" + matcher + "]}"; }

} // namespace understudy::formats::pact
