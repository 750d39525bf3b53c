// SPDX-License-Identifier: Apache-2.0
#include "core/base/draw.h"
#include "tests/corpus/corpus.h"
#include "tests/formats/mockoon_files.h"
#include "tests/formats/openapi_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace understudy::formats::openapi {
namespace {

using namespace test;

std::filesystem::path documents() { return corpus() / "openapi"; }

/// Those that are a whole document.
const std::map<std::string, Counts> kUnderstood{
    // endpoints, switched off, responses, not served yet, understood otherwise
    {"api-with-examples.yaml", {2, 0, 4, 0, 0}},
    {"callback-example.yaml", {1, 0, 1, 2, 0}},
    {"circular-deep.json", {3, 0, 6, 1, 0}},
    {"circular.json", {1, 0, 2, 0, 0}},
    {"google-maps.json", {17, 0, 81, 2, 0}},
    {"link-example.yaml", {6, 0, 6, 2, 0}},
    {"museum.yaml", {8, 0, 26, 3, 0}},
    {"parameters-style.json", {25, 0, 25, 3, 1}},
    {"petstore-separate-swagger2/spec/swagger.json", {4, 0, 9, 1, 1}},
    {"petstore.yaml", {19, 0, 78, 2, 1}},
    {"tags-3.2.yaml", {4, 0, 4, 0, 1}},
    {"uber-swagger2.json", {5, 0, 10, 1, 1}},
    {"webhook-example.yaml", {0, 0, 0, 1, 0}},
    {"xero-accounting.yaml", {235, 0, 336, 2, 43}},
};

LoadedServer loadDocument(const std::string &name)
{
    LoadOutcome outcome = load(documents() / name);
    for (const Problem &error : outcome.errors)
        ADD_FAILURE() << error.error.text();
    if (outcome.servers.size() != 1)
        return {};
    return std::move(outcome.servers.front());
}

TEST(OpenApiCollection, IsUnderstoodAsBefore)
{
    for (const auto &[name, counts] : kUnderstood)
        EXPECT_EQ(countsOf(loadDocument(name)), counts) << name;
}

TEST(OpenApiCollection, MakesServersThatAreValidCompileAndSurviveBeingWritten)
{
    for (const auto &[name, counts] : kUnderstood) {
        SCOPED_TRACE(name);
        const LoadedServer loaded = loadDocument(name);
        checkImported(loaded);
        const ServedEnvironment served(loaded.server);
    }
}

TEST(OpenApiCollection, AnswersTheSameAfterAnExport)
{
    for (const auto &[name, counts] : kUnderstood) {
        SCOPED_TRACE(name);
        const Server server = loadDocument(name).server;
        const auto exported = exportServer(server, "openapi");
        ASSERT_TRUE(exported);
        const LoadedServer again = importedDocument(exported->text, "again.json");
        EXPECT_THAT(answersOf(again.server), testing::IsSupersetOf(answersOf(server)));
    }
}

TEST(OpenApiCollection, CutAndFlippedItIsSurvived)
{
    std::uint64_t state = 1;
    for (const auto &[name, counts] : kUnderstood) {
        SCOPED_TRACE(name);
        const auto whole = readFile(documents() / name);
        ASSERT_TRUE(whole.hasValue());
        const int rounds = whole->size() > 500'000 ? 8 : 200;
        for (int round = 0; round < rounds; ++round) {
            std::string text = *whole;
            if (round % 2 == 0)
                text.resize(nextDraw(state) % text.size());
            for (std::uint64_t flips = round % 2 * 8; flips > 0; --flips)
                text[nextDraw(state) % text.size()] = static_cast<char>(nextDraw(state));
            const LoadOutcome outcome = loadText(text, documents() / name, {.format = "openapi"});
            for (const Problem &problem : outcome.errors)
                EXPECT_GT(problem.error.where.line, 0) << problem.error.text();
            for (const LoadedServer &loaded : outcome.servers) {
                EXPECT_TRUE(validate(loaded.server).empty());
                const auto exported = exportServer(loaded.server, "openapi");
                EXPECT_TRUE(exported && loadText(exported->text, "again.json").ok());
            }
        }
    }
}

} // namespace
} // namespace understudy::formats::openapi
