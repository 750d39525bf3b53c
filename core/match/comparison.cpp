// SPDX-License-Identifier: Apache-2.0
#include "core/match/comparison.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/base/units.h"
#include "core/http/date.h"
#include "core/match/json_placeholders.h"

#include <algorithm>
#include <vector>

namespace understudy {

std::optional<Decimal> numberOf(std::string_view text) { return Decimal::parse(text::trim(text)); }

std::optional<Decimal> numberIn(const JsonValue &value)
{
    if (const JsonNumber *number = value.ifNumber())
        return Decimal::parse(number->text);
    if (const std::string *text = value.ifString())
        return numberOf(*text);
    return std::nullopt;
}

std::string textOf(const JsonValue &value)
{
    if (const std::string *text = value.ifString())
        return *text;
    return writeJson(value);
}

std::string shownJson(const JsonValue &value)
{
    constexpr std::size_t kShownBytes = 60;
    const std::string *string = value.ifString();
    return text::shortened(string ? text::quoteJson(*string) : writeJson(value), kShownBytes);
}

bool equalsValue(std::string_view actual, const JsonValue &expected, bool isNumber)
{
    if (expected.isNumber() || (isNumber && expected.isString())) {
        const auto wanted = numberIn(expected);
        const auto number = wanted ? numberOf(actual) : std::nullopt;
        if (number)
            return *number == *wanted;
    }
    if (const std::string *text = expected.ifString())
        return actual == *text;
    return !expected.isNumber() && actual == textOf(expected);
}

std::uint64_t workOfEqualsValue(std::string_view actual, const JsonValue &expected, bool isNumber)
{
    constexpr std::uint64_t kLook = 8;
    constexpr std::uint64_t kReadNumber = 100;
    constexpr std::uint64_t kWrite = 500; // of an array or an object
    if (expected.isNumber() || (isNumber && expected.isString())) {
        const bool mayBeNumber
            = !actual.empty() && actual.find_first_of("+-.0123456789 \t\r\n") == 0;
        return kReadNumber + (mayBeNumber ? actual.size() : 0);
    }
    if (const std::string *text = expected.ifString())
        return kLook + (text->size() == actual.size() ? actual.size() / 8 : 0);
    return expected.isArray() || expected.isObject() ? kWrite : kReadNumber;
}

namespace {

/// One comparison of JSON values with the budget it may spend. Once that is spent all is unequal,
/// so that it comes to its end.
class JsonComparer
{
public:
    JsonComparer(const JsonComparison &how, WorkBudget &budget)
        : m_how(how)
        , m_budget(budget)
    {}

    bool equals(const JsonValue &actual, const JsonValue &expected);
    bool isSpent() const { return m_isSpent; }
    bool spend(std::uint64_t units)
    {
        m_isSpent = m_isSpent || !m_budget.spend(units);
        return !m_isSpent;
    }
    const JsonComparison &how() const { return m_how; }

private:
    bool equalsNumber(const JsonValue &actual, const JsonNumber &wanted, const JsonValue &expected);
    bool equalsArray(const JsonArray &actual, const JsonArray &expected);
    bool equalsObject(const JsonObject &actual, const JsonObject &expected);
    const JsonComparison &m_how;
    WorkBudget &m_budget;
    bool m_isSpent = false;
};

/// Whether the items of two lists can be paired, whatever their order. With extra fields allowed an
/// item may be equal to several, so that the first that fits need not be the right one: augmenting
/// paths (Kuhn). Without, equality is transitive and the first one will do.
class Pairing
{
public:
    Pairing(const JsonArray &actual, const JsonArray &expected, JsonComparer &comparer)
        : m_actual(actual)
        , m_expected(expected)
        , m_comparer(comparer)
        , m_owner(actual.size(), kFree)
    {}

    bool exists()
    {
        for (std::size_t wanted = 0; wanted < m_expected.size(); ++wanted) {
            m_tried.assign(m_actual.size(), false);
            if (!pair(wanted, 0))
                return false;
        }
        return true;
    }

private:
    static constexpr std::size_t kFree = static_cast<std::size_t>(-1);
    static constexpr std::size_t kDeepest = 200; ///< of a chain of items that make room

    bool pair(std::size_t wanted, std::size_t depth)
    {
        // Passing over those that are taken costs a little, too.
        if (!m_comparer.spend(1 + m_actual.size() / 4))
            return false;
        for (const bool moving : {false, true}) {
            if (moving && (!m_comparer.how().isLoose() || depth >= kDeepest))
                return false;
            for (std::size_t i = 0; i < m_actual.size() && !m_comparer.isSpent(); ++i) {
                const bool isFree = m_owner[i] == kFree;
                if (m_tried[i] || isFree == moving
                    || !m_comparer.equals(m_actual[i], m_expected[wanted]))
                    continue;
                m_tried[i] = true;
                if (isFree || pair(m_owner[i], depth + 1)) {
                    m_owner[i] = wanted;
                    return true;
                }
            }
        }
        return false;
    }

    const JsonArray &m_actual;
    const JsonArray &m_expected;
    JsonComparer &m_comparer;
    std::vector<std::size_t> m_owner; ///< which expected item each actual one is paired with
    std::vector<bool> m_tried;
};

bool JsonComparer::equals(const JsonValue &actual, const JsonValue &expected)
{
    constexpr std::uint64_t kLook = 4;
    if (!spend(kLook))
        return false;
    if (const JsonNumber *wanted = expected.ifNumber())
        return equalsNumber(actual, *wanted, expected);
    if (const JsonArray *wanted = expected.ifArray())
        return actual.isArray() && equalsArray(*actual.ifArray(), *wanted);
    if (const JsonObject *wanted = expected.ifObject())
        return actual.isObject() && equalsObject(*actual.ifObject(), *wanted);
    if (const std::string *wanted = expected.ifString()) {
        if (m_how.placeholders) {
            if (const auto verdict = m_how.placeholders->accepts(actual, *wanted, m_budget)) {
                m_isSpent = m_isSpent || *verdict == MatchVerdict::Undecided;
                return *verdict == MatchVerdict::Yes;
            }
        }
        const std::string *text = actual.ifString();
        return text && text->size() == wanted->size() && spend(text->size() / 8)
               && *text == *wanted;
    }
    return actual == expected;
}

bool JsonComparer::equalsNumber(const JsonValue &actual, const JsonNumber &wanted,
                                const JsonValue &expected)
{
    constexpr std::uint64_t kReadNumbers = 100;
    const JsonNumber *number = actual.ifNumber();
    if (!number)
        return false;
    return number->text == wanted.text
           || (spend(kReadNumbers + number->text.size() + wanted.text.size())
               && numberIn(actual) == numberIn(expected));
}

bool JsonComparer::equalsArray(const JsonArray &actual, const JsonArray &expected)
{
    if (m_how.ignoreExtraItems ? actual.size() < expected.size() : actual.size() != expected.size())
        return false;
    if (m_how.ignoreArrayOrder)
        return Pairing(actual, expected, *this).exists();
    return std::equal(expected.begin(), expected.end(), actual.begin(),
                      [this](const JsonValue &e, const JsonValue &a) { return equals(a, e); });
}

bool JsonComparer::equalsObject(const JsonObject &actual, const JsonObject &expected)
{
    constexpr std::uint64_t kFind = 16;
    const auto mayBeMissing = [this](const JsonMember &member) {
        return m_how.placeholders && JsonPlaceholders::mayBeMissing(member.value);
    };
    if (!m_how.ignoreExtraFields && !m_how.placeholders && actual.size() != expected.size())
        return false;
    std::size_t present = 0;
    const bool hasAll
        = std::all_of(expected.begin(), expected.end(), [&](const JsonMember &member) {
              const JsonValue *value = spend(kFind) ? actual.find(member.name) : nullptr;
              present += value ? 1 : 0;
              return value ? equals(*value, member.value) : !m_isSpent && mayBeMissing(member);
          });
    return hasAll && (m_how.ignoreExtraFields || present == actual.size());
}

} // namespace

MatchVerdict equalsJson(const JsonValue &actual, const JsonValue &expected,
                        const JsonComparison &how, WorkBudget &budget)
{
    JsonComparer comparer(how, budget);
    const bool isEqual = comparer.equals(actual, expected);
    return comparer.isSpent() ? MatchVerdict::Undecided : verdictOf(isEqual);
}

std::optional<WallTime> momentOf(std::string_view text, WallTime now)
{
    text = text::trim(text);
    if (!text.starts_with("now"))
        return http::parseAnyDate(text);
    text = text::trim(text.substr(3));
    if (text.empty())
        return now;
    const bool minus = text.starts_with('-');
    if (!minus && !text.starts_with('+'))
        return std::nullopt;
    const auto offset = parseDuration(text::trim(text.substr(1)));
    if (!offset)
        return std::nullopt;
    return minus ? now - *offset : now + *offset;
}

} // namespace understudy
