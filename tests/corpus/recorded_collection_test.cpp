// SPDX-License-Identifier: Apache-2.0
#include "tests/corpus/corpus.h"
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

namespace understudy::formats {
namespace {

using namespace test;
using testing::HasSubstr;

/// What an import of a file understood.
struct Understood
{
    std::string file;
    std::size_t servers = 0;
    std::size_t endpoints = 0;
    std::size_t responses = 0;
};

std::ostream &operator<<(std::ostream &out, const Understood &understood)
{
    return out << understood.file;
}

LoadOutcome loadedFrom(const std::string &file) { return load(corpus() / file); }

class Recorded : public testing::TestWithParam<Understood>
{};

TEST_P(Recorded, IsUnderstoodAsBefore)
{
    const LoadOutcome outcome = loadedFrom(GetParam().file);
    EXPECT_EQ(allMessages(outcome.errors), "");
    EXPECT_EQ(outcome.servers.size(), GetParam().servers);
    std::size_t endpoints = 0;
    std::size_t responses = 0;
    for (const LoadedServer &loaded : outcome.servers) {
        expectWhole(loaded.server);
        const ServedEnvironment served(loaded.server);
        forEachEndpoint(loaded.server, [&](const EndpointVisit &visit) {
            ++endpoints;
            responses += visit.endpoint.responses.size();
        });
    }
    EXPECT_EQ(endpoints, GetParam().endpoints);
    EXPECT_EQ(responses, GetParam().responses);
}

TEST_P(Recorded, IsSafeWhenItIsDamaged)
{
    const auto text = readFile(corpus() / GetParam().file);
    ASSERT_TRUE(text);
    const int rounds = text->size() > 100'000 ? 15 : 60;
    expectSafeWhenDamaged(*text, GetParam().file, {}, rounds);
}

TEST_P(Recorded, GoesOutToPostmanAndComesBack)
{
    for (const LoadedServer &loaded : loadedFrom(GetParam().file).servers) {
        const auto text = exportText(loaded.server, "postman");
        ASSERT_TRUE(text);
        const LoadOutcome back = loadText(*text, "back.json");
        ASSERT_EQ(back.servers.size(), 1u) << allMessages(back.errors);
        expectWhole(back.servers[0].server);
        EXPECT_TRUE(exportText(back.servers[0].server, "curl"));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Collection, Recorded,
    testing::Values(Understood{"har/api-pastries.har", 1, 4, 6},
                    Understood{"har/firefox.har", 2, 13, 13},
                    Understood{"har/with-bom.har", 1, 1, 1},
                    Understood{"har/head-content-length.har", 1, 1, 1},
                    Understood{"postman/echo-v2.postman_collection.json", 1, 21, 24},
                    Understood{"postman/test-api.postman_collection.json", 1, 4, 7},
                    Understood{"postman/with-examples.postman_collection.json", 1, 1, 2}));

TEST(RecordedCollection, RefusesWhatCannotBeReadWithItsCure)
{
    EXPECT_THAT(allMessages(loadedFrom("har/broken.har").errors), HasSubstr("record it again"));
    EXPECT_THAT(allMessages(loadedFrom("postman/folders-v1.postman_collection.json").errors),
                HasSubstr("export it as 'Collection v2.1'"));
}

} // namespace
} // namespace understudy::formats
