// SPDX-License-Identifier: Apache-2.0
#include "core/model/fault_keys.h"

#include "core/formats/native/native.h"
#include "core/model/behaviour_checks.h"
#include "core/model/fault_catalogue.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::formats;

/// A row of the table is all that reading, writing, checking and editing a key need.
namespace {

std::string sampleOf(const FaultKey &key, const FaultTraits &traits)
{
    if (key.unit == FaultUnit::Variant)
        return std::string(traits.variants.back());
    if (key.unit == FaultUnit::Headers)
        return "X-A: b";
    return key.initial.empty() ? "some text" : std::string(key.initial);
}

/// A fault of the kind with all its keys.
Fault fullFault(const FaultTraits &traits)
{
    Fault fault;
    fault.kind = traits.kind;
    if (std::find(traits.places.begin(), traits.places.end(), FaultPlace::Body)
        != traits.places.end())
        fault.at = FaultPlace::Body;
    for (const std::string_view name : traits.keys) {
        const FaultKey *key = findFaultKey(name);
        EXPECT_TRUE(key) << name;
        if (key) {
            EXPECT_TRUE(setFaultKeyText(fault, *key, sampleOf(*key, traits))) << name;
            EXPECT_TRUE(hasKey(fault, *key)) << name;
            EXPECT_EQ(faultKeyText(fault, *key), sampleOf(*key, traits)) << name;
        }
    }
    return fault;
}

} // namespace

TEST(FaultKeys, AreReadWrittenAndCheckedByTheirRow)
{
    for (const FaultKind kind : allFaultKinds()) {
        const FaultTraits &traits = faultTraits(kind);
        Server server;
        server.listen.tls.emplace();
        server.behaviour.faults.push_back(fullFault(traits));
        const std::string text = native::write(server);
        for (const std::string_view name : traits.keys)
            EXPECT_THAT(text, testing::HasSubstr(std::string(name) + ": ")) << text;
        const native::ReadOutcome read = native::read(text, {});
        EXPECT_TRUE(read.ok()) << text << (read.ok() ? "" : read.problems[0].error.message);
        EXPECT_EQ(read.server.behaviour.faults, server.behaviour.faults) << text;
        EXPECT_THAT(checkBehaviour(server.behaviour), testing::IsEmpty()) << text;
    }
}

TEST(FaultKeys, AreRefusedWhereTheKindTakesNone)
{
    for (const FaultKind kind : allFaultKinds()) {
        const FaultTraits &traits = faultTraits(kind);
        for (const FaultKey &key : faultKeys()) {
            if (key.unit == FaultUnit::Variant || key.unit == FaultUnit::Headers
                || std::find(traits.keys.begin(), traits.keys.end(), key.name) != traits.keys.end())
                continue;
            const std::string what
                = std::string(faultKindName(kind)) + " with " + std::string(key.name);
            Server server;
            server.behaviour.faults.push_back(fullFault(traits));
            const std::string value = key.initial.empty() ? "text" : std::string(key.initial);
            ASSERT_TRUE(setFaultKeyText(server.behaviour.faults[0], key, value)) << what;
            EXPECT_FALSE(native::read(native::write(server), {}).ok()) << what;
            EXPECT_FALSE(checkBehaviour(server.behaviour).empty()) << what;
        }
    }
}

TEST(FaultKeys, AreTakenAwayByAnEmptyText)
{
    for (const FaultKey &key : faultKeys()) {
        Fault fault;
        const std::string value = key.unit == FaultUnit::Headers ? "X-A: b" : "7s";
        const bool isTaken = setFaultKeyText(fault, key, value).hasValue()
                             || setFaultKeyText(fault, key, key.initial).hasValue();
        ASSERT_TRUE(isTaken) << key.name;
        ASSERT_TRUE(hasKey(fault, key)) << key.name;
        ASSERT_TRUE(setFaultKeyText(fault, key, "")) << key.name;
        EXPECT_EQ(fault, Fault{}) << key.name;
    }
}

TEST(FaultKeys, ReadWhatPeopleWrite)
{
    const auto reads = [](std::string_view name, std::string_view text, std::string_view shown) {
        Fault fault;
        const FaultKey &key = *findFaultKey(name);
        EXPECT_TRUE(setFaultKeyText(fault, key, text)) << name;
        EXPECT_EQ(faultKeyText(fault, key), shown) << name;
        return fault;
    };
    using namespace std::chrono_literals;
    EXPECT_EQ(reads("by", " -90m ", "-90m").by, Duration(-90min));
    EXPECT_EQ(reads("offset", "12", "12B").offset, ByteCount{12});
    EXPECT_EQ(reads("upload", "2kB/s", "2kB/s").upload, ByteCount{2000});
    EXPECT_EQ(reads("body", " as it is ", " as it is ").body, " as it is ");
    const http::HeaderList headers{{"Retry-After", "5"}, {"X-A", "b: c"}};
    EXPECT_EQ(reads("headers", "Retry-After: 5\n\nX-A: b: c", "Retry-After: 5\nX-A: b: c").headers,
              headers);
}

TEST(FaultKeys, StayAsTheyAreWhereATextIsNoValue)
{
    for (const auto &[name, text] :
         std::vector<std::pair<std::string_view, std::string_view>>{{"per", "soon"},
                                                                    {"offset", "-1"},
                                                                    {"status", "5x"},
                                                                    {"limit", "1.5"},
                                                                    {"upload", "fast"},
                                                                    {"headers", "no colon"},
                                                                    {"by", "--1h"}}) {
        Fault fault;
        EXPECT_FALSE(setFaultKeyText(fault, *findFaultKey(name), text)) << name;
        EXPECT_EQ(fault, Fault{}) << name;
    }
}
