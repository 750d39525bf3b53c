// SPDX-License-Identifier: Apache-2.0
// A JavaScript regular expression in the first line, a text behind it: what is written for PCRE2
// either compiles or is refused with a reason, and comes to an end on the text.
#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/mockoon/lookup.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace understudy;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const std::size_t end = input.find('\n');
    const std::string_view expression = input.substr(0, end);
    if (!text::isUtf8(expression)) // JSON has no others
        return 0;
    for (const bool ignoreCase : {false, true}) {
        const auto pcre = formats::mockoon::toPcre(expression, ignoreCase);
        if (!pcre) {
            if (pcre.error().message.empty() || pcre.error().where.column < 1)
                std::abort();
            continue;
        }
        const auto compiled = Regex::compile(*pcre);
        if (compiled && end != std::string_view::npos) {
            WorkBudget budget(100'000);
            static_cast<void>(compiled->match(input.substr(end + 1), budget));
        }
    }
    return 0;
}
