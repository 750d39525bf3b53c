// SPDX-License-Identifier: Apache-2.0
// tests/data/mockoon_peer/rules.json: one rule and one request a line, with what Mockoon 9.9 makes
// of them: [target, modifier, operator, value, content type, body, headers, URL, answer]. The
// answer is "yes", "no", or "broken" where Mockoon fails.
#include "tests/formats/mockoon_environment.h"

#include "core/base/files.h"

#include <gtest/gtest.h>

#include <array>

namespace understudy::formats::mockoon {
namespace {

using namespace test;
namespace json = boost::json;

struct PeerRow
{
    std::array<std::string, 9> cells;
    const std::string &operator[](std::size_t i) const { return cells.at(i); }
    const std::string &answer() const { return cells[8]; }
};

std::vector<PeerRow> peerRows(const std::string &file)
{
    const auto text
        = files::readFile(UNDERSTUDY_SOURCE_DIR "/tests/data/mockoon_peer/" + file, 1 << 20);
    std::vector<PeerRow> out;
    const json::value lines = json::parse(text.value());
    for (const json::value &line : lines.as_array()) {
        PeerRow row;
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            row.cells.at(i) = line.as_array().at(i).as_string();
        out.push_back(std::move(row));
    }
    return out;
}

LoadedServer importedRow(const PeerRow &row)
{
    const json::object rule{{"target", row[0]},
                            {"modifier", row[1]},
                            {"operator", row[2]},
                            {"value", row[3]},
                            {"invert", false}};
    return imported(environment(
        {route("all", "p/:id",
               {json::object{{"body", "yes"}, {"rules", json::array{rule}}, {"statusCode", 200}},
                json::object{{"body", "no"}, {"default", true}, {"statusCode", 200}}})}));
}

std::string askRow(const Server &server, const PeerRow &row)
{
    std::string headers = row[6].empty() ? "" : row[6] + "\r\n";
    if (!row[4].empty())
        headers += "Content-Type: " + row[4] + "\r\n";
    return ServedEnvironment(server)
        .ask(row[5].empty() ? "GET" : "POST", row[7].empty() ? "/p/7" : row[7], headers, row[5])
        .body;
}

bool saysItIsOff(const std::vector<Problem> &problems)
{
    return std::any_of(problems.begin(), problems.end(), [](const Problem &problem) {
        return problem.error.message.find("not holding") != std::string::npos
               || problem.error.message.find("not served") != std::string::npos
               || problem.error.message.find("not hold") != std::string::npos;
    });
}

} // namespace

TEST(MockoonPeerRules, HoldAsThere)
{
    for (const PeerRow &row : peerRows("rules.json")) {
        const LoadedServer loaded = importedRow(row);
        const std::string answer = askRow(loaded.server, row);
        SCOPED_TRACE(row[0] + " '" + row[1] + "' " + row[2] + " '" + row[3] + "' on " + row[4] + ' '
                     + row[5] + row[6] + row[7]);
        // What is not served is said; the rest is as there.
        if (answer != row.answer()) {
            EXPECT_EQ(answer, "no");
            EXPECT_TRUE(saysItIsOff(loaded.problems));
        }
    }
}

TEST(MockoonPeerRules, OnlyKnownDifferencesAreOnTheList)
{
    for (const PeerRow &row : peerRows("differences.json"))
        EXPECT_NE(askRow(importedRow(row).server, row), row.answer())
            << row[0] << ' ' << row[1] << ' ' << row[2] << ' ' << row[3] << " on " << row[5];
}

} // namespace understudy::formats::mockoon
