// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/template_words.h"

#include <gmock/gmock.h>

namespace understudy::ui {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

/// What is offered at the end of a text.
std::vector<std::string> offered(const char *before, Dialect dialect = Dialect::Native)
{
    const TemplateNames names{dialect, {"id"}, {"users"}, {"login"}};
    std::vector<std::string> out;
    for (const TemplateWord &word : templateSuggestions(QString::fromUtf8(before), names).words)
        out.push_back(word.insert.toStdString());
    return out;
}

TEST(TemplateWords, AreOfferedInsideOfTagsAlone)
{
    EXPECT_THAT(offered("no tag: pa"), IsEmpty());
    EXPECT_THAT(offered("{{now}} pa"), IsEmpty());
    EXPECT_THAT(offered("{{! pa"), IsEmpty());
    EXPECT_THAT(offered("{{/ea"), IsEmpty());
    EXPECT_THAT(offered("{{"), Contains("path.id"));
    EXPECT_THAT(offered("{\"a\": \"{{#ea"), Contains("each"));
    EXPECT_THAT(offered("{{upper pat"), Contains("path.id"));
}

TEST(TemplateWords, AreThoseOfTheDialect)
{
    const auto own = offered("{{");
    for (const char *word : {"method", "query.", "path.id", "bucket.users", "state.login", "faker"})
        EXPECT_THAT(own, Contains(word));
    const auto mockoon = offered("{{", Dialect::Mockoon);
    for (const char *word : {"urlParam 'id'", "data 'users'", "queryParam", "faker"})
        EXPECT_THAT(mockoon, Contains(word));
    EXPECT_THAT(mockoon, Not(Contains("path.id")));
    const auto wiremock = offered("{{req", Dialect::WireMock);
    for (const char *word : {"request.path.id", "request.query", "request.body"})
        EXPECT_THAT(wiremock, Contains(word));
    EXPECT_THAT(offered("{{jsonM", Dialect::WireMock), Contains("jsonMerge"));
}

TEST(TemplateWords, BeginWithWhatIsTypedBeforeThoseThatContainIt)
{
    const auto found = offered("{{date");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().substr(0, 4), "date");
    EXPECT_THAT(offered("{{bucket.users"), IsEmpty());
    EXPECT_EQ(templateSuggestions("x {{path.i", {}).typed, 6);
}

TEST(TemplateWords, AreWrittenSoThatTheyCanBeRead)
{
    const TemplateNames names{Dialect::Native, {}, {"my list"}, {"order flow"}};
    QStringList words;
    for (const TemplateWord &word : templateSuggestions(QStringLiteral("{{"), names).words)
        words << word.insert;
    EXPECT_TRUE(words.contains("bucket.[my list]"));
    EXPECT_TRUE(words.contains("state.[order flow]"));
}

TEST(TemplateWords, KnowWhatAnArgumentCanBe)
{
    EXPECT_THAT(offered("{{faker 'person.fi"), Contains("person.firstName"));
    EXPECT_THAT(offered("{{faker \"int"), Contains("internet.email"));
    EXPECT_THAT(offered("{{data 'u", Dialect::Mockoon), Contains("users"));
    EXPECT_THAT(offered("{{urlParam '", Dialect::Mockoon), Contains("id"));
    EXPECT_THAT(offered("{{state 'l"), Contains("login"));
    EXPECT_THAT(offered("{{upper 'pa"), IsEmpty());
    EXPECT_THAT(offered("{{faker 'person.firstName' pa"), Contains("path.id"));
}

TEST(TemplateWords, ComeFromTheServer)
{
    Server server;
    server.buckets.push_back({"users", "id", JsonArray(), {}, {}, {}});
    Endpoint endpoint;
    endpoint.path = "/a/{id}/{rest*}";
    endpoint.requires_ = ScenarioState{"login", "in"};
    server.items.push_back(endpoint);
    const TemplateNames names = templateNames(server, endpoint, Dialect::Native);
    EXPECT_EQ(names.pathParameters, QStringList({"id", "rest"}));
    EXPECT_EQ(names.buckets, QStringList({"users"}));
    EXPECT_EQ(names.scenarios, QStringList({"login"}));
}

} // namespace
} // namespace understudy::ui
