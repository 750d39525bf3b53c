// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#define FUZZ_TARGET(name) \
    extern "C" int understudy_fuzz_##name(const std::uint8_t *data, std::size_t size);
#include "fuzz_targets.inc"
#undef FUZZ_TARGET

namespace {

void runCorpus(const char *name, int (*target)(const std::uint8_t *, std::size_t))
{
    std::size_t files = 0;
    const std::filesystem::path folder = UNDERSTUDY_SOURCE_DIR "/tests/fuzz/corpus";
    for (const auto &entry : std::filesystem::directory_iterator(folder / name)) {
        std::ifstream stream(entry.path(), std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(stream), {}};
        const auto *bytes = reinterpret_cast<const std::uint8_t *>(content.data());
        EXPECT_EQ(target(bytes, content.size()), 0) << entry.path();
        ++files;
    }
    EXPECT_GT(files, 0U) << name;
}

} // namespace

// A finding aborts, as it does under the fuzzer.
#define FUZZ_TARGET(name) \
    TEST(Corpus, RunsWithoutAFindingThrough_##name) { runCorpus(#name, understudy_fuzz_##name); }
#include "fuzz_targets.inc"
