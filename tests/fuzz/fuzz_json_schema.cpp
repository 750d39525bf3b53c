// SPDX-License-Identifier: Apache-2.0
// A schema in the first line and a value behind it: whatever they are, holding one against the
// other ends, says the same twice, and finds a place exactly where the value does not fit.
#include "core/match/schema/json_schema.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace understudy;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t end = text.find('\n');
    const auto schema = JsonValue::parse(text.substr(0, end));
    const auto value = JsonValue::parse(end == std::string_view::npos ? std::string_view("null")
                                                                      : text.substr(end + 1));
    if (!schema || !value)
        return 0;
    const auto compiled = JsonSchema::compile(*schema);
    if (!compiled)
        return 0;
    constexpr std::uint64_t kWork = 2'000'000;
    WorkBudget first(kWork);
    WorkBudget second(kWork);
    const MatchVerdict verdict = compiled->fits(*value, first);
    const auto fault = compiled->fault(*value, second);
    if (fault.has_value() != (verdict == MatchVerdict::No))
        std::abort();
    return 0;
}
