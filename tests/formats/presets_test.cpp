// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/network_profile.h"
#include "core/formats/format.h"
#include "core/formats/presets.h"
#include "tests/formats/native_support.h"

#include <gmock/gmock.h>

#include <set>
#include <unistd.h>

using namespace understudy;
using namespace understudy::formats;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

namespace {

std::vector<std::string> messages(const PresetsRead &read)
{
    std::vector<std::string> out;
    for (const Problem &problem : read.problems)
        out.push_back(problem.error.text());
    return out;
}

template<class T>
std::vector<std::string> names(const std::vector<T> &entries)
{
    std::vector<std::string> out;
    for (const T &entry : entries)
        out.push_back(entry.name);
    return out;
}

std::string resource(const char *name)
{
    return test::contentOf(std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / "resources/presets"
                           / name);
}

/// A workspace folder that goes with the test.
class Workspace
{
public:
    Workspace()
    {
        std::string name = (std::filesystem::temp_directory_path() / "presets-XXXXXX").string();
        m_path = ::mkdtemp(name.data());
    }
    Workspace(const Workspace &) = delete;
    Workspace &operator=(const Workspace &) = delete;
    ~Workspace() { std::filesystem::remove_all(m_path); }

    void write(std::string_view text) const
    {
        EXPECT_TRUE(writeFile(m_path / "presets.yaml", text));
    }
    const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace

TEST(BuiltinPresets, HaveNoProblem)
{
    EXPECT_THAT(messages(readPresets(resource("faults.yaml"), "faults.yaml")), IsEmpty());
    EXPECT_THAT(messages(readPresets(resource("networks.json"), "networks.json")), IsEmpty());
}

TEST(BuiltinPresets, AreTheNetworksThatEveryoneKnows)
{
    EXPECT_THAT(names(builtinNetworkProfiles()), ElementsAre("gprs", "slow-3g", "3g", "4g", "dsl",
                                                             "cable", "satellite", "lossy-wifi"));
}

TEST(BuiltinPresets, AreTheSameNetworksForTheEngineAndForLists)
{
    EXPECT_EQ(builtinPresets().networks, builtinNetworkProfiles());
}

TEST(BuiltinPresets, HoldThePromisedFaults)
{
    EXPECT_THAT(names(builtinPresets().faults),
                IsSupersetOf({"flaky 5 %", "slow then dead", "rate limited", "rolling restart",
                              "bad gateway storm"}));
    for (const FaultPreset &preset : builtinPresets().faults) {
        EXPECT_FALSE(preset.behaviour.isEmpty()) << preset.name;
        EXPECT_FALSE(preset.description.empty()) << preset.name;
    }
}

TEST(BuiltinPresets, GiveEveryNetworkATitleALatencyAndRates)
{
    for (const NetworkProfile &profile : builtinNetworkProfiles()) {
        EXPECT_FALSE(profile.title.empty()) << profile.name;
        EXPECT_GT(profile.latency, Duration{}) << profile.name;
        EXPECT_LE(profile.jitter, profile.latency) << profile.name;
        EXPECT_GT(profile.upload.value, 0U) << profile.name;
        EXPECT_GE(profile.download, profile.upload) << profile.name;
    }
}

TEST(NetworkProfiles, AreFoundByName)
{
    const std::vector<NetworkProfile> &profiles = builtinNetworkProfiles();
    ASSERT_NE(findNetworkProfile(profiles, "slow-3g"), nullptr);
    EXPECT_EQ(findNetworkProfile(profiles, "slow-3g")->download, ByteCount{50'000});
    EXPECT_EQ(findNetworkProfile(profiles, "5g"), nullptr);
}

TEST(PresetsFile, ReadsWhatTheHeaderShows)
{
    const PresetsRead read = readPresets(R"(networks:
- {name: train, latency: 180ms, jitter: 120ms, download: 300kB/s, upload: 80kB/s, x-mine: 1}
faults:
- name: tunnel
  description: Nothing answers for ten seconds of every minute
  behaviour:
    faults:
    - {kind: stall, at: head, during: {from: 20s, to: 30s, repeat: 60s}}
)",
                                         "presets.yaml");
    EXPECT_THAT(messages(read), IsEmpty());
    ASSERT_EQ(read.presets.networks.size(), 1U);
    EXPECT_EQ(read.presets.networks[0].title, "train");
    EXPECT_EQ(read.presets.networks[0].jitter, std::chrono::milliseconds(120));
    ASSERT_EQ(read.presets.faults.size(), 1U);
    EXPECT_EQ(read.presets.faults[0].behaviour.faults[0].kind, FaultKind::Stall);
}

TEST(PresetsFile, MayBeEmpty)
{
    const PresetsRead read = readPresets("# nothing yet\n", "presets.yaml");
    EXPECT_THAT(messages(read), IsEmpty());
    EXPECT_EQ(read.presets, Presets{});
}

TEST(PresetsFile, SaysWhereEveryProblemIsAndKeepsTheGoodEntries)
{
    const PresetsRead read = readPresets(R"(netwroks: []
networks:
- {name: a, latency: 10ms, jitter: 20ms, download: 1kB/s, upload: 1kB/s}
- {name: b, latency: 10ms, download: 0kB/s, upload: fast}
- {name: good, latency: 10ms, download: 1kB/s, upload: 1kB/s}
- {latency: 10ms, download: 1kB/s, upload: 1kB/s}
- {name: good, latency: 10ms, download: 1kB/s, upload: 1kB/s}
faults:
- name: slow
  behaviour: {latency: {lognormal: {median: 2s, p99: 1s}}}
- name: odd
  behaviour:
    faults:
    - {kind: sttaus, status: 500}
    - {kind: close, first: 1, after: 1}
- name: fine
  behaviour: {latency: 1s}
)",
                                         "p.yaml");
    EXPECT_THAT(
        messages(read),
        ElementsAre("p.yaml:1:1: unknown key of a presets file 'netwroks'; did you mean "
                    "'networks'?",
                    "p.yaml:3:36: 'jitter' (20ms) must not be longer than 'latency' (10ms)",
                    "p.yaml:4:38: 'download' must be more than 0",
                    "p.yaml:4:53: 'fast' is not a rate; write a size per second, such as 50kB/s",
                    "p.yaml:6:3: 'name' is missing in a network profile",
                    "p.yaml:7:10: two presets are called 'good'; the other one stands in line 5",
                    "p.yaml:10:54: p99 (1s) must be longer than the median (2s)",
                    "p.yaml:14:14: unknown value 'sttaus'; did you mean 'status'?",
                    "p.yaml:15:38: this can never happen: no request satisfies 'first: 1', "
                    "'after: 1' together"));
    EXPECT_THAT(names(read.presets.networks), ElementsAre("good"));
    EXPECT_THAT(names(read.presets.faults), ElementsAre("fine"));
}

TEST(PresetsFile, SurvivesWhatIsNoPresetsFile)
{
    for (const char *text : {"[1, 2]", "networks: {a: 1}", "faults: nothing", "faults: [1]",
                             "networks:\n- {name: [a]}", "text", "a: [", "faults: [{name: x}]"}) {
        const PresetsRead read = readPresets(text, "p.yaml");
        EXPECT_FALSE(read.problems.empty()) << text;
        EXPECT_EQ(read.presets, Presets{}) << text;
    }
}

TEST(PresetsOfAFolder, AreTheBuiltinOnesWithoutAFile)
{
    const Workspace folder;
    const PresetsRead read = loadPresets(folder.path());
    EXPECT_THAT(messages(read), IsEmpty());
    EXPECT_EQ(read.presets, builtinPresets());
}

TEST(PresetsOfAFolder, AddToTheBuiltinOnesAndReplaceThoseOfTheSameName)
{
    const Workspace folder;
    folder.write("networks:\n"
                 "- {name: 3g, title: Mine, latency: 1ms, download: 1MB/s, upload: 1MB/s}\n"
                 "- {name: train, latency: 1ms, download: 1MB/s, upload: 1MB/s}\n"
                 "faults:\n- {name: mine, behaviour: {latency: 1s}}\n");
    const PresetsRead read = loadPresets(folder.path());
    EXPECT_THAT(messages(read), IsEmpty());
    EXPECT_EQ(read.presets.networks.size(), builtinPresets().networks.size() + 1);
    EXPECT_EQ(findNetworkProfile(read.presets.networks, "3g")->title, "Mine");
    EXPECT_EQ(read.presets.faults.back().name, "mine");
}

TEST(PresetsOfAFolder, KeepTheBuiltinOnesWhenTheFileIsBroken)
{
    const Workspace folder;
    folder.write("networks: [{name: 3g}]\n");
    const PresetsRead read = loadPresets(folder.path());
    EXPECT_EQ(read.presets, builtinPresets());
    ASSERT_EQ(read.problems.size(), 3U);
    EXPECT_EQ(read.problems[0].error.where.file, (folder.path() / "presets.yaml").string());
    EXPECT_EQ(read.problems[0].error.where.line, 1);
}
