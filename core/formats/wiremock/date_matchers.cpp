// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/date_matchers.h"

#include "core/base/text.h"
#include "core/formats/rule_parts.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::formats::wiremock {

namespace {

struct Unit
{
    std::string_view name;
    std::int64_t seconds;
    bool isExact; ///< months and years are not
};

constexpr std::int64_t kDay = 86'400;
constexpr std::array kUnits{
    Unit{"seconds", 1, true}, Unit{"minutes", 60, true},        Unit{"hours", 3600, true},
    Unit{"days", kDay, true}, Unit{"months", 30 * kDay, false}, Unit{"years", 365 * kDay, false},
};

const Unit *unitOf(std::string_view name)
{
    for (const Unit &unit : kUnits) {
        if (text::equalsIgnoreCase(unit.name, name)
            || text::equalsIgnoreCase(unit.name.substr(0, unit.name.size() - 1), name))
            return &unit;
    }
    return nullptr;
}

/// An offset from now: "+3 days", "-5 minutes", "3 days".
struct Offset
{
    std::int64_t amount = 0;
    const Unit *unit = nullptr;
};

std::optional<Offset> offsetIn(std::string_view text)
{
    text = text::trim(text);
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+'))
        text = text::trim(text.substr(1));
    Offset out;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out.amount);
    if (failure != std::errc() || end == text.data())
        return std::nullopt;
    out.unit = unitOf(text::trim(std::string_view(end, text.data() + text.size())));
    if (!out.unit)
        return std::nullopt;
    out.amount = isNegative ? -out.amount : out.amount;
    return out;
}

std::string written(const Offset &offset)
{
    const std::int64_t seconds = offset.amount * offset.unit->seconds;
    if (seconds == 0)
        return "now";
    return std::string("now ") + (seconds < 0 ? "- " : "+ ")
           + std::to_string(seconds < 0 ? -seconds : seconds) + 's';
}

} // namespace

Rule dateRule(const RuleTarget &target, RuleOperator op, const Node &operand, const Node &matcher,
              StubScope &scope)
{
    std::string expected = operand.text;
    std::string_view rest = text::trim(expected);
    const bool isNow = rest.size() >= 3 && text::equalsIgnoreCase(rest.substr(0, 3), "now");
    std::optional<Offset> offset = offsetIn(isNow ? rest.substr(3) : rest);
    if (isNow && !offset) {
        offset = Offset{numberIn(matcher, "expectedOffset").value_or(0),
                        unitOf(textIn(matcher, "expectedOffsetUnit"))};
        offset->unit = offset->unit ? offset->unit : &kUnits.front();
    }
    if (offset) {
        constexpr std::int64_t kMost = 1'000'000'000;
        offset->amount = std::clamp(offset->amount, -kMost / offset->unit->seconds,
                                    kMost / offset->unit->seconds);
        if (!offset->unit->isExact)
            scope.notes.changed(scope.subject,
                                "'" + operand.text + "': a month is 30 days here, and a year 365",
                                operand.start);
        expected = written(*offset);
    }
    for (const std::string_view option :
         {"actualFormat", "truncateExpected", "truncateActual", "applyTruncationLast"}) {
        if (const Node *value = member(matcher, option))
            scope.notes.notServed(scope.subject,
                                  "'" + std::string(option)
                                      + "' of a date is not used: dates are compared as they are",
                                  value->start);
    }
    return leaf(target, op, std::move(expected));
}

} // namespace understudy::formats::wiremock
