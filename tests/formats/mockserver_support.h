// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/edit.h"
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

/// What tests of expectations of MockServer share.
namespace understudy::formats::mockserver {

using namespace test;
using testing::HasSubstr;

inline constexpr const char *kName = "expectations.json";

inline LoadedServer imported(const std::string &text)
{
    LoadedServer loaded = loadedOne(text, kName);
    EXPECT_EQ(loaded.format, "mockserver");
    expectWhole(loaded.server);
    return loaded;
}

inline std::string expectation(const std::string &request, const std::string &body = "yes",
                               const std::string &more = {})
{
    return R"({"httpRequest": {)" + request + R"(}, "httpResponse": {"body": ")" + body + "\"}"
           + more + "}";
}

/// Whether a request with that in front of its headers and this body meets the expectation.
inline bool meets(const std::string &request, std::string_view method, std::string_view target,
                  std::string_view headers = {}, std::string_view body = {})
{
    const LoadedServer loaded = imported(expectation(request));
    return ServedEnvironment(loaded.server).ask(method, target, headers, body).status == 200;
}

inline const Endpoint &endpointAt(const LoadedServer &loaded, std::size_t place)
{
    return *loaded.server.items.at(place).endpoint();
}

} // namespace understudy::formats::mockserver
