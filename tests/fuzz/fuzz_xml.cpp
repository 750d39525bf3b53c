// SPDX-License-Identifier: Apache-2.0
// Two documents, the first in the first line: comparing them ends, and gives a difference exactly
// where they differ; each equals itself.
#include "core/match/xml_body.h"
#include "core/match/xml_comparison.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace understudy;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t end = std::min(text.find('\n'), text.size());
    const XmlBody expected(text.substr(0, end), true);
    const XmlBody actual(text.substr(end), true);
    if (!expected.isValid() || !actual.isValid())
        return 0;
    constexpr std::uint64_t kWork = 2'000'000;
    WorkBudget budget(kWork);
    std::string difference;
    const MatchVerdict verdict
        = equalsXml(actual.document(), expected.document(), budget, &difference);
    if (difference.empty() == (verdict == MatchVerdict::No))
        std::abort();
    WorkBudget again(kWork);
    if (equalsXml(actual.document(), actual.document(), again) == MatchVerdict::No)
        std::abort();
    return 0;
}
