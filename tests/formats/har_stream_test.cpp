// SPDX-License-Identifier: Apache-2.0
#include "core/formats/har/entry_stream.h"
#include "core/formats/har/recorded_entry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace understudy::formats::har {
namespace {

std::string entry(const std::string &url)
{
    return R"({"request": {"method": "GET", "url": ")" + url
           + R"("}, "response": {"status": 200}})";
}

/// Gives at most `piece` bytes at a time.
EntryStream::Read readerFor(std::string text, std::size_t piece)
{
    return [text = std::make_shared<std::string>(std::move(text)), piece,
            at = std::size_t{0}](char *to, std::size_t most) mutable {
        const std::size_t given = text->copy(to, std::min(most, piece), at);
        at += given;
        return given;
    };
}

/// "3:1 URL" for an entry, "4:1 ! why" for what is none.
std::vector<std::string> partsOf(const std::string &text, std::size_t piece = 1'000'000)
{
    EntryStream stream(readerFor(text, piece));
    std::vector<std::string> out;
    while (const auto part = stream.next()) {
        const std::string place
            = std::to_string(part->at.line) + ':' + std::to_string(part->at.column) + ' ';
        out.push_back(place
                      + (part->problem.empty() ? readRecorded(part->tree).value().url
                                               : "! " + part->problem));
    }
    return out;
}

using Parts = std::vector<std::string>;

TEST(HarStream, GivesEachEntryWithItsPlace)
{
    const std::string text = "{\"log\": {\"pages\": [{\"id\": \"{[\"}],\n\"entries\": [\n"
                             + entry("a") + ",\n  " + entry("b") + "\n], \"_x\": [{\"y\": 1}]}}";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, text.size()})
        EXPECT_EQ(partsOf(text, piece), (Parts{"3:1 a", "4:3 b"})) << piece;
}

TEST(HarStream, NamesEachElementThatIsNoEntryByItsLine)
{
    EXPECT_EQ(partsOf("{\"log\": {\"entries\": [\n{\"request\": {}},\n" + entry("a")
                      + ",\n{\"response\": {}},\n{\"request\": 1, \"response\": 2},\n" + entry("b")
                      + "]}}"),
              (Parts{"2:1 ! it has no 'response'", "3:1 a", "4:1 ! it has no 'request'",
                     "5:1 ! it has no 'request'", "6:1 b"}));
}

TEST(HarStream, SaysWhereAFileWasCutOff)
{
    const std::string text
        = "{\"log\": {\"entries\": [\n" + entry("a") + ",\n" + entry("b") + "\n]}}";
    EXPECT_EQ(partsOf(text.substr(0, text.rfind("status"))),
              (Parts{"2:1 a", "3:1 ! the file ends within this entry: it was cut off"}));
    EXPECT_EQ(partsOf(text.substr(0, text.rfind(",\n") + 1)),
              (Parts{"2:1 a", "2:73 ! the file ends before its list of entries does: it was cut "
                              "off"}));
}

TEST(HarStream, SaysADamageOnceAndGoesOnBehindIt)
{
    std::string text = "{\"log\": {\"entries\": [\n" + entry("a") + ",\n" + entry("b") + ",\n"
                       + entry("c") + "]}}";
    text[text.find("\"b\"")] = '?';
    EXPECT_EQ(partsOf(text), (Parts{"2:1 a", "3:1 ! the entry is damaged", "4:1 c"}));
    EXPECT_EQ(
        partsOf("{\"log\": {\"entries\": [\n" + entry("a") + ",\nnull, 7,\n" + entry("b") + "]}}"),
        (Parts{"2:1 a", "3:1 ! something that is no entry is in the list here", "4:1 b"}));
}

TEST(HarStream, ReplacesWhatIsNotUtf8)
{
    EntryStream stream(readerFor("{\"log\": {\"entries\": [" + entry("a\xff") + "]}}", 5));
    const auto part = stream.next();
    ASSERT_TRUE(part);
    EXPECT_TRUE(part->isRepaired);
    EXPECT_EQ(readRecorded(part->tree).value().url, "a\xEF\xBF\xBD");
}

TEST(HarStream, HoldsOneEntryAtATime)
{
    // Twenty megabytes of entries, none of them in memory for longer than it takes.
    const std::string begin = "{\"log\": {\"entries\": [\n";
    const std::string one = entry(std::string(10'000, 'x')) + ",\n";
    const std::size_t all = begin.size() + 2'000 * one.size();
    std::size_t given = 0;
    std::size_t mostWanted = 0;
    EntryStream stream([&](char *to, std::size_t most) {
        mostWanted = std::max(mostWanted, most);
        std::size_t done = 0;
        for (; done < most && given < all; ++done, ++given)
            to[done]
                = given < begin.size() ? begin[given] : one[(given - begin.size()) % one.size()];
        return done;
    });
    std::size_t entries = 0;
    while (const auto part = stream.next())
        entries += part->problem.empty() ? 1 : 0;
    EXPECT_EQ(entries, 2'000U);
    EXPECT_LE(mostWanted, std::size_t{1024} * 1024);
}

TEST(HarStream, KnowsWhetherThereIsAList)
{
    const auto hasList = [](const std::string &text) {
        EntryStream stream(readerFor(text, 10));
        EXPECT_FALSE(stream.next());
        return stream.hasList();
    };
    EXPECT_TRUE(hasList(R"({"log": {"entries": []}})"));
    EXPECT_FALSE(hasList(R"({"log": {}})"));
    EXPECT_FALSE(hasList(""));
}

} // namespace
} // namespace understudy::formats::har
