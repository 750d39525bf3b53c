// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/edit.h"
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

/// What tests of simulations of Hoverfly share.
namespace understudy::formats::hoverfly {

using namespace test;
using testing::HasSubstr;

inline constexpr const char *kName = "simulation.json";

inline std::string simulation(const std::string &pairs, const std::string &more = {},
                              const std::string &version = "v5.3")
{
    return R"({"data": {"pairs": [)" + pairs + "]" + more + R"(}, "meta": {"schemaVersion": ")"
           + version + R"(", "hoverflyVersion": "v1.10.0"}})";
}

inline std::string pair(const std::string &request, const std::string &body = "yes",
                        const std::string &more = {})
{
    return R"({"request": {)" + request + R"(}, "response": {"status": 200, "body": ")" + body
           + "\"" + more + "}}";
}

inline LoadedServer imported(const std::string &text)
{
    LoadedServer loaded = loadedOne(text, kName);
    EXPECT_EQ(loaded.format, "hoverfly");
    expectWhole(loaded.server);
    return loaded;
}

inline bool meets(const std::string &request, std::string_view method, std::string_view target,
                  std::string_view headers = {}, std::string_view body = {})
{
    const LoadedServer loaded = imported(simulation(pair(request)));
    return ServedEnvironment(loaded.server).ask(method, target, headers, body).status == 200;
}

inline std::string matcher(const std::string &kind, const std::string &value,
                           const std::string &more = {})
{
    return R"([{"matcher": ")" + kind + R"(", "value": ")" + value + "\"" + more + "}]";
}

/// A pair for a path that is its body, for these destinations.
inline std::string to(const std::string &matchers, const std::string &body)
{
    return pair(R"("destination": )" + matchers + R"(, "path": )" + matcher("exact", "/" + body),
                body);
}

inline const Endpoint &endpointAt(const LoadedServer &loaded, std::size_t place)
{
    return *loaded.server.items.at(place).endpoint();
}

} // namespace understudy::formats::hoverfly
