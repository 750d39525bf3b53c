// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/file_names.h"

#include "core/base/text.h"

#include <gtest/gtest.h>

#include <set>

using namespace understudy;
using namespace understudy::workspace;

TEST(MockFileNames, AreWhatIsLeftOfAServersName)
{
    const std::vector<std::pair<std::string, std::string>> table{
        {"Shop API (v2)", "shop-api-v2"},
        {"Café Straße", "cafe-strasse"},
        {"Cafe\u0301", "cafe"},
        {"ŁÓDŹ œuvre", "lodz-oeuvre"},
        {"Магазин", "server"},
        {"магазин 2", "2"},
        {"", "server"},
        {"con", "server-con"},
        {std::string(99, 'a') + " bcd", std::string(99, 'a')},
        {std::string(150, 'a'), std::string(100, 'a')},
    };
    for (const auto &[name, stem] : table)
        EXPECT_EQ(mockFileStem(name), stem) << name;
}

TEST(MockFileNames, CountOnWhereOneIsTaken)
{
    const std::set<std::string> taken{"shop", "shop-2"};
    const auto isTaken = [&](const std::string &stem) { return taken.contains(stem); };
    EXPECT_EQ(freeMockFileStem("Shop", isTaken), "shop-3");
    EXPECT_EQ(freeMockFileStem("Bank", isTaken), "bank");
    EXPECT_EQ(mockFile("folder", "shop").generic_string(), "folder/shop.mock.yaml");
}

TEST(WithoutAccents, KeepsWhatIsNotLatin)
{
    EXPECT_EQ(text::withoutAccents("naïve 日本 \xC3"), "naive 日本 \xC3");
    EXPECT_EQ(text::withoutAccents("a×b÷c"), "a×b÷c");
}
