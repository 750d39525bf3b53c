// SPDX-License-Identifier: Apache-2.0
#include "core/match/comparison.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/base/units.h"
#include "core/http/date.h"

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

bool equalsValue(std::string_view actual, const JsonValue &expected, bool isNumber)
{
    if (expected.isNumber() || (isNumber && expected.isString())) {
        const auto wanted = numberIn(expected);
        const auto number = wanted ? numberOf(actual) : std::nullopt;
        if (number)
            return *number == *wanted;
    }
    return !expected.isNumber() && actual == textOf(expected);
}

namespace {

/// Whether the items of two lists can be paired, whatever their order. With extra fields allowed an
/// item may be equal to several, so that the first that fits need not be the right one: augmenting
/// paths (Kuhn). Without, equality is transitive and the first one will do.
class Pairing
{
public:
    Pairing(const JsonArray &actual, const JsonArray &expected, const JsonComparison &how)
        : m_actual(actual)
        , m_expected(expected)
        , m_how(how)
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
        for (const bool moving : {false, true}) {
            if (moving && (!m_how.ignoreExtraFields || depth >= kDeepest))
                return false;
            for (std::size_t i = 0; i < m_actual.size(); ++i) {
                const bool isFree = m_owner[i] == kFree;
                if (m_tried[i] || isFree == moving
                    || !equalsJson(m_actual[i], m_expected[wanted], m_how))
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
    const JsonComparison &m_how;
    std::vector<std::size_t> m_owner; ///< which expected item each actual one is paired with
    std::vector<bool> m_tried;
};

bool equalsArray(const JsonArray &actual, const JsonArray &expected, const JsonComparison &how)
{
    if (actual.size() != expected.size())
        return false;
    if (!how.ignoreArrayOrder) {
        for (std::size_t i = 0; i < actual.size(); ++i) {
            if (!equalsJson(actual[i], expected[i], how))
                return false;
        }
        return true;
    }
    return Pairing(actual, expected, how).exists();
}

} // namespace

bool equalsJson(const JsonValue &actual, const JsonValue &expected, const JsonComparison &how)
{
    if (const JsonNumber *wanted = expected.ifNumber()) {
        const JsonNumber *number = actual.ifNumber();
        return number && (number->text == wanted->text || numberIn(actual) == numberIn(expected));
    }
    if (const JsonArray *wanted = expected.ifArray())
        return actual.isArray() && equalsArray(*actual.ifArray(), *wanted, how);
    if (const JsonObject *wanted = expected.ifObject()) {
        const JsonObject *have = actual.ifObject();
        if (!have || (!how.ignoreExtraFields && have->size() != wanted->size()))
            return false;
        for (const auto &[key, value] : *wanted) {
            const JsonValue *member = have->find(key);
            if (!member || !equalsJson(*member, value, how))
                return false;
        }
        return true;
    }
    return actual == expected;
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
