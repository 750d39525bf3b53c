// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/native_support.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

using namespace understudy;

namespace {

namespace fs = std::filesystem;

/// "Suite.Name" of every test in the tree.
std::set<std::string> allTests()
{
    static const std::regex test(R"(\bTEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\))");
    std::set<std::string> names;
    for (const auto &entry :
         fs::recursive_directory_iterator(fs::path(UNDERSTUDY_SOURCE_DIR) / "tests")) {
        if (entry.path().extension() != ".cpp")
            continue;
        const std::string text = test::contentOf(entry.path());
        for (std::sregex_iterator at(text.begin(), text.end(), test), end; at != end; ++at)
            names.insert((*at)[1].str() + '.' + (*at)[2].str());
    }
    return names;
}

} // namespace

TEST(SecurityPage, NamesATestThatExistsInEveryLine)
{
    const std::string page
        = test::contentOf(fs::path(UNDERSTUDY_SOURCE_DIR) / "resources/help/security.md");
    const std::set<std::string> tests = allTests();
    static const std::regex row(R"(^\| ([^|]+) \| ((?:`\w+\.\w+`(?:, )?)+) \|$)");
    static const std::regex name(R"(`(\w+\.\w+)`)");
    std::istringstream lines(page);
    int rows = 0;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('|') || line.starts_with("|---") || line.ends_with("| Test |"))
            continue;
        std::smatch parts;
        ASSERT_TRUE(std::regex_match(line, parts, row)) << line;
        const std::string named = parts[2];
        for (std::sregex_iterator at(named.begin(), named.end(), name), end; at != end; ++at)
            EXPECT_TRUE(tests.contains((*at)[1])) << (*at)[1];
        ++rows;
    }
    EXPECT_GT(rows, 25);
}
