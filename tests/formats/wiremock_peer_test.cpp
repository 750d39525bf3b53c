// SPDX-License-Identifier: Apache-2.0
// What WireMock 3.13 answers for the mappings of tests/data/wiremock: each request with its answer
// stands in the metadata of a stub, where tests/conformance/wiremock.mjs wrote it. The same has to
// come of what is exported and read again.
#include "core/formats/format.h"
#include "core/runtime/workbench.h"
#include "tests/formats/native_support.h"
#include "tests/support/loopback_client.h"

#include <gtest/gtest.h>

namespace understudy::formats {
namespace {

namespace fs = std::filesystem;

fs::path wireMockData(const std::string &name)
{
    return fs::path(UNDERSTUDY_SOURCE_DIR) / "tests/data/wiremock" / name;
}

/// A request and what WireMock answered to it.
struct Recorded
{
    std::string method = "GET";
    std::string target;
    std::string headers;
    std::string body;
    int status = 0; ///< 0: no answer
    std::optional<std::string> answer;
};

std::string stringIn(const JsonObject &object, std::string_view name)
{
    const JsonValue *value = object.find(name);
    return value && value->ifString() ? *value->ifString() : std::string();
}

Recorded recordedOf(const JsonObject &request)
{
    Recorded out;
    if (request.contains("method"))
        out.method = stringIn(request, "method");
    out.target = stringIn(request, "target");
    out.body = stringIn(request, "body");
    if (const JsonValue *headers = request.find("headers")) {
        for (const JsonMember &field : *headers->ifObject())
            out.headers += field.name + ": " + *field.value.ifString() + "\r\n";
    }
    if (const JsonValue *answer = request.find("answer")) {
        const JsonObject &object = *answer->ifObject();
        out.status = std::stoi(object.find("status")->ifNumber()->text);
        if (object.contains("body"))
            out.answer = stringIn(object, "body");
    }
    return out;
}

/// All requests of a file, in the order of its stubs.
std::vector<Recorded> requestsIn(const fs::path &file)
{
    std::vector<Recorded> out;
    const auto parsed = JsonValue::parse(test::contentOf(file));
    if (!parsed)
        return out;
    const JsonArray *stubs = parsed->ifArray();
    if (const JsonObject *object = parsed->ifObject())
        stubs = object->find("mappings")->ifArray();
    for (const JsonValue &stub : *stubs) {
        const JsonValue *metadata = stub.ifObject()->find("metadata");
        const JsonValue *requests = metadata ? metadata->ifObject()->find("requests") : nullptr;
        for (const JsonValue &request : requests ? *requests->ifArray() : JsonArray())
            out.push_back(recordedOf(*request.ifObject()));
    }
    return out;
}

void expectAnswers(const LoadedServer &loaded, const std::vector<Recorded> &requests)
{
    for (const Finding &finding : validate(loaded.server))
        ADD_FAILURE() << finding.endpointId << ": " << finding.field << ": " << finding.message;
    Workbench bench;
    Server server = loaded.server;
    server.listen.port = 0;
    const std::string id = bench.add(std::move(server), loaded.folder());
    ASSERT_TRUE(bench.start(id));
    const std::uint16_t port = bench.status(id)->port;
    for (const Recorded &r : requests) {
        test::LoopbackClient client(port);
        client.send(
            r.method + ' ' + r.target + " HTTP/1.1\r\nHost: localhost\r\n" + r.headers
            + "Connection: close\r\n"
            + (r.body.empty() ? "" : "Content-Length: " + std::to_string(r.body.size()) + "\r\n")
            + "\r\n" + r.body);
        const std::string got = client.readAll();
        const std::string what = r.method + ' ' + r.target + ' ' + r.body;
        if (r.status == 0) {
            EXPECT_EQ(got, "") << what;
            continue;
        }
        EXPECT_EQ(got.substr(0, 13), "HTTP/1.1 " + std::to_string(r.status) + ' ') << what;
        if (r.answer) {
            EXPECT_EQ(test::bodyOf(got), *r.answer) << what;
        }
    }
}

class WireMockPeer : public testing::TestWithParam<std::string>
{};

} // namespace

TEST_P(WireMockPeer, IsAnsweredAlike)
{
    const fs::path file = wireMockData("mappings/" + GetParam() + ".json");
    const std::vector<Recorded> requests = requestsIn(file);
    ASSERT_FALSE(requests.empty());
    const LoadOutcome loaded = load(file);
    ASSERT_EQ(loaded.servers.size(), 1U);
    EXPECT_EQ(loaded.servers[0].format, "wiremock");
    EXPECT_TRUE(loaded.servers[0].problems.empty());
    expectAnswers(loaded.servers[0], requests);
}

TEST_P(WireMockPeer, IsTheSameAfterAnExport)
{
    const fs::path file = wireMockData("mappings/" + GetParam() + ".json");
    const LoadOutcome loaded = load(file);
    ASSERT_EQ(loaded.servers.size(), 1U);
    const auto exported
        = exportServer(loaded.servers[0].server, "wiremock", loaded.servers[0].folder());
    ASSERT_TRUE(exported);
    for (const Problem &problem : exported->report) {
        if (problem.severity != Severity::Note)
            ADD_FAILURE() << problem.error.text();
    }
    LoadOutcome again = loadText(exported->text, "exported.json");
    ASSERT_EQ(again.servers.size(), 1U);
    expectAnswers(again.servers[0], requestsIn(file));
}

INSTANTIATE_TEST_SUITE_P(Files, WireMockPeer,
                         testing::Values("answers", "matchers", "order", "urls"),
                         [](const auto &file) { return file.param; });

TEST(WireMockFolder, IsOneServer)
{
    const LoadOutcome loaded = load(wireMockData(""));
    ASSERT_EQ(loaded.servers.size(), 1U);
    EXPECT_TRUE(loaded.ok());
    EXPECT_EQ(loaded.servers[0].server.name, "wiremock");
    EXPECT_GT(loaded.servers[0].server.items.size(), 40U);
}

} // namespace understudy::formats
