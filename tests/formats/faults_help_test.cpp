// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/formats/native/native.h"
#include "core/formats/presets.h"
#include "core/model/fault_catalogue.h"
#include "tests/formats/native_support.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::formats;
using testing::HasSubstr;

/// The help page on behaviour says all there is, and nothing that cannot be read.
namespace {

std::string page(const char *name)
{
    return test::contentOf(std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / "resources/help" / name);
}

std::string code(std::string_view text) { return '`' + std::string(text) + '`'; }

/// The rows of the table of faults that belong to a kind.
std::string rowsOf(const std::string &text, FaultKind kind)
{
    std::string rows;
    bool inside = false;
    for (const std::string_view line : text::split(text, '\n')) {
        if (line.starts_with("| `"))
            inside = line.starts_with("| " + code(faultKindName(kind)) + " |");
        else if (!line.starts_with("| |"))
            inside = false;
        if (inside)
            rows += std::string(line) + '\n';
    }
    return rows;
}

/// "500 ms", "6.25 kB/s" as the page writes "500ms", "6.25kB/s".
std::string spaced(std::string text)
{
    text.insert(text.find_last_of("0123456789") + 1, " ");
    return text;
}

/// The blocks of YAML on a page.
std::vector<std::string> yamlBlocks(const std::string &text)
{
    std::vector<std::string> blocks;
    constexpr std::string_view begin = "```yaml\n";
    for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
        at += begin.size();
        blocks.push_back(text.substr(at, text.find("```", at) - at));
    }
    return blocks;
}

} // namespace

TEST(FaultsHelp, ListsEveryKindWithItsKeysPlacesAndVariants)
{
    const std::string text = page("faults.md");
    for (const FaultKind kind : allFaultKinds()) {
        const FaultTraits &traits = faultTraits(kind);
        const std::string rows = rowsOf(text, kind);
        ASSERT_FALSE(rows.empty()) << faultKindName(kind);
        for (const std::string_view key : traits.keys)
            EXPECT_THAT(rows, HasSubstr('`' + std::string(key))) << faultKindName(kind);
        if (traits.places.size() > 1) {
            for (const FaultPlace place : traits.places)
                EXPECT_THAT(rows, HasSubstr(std::string(faultPlaceName(place)) + '`'));
        }
        for (const std::string_view variant : traits.variants) {
            if (kind == FaultKind::Tls)
                EXPECT_THAT(page("tls.md"), HasSubstr("| " + code(variant) + " |"));
            else
                EXPECT_THAT(rows, HasSubstr("`variant: " + std::string(variant) + '`'));
        }
    }
}

TEST(FaultsHelp, ListsTheProfilesWithTheirNumbers)
{
    const std::string text = page("faults.md");
    for (const NetworkProfile &profile : builtinPresets().networks) {
        EXPECT_THAT(text, HasSubstr("| " + code(profile.name) + " | "
                                    + spaced(formatDuration(profile.latency)) + " ± "
                                    + spaced(formatDuration(profile.jitter)) + " |"));
    }
}

TEST(FaultsHelp, NamesThePresetsOfTheProgram)
{
    const std::string text = page("faults.md");
    for (const FaultPreset &preset : builtinPresets().faults)
        EXPECT_THAT(text,
                    testing::AnyOf(HasSubstr(preset.name + ","), HasSubstr(preset.name + ".")));
}

TEST(FaultsHelp, ShowsOnlyWhatCanBeRead)
{
    for (const std::string &block : yamlBlocks(page("faults.md"))) {
        if (block.starts_with("behaviour:")) {
            const auto read = native::read("understudy: 1\n" + block, "help");
            EXPECT_TRUE(read.ok()) << block << read.problems.front().error.text();
        } else {
            const PresetsRead read = readPresets(block, "help");
            EXPECT_TRUE(read.problems.empty()) << block << read.problems.front().error.text();
        }
    }
}

/// README repeats lines of the page that the test of real clients compares.
TEST(FaultsHelp, IsRepeatedInReadmeWordForWord)
{
    const std::string clients = page("fault-clients.md");
    const std::string readme
        = test::contentOf(std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / "README.md");
    const std::string head = "| Fault | curl |";
    const std::size_t at = readme.find(head);
    ASSERT_NE(at, std::string::npos);
    int rows = 0;
    for (const std::string_view line : text::split(std::string_view(readme).substr(at), '\n')) {
        if (!line.starts_with("|"))
            break;
        EXPECT_THAT(clients, HasSubstr(std::string(line) + "\n"));
        ++rows;
    }
    EXPECT_EQ(rows, 2 + 5);
}
