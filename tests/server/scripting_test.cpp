// SPDX-License-Identifier: Apache-2.0
// JavaScript as the library sees it: an interface that a program implements. Qt's is tested in
// tests/script.
#include "core/template/scripting.h"
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace understudy;
using namespace understudy::test;
using testing::HasSubstr;

namespace {

/// Answers with the text of the script, once it may.
class HeldScripting final : public Scripting
{
public:
    Result<void> check(const ScriptText &) override { return {}; }
    Result<ScriptAnswer> answer(const ScriptText &script, handlebars::RenderScope &) override
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isOpen; });
        ScriptAnswer out;
        out.status = 203;
        out.body = script.text;
        return out;
    }
    Result<std::vector<std::string>> functions(const ScriptText &) override
    {
        return std::vector<std::string>{"shout"};
    }
    Result<handlebars::Value> call(const ScriptText &, const ScriptCall &call,
                                   handlebars::RenderScope &) override
    {
        return handlebars::Value(std::string(call.function)
                                 + std::to_string(call.arguments.size()));
    }
    bool hasFaker() const override { return true; }
    Result<handlebars::Value> fake(std::string_view method, JsonArray, std::string_view locale,
                                   handlebars::RenderScope &) override
    {
        return handlebars::Value(std::string(method) + '/' + std::string(locale));
    }

    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isOpen = false;
};

WorkbenchOptions with(std::shared_ptr<Scripting> scripting)
{
    WorkbenchOptions options;
    options.threads = 1;
    options.scripting = std::move(scripting);
    return options;
}

} // namespace

TEST(ScriptingOfTheLibrary, HoldsUpNobodyWhoNeedsNone)
{
    auto scripting = std::make_shared<HeldScripting>();
    RunningMock server(mock("- {path: /slow, id: slow, responses: [{script: a.js}]}\n"
                            "- {path: /fast, responses: [{body: fast}]}\n"),
                       with(scripting));
    server.folder().write("a.js", "text");
    LoopbackClient first(server.port());
    LoopbackClient second(server.port());
    for (LoopbackClient *client : {&first, &second})
        client->send("GET /slow HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    ASSERT_TRUE(server.waitForHit("slow"));
    EXPECT_EQ(bodyOf(get(server.port(), "/fast")), "fast"); // there is one I/O thread
    scripting->open();
    for (LoopbackClient *client : {&first, &second}) {
        const std::string answer = client->readAll();
        EXPECT_THAT(answer, HasSubstr(" 203 "));
        EXPECT_EQ(bodyOf(answer), "text");
    }
}

TEST(ScriptingOfTheLibrary, EndsWithTheWorkbench)
{
    auto scripting = std::make_shared<HeldScripting>();
    std::thread opener;
    {
        RunningMock server(mock("- {path: /slow, id: slow, responses: [{script: a.js}]}\n"),
                           with(scripting));
        server.folder().write("a.js", "text");
        // Some of them run, some wait for their turn.
        std::vector<std::unique_ptr<LoopbackClient>> clients;
        for (int i = 0; i < 10; ++i) {
            clients.push_back(std::make_unique<LoopbackClient>(server.port()));
            clients.back()->send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
        }
        ASSERT_TRUE(waitFor([&] { return server.bench().hits(server.id(), "slow") >= 4; }));
        opener = std::thread([&] { scripting->open(); });
    }
    opener.join();
}

TEST(ScriptingOfTheLibrary, HasHelpersAndTheFaker)
{
    auto scripting = std::make_shared<HeldScripting>();
    RunningMock server(mock("- path: /a\n"
                            "  responses:\n"
                            "  - {template: true, body: \"{{shout 1 2}} {{faker 'git.commitDate'}} "
                            "{{faker 'person.firstName'}} {{other}}\"}\n",
                            "helpers: h.js\nlocale: de\n"),
                       with(scripting));
    server.folder().write("h.js", "");
    EXPECT_EQ(bodyOf(get(server.port(), "/a")), "shout2 git.commitDate/de person.firstName/de ");
}
