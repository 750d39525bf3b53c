// SPDX-License-Identifier: Apache-2.0
// Every fault against four clients that people use: what each of them makes of it.
#include "core/model/fault_catalogue.h"
#include "core/runtime/authority.h"
#include "tests/clients/cases.h"
#include "tests/clients/runner.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <csignal>
#include <iostream>
#include <set>
#include <thread>

namespace understudy::clients {
namespace {

using namespace std::chrono_literals;
using testing::AnyOfArray;
using testing::HasSubstr;

/// Long where a client has to give up itself: with a shorter time-out, it would not be known
/// whether it gave up because of the fault or of a slow machine.
constexpr double kPatience = 60;
constexpr double kShortPatience = 1.5;

/// What the outcome may hold.
std::vector<testing::Matcher<std::string>> alternatives(const Case &row, Client client)
{
    std::vector<testing::Matcher<std::string>> found;
    std::string_view left = row.seen[static_cast<std::size_t>(client)];
    while (!left.empty()) {
        const std::size_t end = std::min(left.find("||"), left.size());
        found.emplace_back(HasSubstr(std::string(left.substr(0, end))));
        left.remove_prefix(std::min(end + 2, left.size()));
    }
    return found;
}

/// Every case with every client that is installed, once for all tests.
class RealClients : public testing::Test
{
protected:
    using Outcomes = std::map<std::size_t, Outcome>;

    static void SetUpTestSuite()
    {
        std::signal(SIGPIPE, SIG_IGN);
        s_folder = std::make_unique<test::TemporaryFolder>();
        WorkbenchOptions options;
        options.threads = 4;
        options.authorityFolder = s_folder->path() / "ca";
        s_bench = std::make_unique<Workbench>(options);
        ASSERT_TRUE(exportAuthority(options.authorityFolder, s_folder->path() / "trust.pem"));
        std::vector<std::thread> threads;
        for (const Client client : kClients) {
            if (findClient(client))
                threads.emplace_back([client, orders = startServers(client)] {
                    s_outcomes[static_cast<std::size_t>(client)] = runClient(
                        client, orders, s_folder->path(), s_folder->path() / "trust.pem");
                });
        }
        for (std::thread &thread : threads)
            thread.join();
    }

    static void TearDownTestSuite()
    {
        for (std::size_t number = 0; number < cases().size(); ++number) {
            const Case &row = cases()[number];
            std::cout << label(row) << "\n";
            for (const Client client : kClients) {
                const auto &outcomes = s_outcomes[static_cast<std::size_t>(client)];
                const auto found = outcomes.find(number);
                if (found != outcomes.end()) {
                    std::cout << "    " << clientName(client) << ": "
                              << worded(row, found->second.text) << "\n";
                }
            }
        }
        s_bench->stopAll(0s);
        s_bench.reset();
        s_folder.reset();
    }

    static void expectTheTable(Client client)
    {
        if (!findClient(client))
            GTEST_SKIP() << clientName(client) << " is not installed";
        const Outcomes &outcomes = s_outcomes[static_cast<std::size_t>(client)];
        for (std::size_t number = 0; number < cases().size(); ++number) {
            const Case &row = cases()[number];
            const auto found = outcomes.find(number);
            if (found == outcomes.end()) {
                ADD_FAILURE() << label(row) << ": no outcome";
                continue;
            }
            EXPECT_THAT(worded(row, found->second.text), AnyOfArray(alternatives(row, client)))
                << label(row);
            EXPECT_GE(found->second.took, row.atLeast) << label(row);
        }
    }

private:
    /// A server for each case; the orders for one client.
    static std::vector<Order> startServers(Client client)
    {
        std::vector<Order> orders;
        for (const Case &row : cases()) {
            const std::string id = s_bench->add(test::parseMock(mockFile(row)), s_folder->path());
            if (const auto started = s_bench->start(id); !started) {
                ADD_FAILURE() << label(row) << ": " << started.error().text();
                continue;
            }
            const bool tls = row.scope == Case::Scope::Tls;
            Order order;
            order.number = static_cast<std::size_t>(&row - cases().data());
            order.act = row.act;
            order.seconds = row.isImpatient(client) ? kShortPatience : kPatience;
            order.url = (tls ? "https://localhost:" : "http://127.0.0.1:")
                        + std::to_string(s_bench->status(id)->port) + "/";
            orders.push_back(std::move(order));
        }
        return orders;
    }

    static inline std::unique_ptr<test::TemporaryFolder> s_folder;
    static inline std::unique_ptr<Workbench> s_bench;
    static inline std::array<Outcomes, kClients.size()> s_outcomes;
};

} // namespace

TEST_F(RealClients, CurlSeesWhatTheTableSays) { expectTheTable(Client::Curl); }
TEST_F(RealClients, PythonSeesWhatTheTableSays) { expectTheTable(Client::Python); }
TEST_F(RealClients, NodeSeesWhatTheTableSays) { expectTheTable(Client::Node); }
TEST_F(RealClients, JavaSeesWhatTheTableSays) { expectTheTable(Client::Java); }

TEST(ClientTable, HasEveryKindPlaceAndVariantOfTheCatalogue)
{
    std::set<std::string> covered;
    for (const Case &row : cases()) {
        const Server server = test::parseMock(mockFile(row));
        for (const Behaviour *behaviour :
             {&server.behaviour, &server.items.at(0).endpoint()->behaviour}) {
            for (const Fault &fault : behaviour->faults) {
                const std::string kind(faultKindName(fault.kind));
                covered.insert(kind);
                if (const auto place = faultPlace(fault))
                    covered.insert(kind + " at " + std::string(faultPlaceName(*place)));
                covered.insert(kind + " " + fault.variant);
            }
        }
    }
    for (const FaultKind kind : allFaultKinds()) {
        const std::string name(faultKindName(kind));
        EXPECT_THAT(covered, testing::Contains(name));
        for (const FaultPlace place : faultTraits(kind).places) {
            EXPECT_THAT(covered,
                        testing::Contains(name + " at " + std::string(faultPlaceName(place))));
        }
        for (const std::string_view variant : faultTraits(kind).variants)
            EXPECT_THAT(covered, testing::Contains(name + " " + std::string(variant)));
    }
}

TEST(ClientTable, IsTheOneInTheHelp)
{
    const std::string table = markdownTable();
    std::ofstream(UNDERSTUDY_CLIENTS_TABLE, std::ios::binary) << table;
    std::ifstream in(UNDERSTUDY_SOURCE_DIR "/resources/help/fault-clients.md", std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(in), {}};
    const std::string head = table.substr(0, table.find('\n') + 1);
    const std::size_t begin = page.find(head);
    ASSERT_NE(begin, page.npos) << "resources/help/fault-clients.md needs the table that is in "
                                << UNDERSTUDY_CLIENTS_TABLE;
    std::size_t end = begin;
    while (end < page.size() && page[end] == '|')
        end = std::min(page.find('\n', end), page.size() - 1) + 1;
    EXPECT_EQ(page.substr(begin, end - begin), table)
        << "copy " << UNDERSTUDY_CLIENTS_TABLE << " into resources/help/fault-clients.md";
}

} // namespace understudy::clients
