// SPDX-License-Identifier: Apache-2.0
#include "core/match/schema/validator.h"

#include "core/base/json_pointer.h"
#include "core/match/comparison.h"

#include <algorithm>
#include <utility>

namespace understudy::json_schema {

namespace {

// Far more than schemas that people wrote take for values that people sent.
constexpr std::size_t kMaxDepth = 2000;

unsigned typesOf(const JsonValue &value)
{
    switch (value.kind()) {
    case JsonValue::Kind::Null:
        return Null;
    case JsonValue::Kind::Bool:
        return Boolean;
    case JsonValue::Kind::Number: {
        const auto number = Decimal::parse(value.ifNumber()->text);
        return number && number->isWhole() ? Integer | Number : Number;
    }
    case JsonValue::Kind::String:
        return String;
    case JsonValue::Kind::Array:
        return Array;
    case JsonValue::Kind::Object:
        return Object;
    }
    return 0;
}

} // namespace

Validator::Validator(const Schema &schema, WorkBudget &budget, SchemaFault *fault)
    : m_schema(schema)
    , m_budget(budget)
    , m_fault(fault)
{}

MatchVerdict Validator::run(const JsonValue &value)
{
    const Place whole;
    return check(0, {value, whole, nullptr});
}

MatchVerdict Validator::fail(const Place &place, std::initializer_list<std::string_view> message)
{
    if (!m_fault)
        return No;
    m_fault->message.clear();
    for (const std::string_view part : message)
        m_fault->message += part;
    std::string path;
    for (const Place *at = &place; at->outer; at = at->outer) {
        const std::string name
            = at->isIndex ? std::to_string(at->index) : json_pointer::escaped(at->name);
        path.insert(0, name).insert(0, 1, '/');
    }
    m_fault->place = path;
    return No;
}

std::string Validator::shown(const JsonValue &value) const
{
    return m_fault ? shownJson(value) : std::string();
}

MatchVerdict Validator::check(NodeId id, const Subject &subject)
{
    if (!m_budget.spend(kNodeWork) || m_depth == kMaxDepth)
        return Undecided;
    const Node &node = m_schema.nodes[id];
    if (node.always)
        return *node.always ? Yes : fail(subject.place, {"nothing is allowed here"});
    const bool isEntered = m_scope.empty() || m_scope.back() != node.resource;
    if (isEntered)
        m_scope.push_back(node.resource);
    ++m_depth;
    const MatchVerdict verdict = checkNode(node, subject);
    --m_depth;
    if (isEntered)
        m_scope.pop_back();
    return verdict;
}

MatchVerdict Validator::checkNode(const Node &node, const Subject &subject)
{
    if (!m_schema.tracksEvaluated) {
        const MatchVerdict kind = checkKind(node, subject);
        return kind == Yes ? checkLogic(node, subject) : kind;
    }
    // What this schema looks at counts outside only if the value fits it.
    const JsonArray *items = subject.value.ifArray();
    const JsonObject *members = subject.value.ifObject();
    Evaluated evaluated(items ? items->size() : members ? members->size() : 0);
    if (!m_budget.spend(evaluated.size()))
        return Undecided;
    const Subject own{subject.value, subject.place, &evaluated};
    MatchVerdict verdict = checkKind(node, own);
    if (verdict == Yes)
        verdict = checkLogic(node, own);
    if (verdict == Yes)
        verdict = checkUnevaluated(node, own);
    for (std::size_t i = 0; verdict == Yes && subject.evaluated && i < evaluated.size(); ++i) {
        if (evaluated[i])
            (*subject.evaluated)[i] = true;
    }
    return verdict;
}

MatchVerdict Validator::checkQuietly(NodeId id, const Subject &subject)
{
    SchemaFault *fault = std::exchange(m_fault, nullptr);
    const MatchVerdict verdict = check(id, subject);
    m_fault = fault;
    return verdict;
}

MatchVerdict Validator::part(NodeId id, const JsonValue &value, const Place &place)
{
    return check(id, {value, place, nullptr});
}

MatchVerdict Validator::checkKind(const Node &node, const Subject &subject)
{
    const JsonValue &value = subject.value;
    if (const JsonNumber *number = value.ifNumber(); number && !m_budget.spend(number->text.size()))
        return Undecided;
    if (node.types != 0 && (typesOf(value) & node.types) == 0)
        return fail(subject.place, {"type ", node.typeText, ", got ", shown(value)});
    if (node.constant) {
        const MatchVerdict same = equalsJson(value, *node.constant, {}, m_budget);
        if (same != Yes)
            return same == No ? fail(subject.place,
                                     {"const ", shown(*node.constant), ", got ", shown(value)})
                              : same;
    }
    if (node.choices) {
        MatchVerdict any = No;
        for (const JsonValue &choice : *node.choices) {
            any = equalsJson(value, choice, {}, m_budget);
            if (any != No)
                break;
        }
        if (any != Yes)
            return any == No ? fail(subject.place,
                                    {"one of enum ", shown(*node.choices), ", got ", shown(value)})
                             : any;
    }
    if (const JsonNumber *number = value.ifNumber())
        return checkNumber(node, subject, *number);
    if (const std::string *text = value.ifString())
        return checkText(node, subject, *text);
    if (const JsonArray *items = value.ifArray())
        return checkItems(node, subject, *items);
    if (const JsonObject *members = value.ifObject())
        return checkMembers(node, subject, *members);
    return Yes;
}

/// A dynamic reference means the outermost schema on the way here that gives the name to a place.
NodeId Validator::referenceOf(const Node &node) const
{
    if (!node.dynamicName)
        return node.dynamicReference;
    for (const std::uint32_t resource : m_scope) {
        const auto &anchors = m_schema.dynamicAnchors[resource];
        if (const auto found = anchors.find(*node.dynamicName); found != anchors.end())
            return found->second;
    }
    return node.dynamicReference;
}

MatchVerdict Validator::checkLogic(const Node &node, const Subject &subject)
{
    if (node.dynamicReference != kNone) {
        if (const MatchVerdict fits = check(referenceOf(node), subject); fits != Yes)
            return fits;
    }
    for (const NodeId id : node.allOf) {
        if (const MatchVerdict fits = check(id, subject); fits != Yes)
            return fits;
    }
    if (const MatchVerdict fits = checkSome(node, subject); fits != Yes)
        return fits;
    if (node.denied != kNone) {
        const MatchVerdict fits
            = checkQuietly(node.denied, {subject.value, subject.place, nullptr});
        if (fits != No)
            return fits == Yes
                       ? fail(subject.place, {"what 'not' denies, got ", shown(subject.value)})
                       : fits;
    }
    if (node.condition == kNone)
        return Yes;
    const MatchVerdict condition = checkQuietly(node.condition, subject);
    if (condition == Undecided)
        return condition;
    const NodeId id = condition == Yes ? node.then : node.otherwise;
    return id == kNone ? Yes : check(id, subject);
}

/// anyOf and oneOf.
MatchVerdict Validator::checkSome(const Node &node, const Subject &subject)
{
    if (!node.anyOf.empty()) {
        std::size_t count = 0;
        for (const NodeId id : node.anyOf) {
            const MatchVerdict fits = checkQuietly(id, subject);
            if (fits == Undecided)
                return fits;
            count += fits == Yes ? 1 : 0;
            if (count > 0 && !subject.evaluated)
                break;
        }
        if (count == 0)
            return fail(subject.place, {"one of the ", std::to_string(node.anyOf.size()),
                                        " of anyOf, got ", shown(subject.value)});
    }
    if (node.oneOf.empty())
        return Yes;
    std::size_t count = 0;
    for (const NodeId id : node.oneOf) {
        const MatchVerdict fits = checkQuietly(id, subject);
        if (fits == Undecided)
            return fits;
        count += fits == Yes ? 1 : 0;
    }
    return count == 1
               ? Yes
               : fail(subject.place, {"exactly one of the ", std::to_string(node.oneOf.size()),
                                      " of oneOf, but it fits ", std::to_string(count)});
}

MatchVerdict Validator::checkUnevaluated(const Node &node, const Subject &subject)
{
    Evaluated &evaluated = *subject.evaluated;
    std::size_t index = 0;
    if (const JsonArray *items = subject.value.ifArray(); items && node.unevaluatedItems != kNone) {
        for (const JsonValue &item : *items) {
            const Place place{&subject.place, {}, index, true};
            const MatchVerdict fits
                = evaluated[index] ? Yes : part(node.unevaluatedItems, item, place);
            if (fits != Yes)
                return fits;
            evaluated[index++] = true;
        }
    }
    if (const JsonObject *members = subject.value.ifObject();
        members && node.unevaluatedProperties != kNone) {
        for (const JsonMember &member : *members) {
            const Place place{&subject.place, member.name, 0, false};
            const MatchVerdict fits
                = evaluated[index] ? Yes : part(node.unevaluatedProperties, member.value, place);
            if (fits != Yes)
                return fits;
            evaluated[index++] = true;
        }
    }
    return Yes;
}

} // namespace understudy::json_schema
