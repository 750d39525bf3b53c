// SPDX-License-Identifier: Apache-2.0
#include "core/match/json_difference.h"

#include "core/match/json_placeholders.h"

#include "core/base/json_pointer.h"

namespace understudy {

namespace {

class Difference
{
public:
    Difference(const JsonComparison &how, WorkBudget &budget)
        : m_how(how)
        , m_budget(budget)
    {}

    std::string of(const std::string &place, const JsonValue &actual, const JsonValue &expected)
    {
        if (equalsJson(actual, expected, m_how, m_budget) != MatchVerdict::No)
            return {};
        const JsonObject *wanted = expected.ifObject();
        if (const JsonObject *object = actual.ifObject(); object && wanted)
            return ofObjects(place, *object, *wanted);
        const JsonArray *list = expected.ifArray();
        if (const JsonArray *items = actual.ifArray(); items && list) {
            if (m_how.ignoreExtraItems ? items->size() < list->size()
                                       : items->size() != list->size())
                return at(place) + "expected " + std::to_string(list->size()) + " items, got "
                       + std::to_string(items->size());
            for (std::size_t i = 0; !m_how.ignoreArrayOrder && i < list->size(); ++i) {
                std::string found = of(place + '/' + std::to_string(i), (*items)[i], (*list)[i]);
                if (!found.empty())
                    return found;
            }
        }
        return at(place) + "expected " + shownJson(expected) + ", got " + shownJson(actual);
    }

private:
    static std::string at(const std::string &place) { return place.empty() ? "" : place + ": "; }

    std::string ofObjects(const std::string &place, const JsonObject &actual,
                          const JsonObject &expected)
    {
        for (const JsonMember &member : expected) {
            const std::string inner = place + '/' + json_pointer::escaped(member.name);
            const JsonValue *value = actual.find(member.name);
            if (!value && m_how.placeholders && JsonPlaceholders::mayBeMissing(member.value))
                continue;
            if (!value)
                return inner + ": expected " + shownJson(member.value) + ", got nothing";
            std::string found = of(inner, *value, member.value);
            if (!found.empty())
                return found;
        }
        for (const JsonMember &member : actual) {
            if (!m_how.ignoreExtraFields && !expected.contains(member.name))
                return place + '/' + json_pointer::escaped(member.name) + ": expected nothing, got "
                       + shownJson(member.value);
        }
        return {};
    }

    const JsonComparison &m_how;
    WorkBudget &m_budget;
};

} // namespace

std::string firstDifference(const JsonValue &actual, const JsonValue &expected,
                            const JsonComparison &how, WorkBudget &budget)
{
    return Difference(how, budget).of({}, actual, expected);
}

} // namespace understudy
