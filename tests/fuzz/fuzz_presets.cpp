// SPDX-License-Identifier: Apache-2.0
// A presets file of a workspace: every problem has a message, and every preset a name.
#include "core/formats/presets.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace understudy;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const formats::PresetsRead read = formats::readPresets(text, "presets.yaml");
    for (const Problem &problem : read.problems) {
        if (problem.error.message.empty())
            std::abort();
    }
    for (const auto &profile : read.presets.networks) {
        if (profile.name.empty())
            std::abort();
    }
    return 0;
}
