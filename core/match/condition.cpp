// SPDX-License-Identifier: Apache-2.0
#include "core/match/condition.h"

#include "core/base/text.h"
#include "core/match/comparison.h"

#include <algorithm>
#include <cstring>

namespace understudy {

namespace {

bool isTrue(const JsonValue &value) { return !value.isBool() || value.isTrue(); }

bool isEmpty(const TargetValue &value)
{
    if (value.json) {
        if (const JsonArray *array = value.json->ifArray())
            return array->empty();
        if (const JsonObject *object = value.json->ifObject())
            return object->empty();
        if (value.json->isNull())
            return true;
    }
    return value.text.empty();
}

bool option(const JsonObject &options, std::string_view name)
{
    const JsonValue *value = options.find(name);
    return value && value->isTrue();
}

bool equals(const TargetValue &actual, const JsonValue &expected)
{
    return equalsValue(actual.text, expected, actual.json && actual.json->isNumber());
}

/// For a comparison of many.
MatchVerdict equalsWithin(const TargetValue &actual, const JsonValue &expected, WorkBudget &budget)
{
    if (!budget.spend(
            workOfEqualsValue(actual.text, expected, actual.json && actual.json->isNumber())))
        return MatchVerdict::Undecided;
    return verdictOf(equals(actual, expected));
}

/// In a time that grows with the text alone; std::string::find compares the whole of a long needle
/// at every place.
bool containsText(const std::string &text, const std::string &needle)
{
    return memmem(text.data(), text.size(), needle.data(), needle.size()) != nullptr;
}

Error needs(RuleOperator op, std::string_view what)
{
    return {ErrorCode::Invalid,
            "'" + std::string(ruleOperatorName(op)) + "' needs " + std::string(what),
            {}};
}

} // namespace

bool isServed(RuleOperator op) { return op != RuleOperator::JsonSchema && op != RuleOperator::Xml; }

Result<CompiledCondition> CompiledCondition::compile(const Condition &condition)
{
    CompiledCondition compiled;
    compiled.m_condition = condition;
    compiled.m_text = textOf(condition.value);
    switch (condition.op) {
    case RuleOperator::Matches: {
        auto regex = Regex::compile(compiled.m_text);
        if (!regex)
            return regex.error();
        compiled.m_regex = *std::move(regex);
        break;
    }
    case RuleOperator::JsonPath: {
        auto path = understudy::JsonPath::parse(compiled.m_text);
        if (!path)
            return path.error();
        compiled.m_jsonPath = *std::move(path);
        break;
    }
    case RuleOperator::XPath: {
        const JsonValue *namespaces = condition.options.find("namespaces");
        const JsonObject *map = namespaces ? namespaces->ifObject() : nullptr;
        auto path = XPath::compile(compiled.m_text, map ? *map : JsonObject{});
        if (!path)
            return path.error();
        compiled.m_xPath = *std::move(path);
        break;
    }
    case RuleOperator::OneOf:
    case RuleOperator::HasExactly:
    case RuleOperator::Includes:
        if (!condition.value.isArray())
            return needs(condition.op, "a list of values");
        break;
    case RuleOperator::Less:
    case RuleOperator::LessOrEqual:
    case RuleOperator::Greater:
    case RuleOperator::GreaterOrEqual:
        if (!numberIn(condition.value))
            return needs(condition.op, "a number");
        break;
    case RuleOperator::Before:
    case RuleOperator::After:
    case RuleOperator::SameTime:
        if (!momentOf(compiled.m_text, {}))
            return needs(condition.op,
                         "a date such as 2026-11-22T10:00:00Z, or 'now' with an offset");
        break;
    case RuleOperator::Binary: {
        auto bytes = text::decodeBase64(compiled.m_text);
        if (!bytes)
            return needs(condition.op, "base64");
        compiled.m_binary = *std::move(bytes);
        break;
    }
    default:
        break;
    }
    return compiled;
}

std::string CompiledCondition::text() const
{
    std::string out = m_condition.negated ? "not " : "";
    out += ruleOperatorName(m_condition.op);
    const bool bare
        = (m_condition.op == RuleOperator::Absent || m_condition.op == RuleOperator::Empty)
          && isTrue(m_condition.value);
    return bare ? out : out + ' ' + m_text;
}

MatchVerdict CompiledCondition::decide(const std::vector<TargetValue> &values,
                                       const MatchContext &context) const
{
    if (!isServed())
        return MatchVerdict::Undecided;
    MatchVerdict plain = decideForAll(values, context);
    // What does not hold for what could be read of a body may hold for all of it.
    if (plain == MatchVerdict::No && unread(values, context))
        plain = MatchVerdict::Undecided;
    return m_condition.negated ? negationOf(plain) : plain;
}

MatchVerdict CompiledCondition::decideForAll(const std::vector<TargetValue> &values,
                                             const MatchContext &context) const
{
    if (m_condition.op == RuleOperator::Absent)
        return verdictOf(values.empty() == isTrue(m_condition.value));
    WorkShare share(context.request.work());
    if (m_condition.op == RuleOperator::HasExactly || m_condition.op == RuleOperator::Includes)
        return decideForList(values, share.budget());
    MatchVerdict any = MatchVerdict::No;
    for (const TargetValue &value : values) {
        const MatchVerdict one = decideForOne(value, context, share.budget());
        if (one != MatchVerdict::No)
            any = one;
        if (one == MatchVerdict::Yes)
            break;
    }
    return any;
}

/// Why the condition cannot know all of a body; nullptr if it can.
const std::optional<Error> *CompiledCondition::unread(const std::vector<TargetValue> &values,
                                                      const MatchContext &context) const
{
    if (m_condition.op == RuleOperator::Absent || values.size() != 1 || !values[0].isBody
        || values[0].json)
        return nullptr;
    if (const auto &problem = context.request.codingProblem())
        return &problem;
    const bool readsJson
        = m_condition.op == RuleOperator::Json || m_condition.op == RuleOperator::JsonPath;
    const auto &problem = context.request.jsonProblem();
    return readsJson && problem ? &problem : nullptr;
}

std::string CompiledCondition::whyUndecided(const std::vector<TargetValue> &values,
                                            const MatchContext &context) const
{
    if (!isServed())
        return "not served by this version";
    if (const std::optional<Error> *problem = unread(values, context))
        return (*problem)->message;
    std::string what = "it";
    if (m_condition.op == RuleOperator::Matches)
        what = "the regular expression";
    else if (m_condition.op == RuleOperator::JsonPath)
        what = "the JSONPath";
    else if (m_condition.op == RuleOperator::XPath)
        what = "the XPath";
    return what + " takes more work on this value than a condition may";
}

/// The operators that may come to no end.
MatchVerdict CompiledCondition::decideForOne(const TargetValue &value, const MatchContext &context,
                                             WorkBudget &budget) const
{
    switch (m_condition.op) {
    case RuleOperator::Matches:
        return m_regex->match(value.text, budget);
    case RuleOperator::JsonPath: {
        if (!value.json)
            return MatchVerdict::No;
        const auto hits = m_jsonPath->trySelect(*value.json, budget);
        return hits ? verdictOf(!hits->empty()) : MatchVerdict::Undecided;
    }
    case RuleOperator::XPath: {
        const XmlBody *body = context.request.xml();
        return body ? m_xPath->holds(*body, budget) : MatchVerdict::No;
    }
    case RuleOperator::Json: {
        const JsonComparison how{option(m_condition.options, "ignoreArrayOrder"),
                                 option(m_condition.options, "ignoreExtraFields")};
        return value.json ? equalsJson(*value.json, m_condition.value, how, budget)
                          : MatchVerdict::No;
    }
    case RuleOperator::OneOf:
        return decideOneOf(value, budget);
    default:
        return verdictOf(holdsForOne(value, context));
    }
}

MatchVerdict CompiledCondition::decideOneOf(const TargetValue &value, WorkBudget &budget) const
{
    for (const JsonValue &wanted : *m_condition.value.ifArray()) {
        const MatchVerdict one = equalsWithin(value, wanted, budget);
        if (one != MatchVerdict::No)
            return one;
    }
    return MatchVerdict::No;
}

MatchVerdict CompiledCondition::decideForList(const std::vector<TargetValue> &values,
                                              WorkBudget &budget) const
{
    const JsonArray &wanted = *m_condition.value.ifArray();
    if (m_condition.op == RuleOperator::HasExactly && wanted.size() != values.size())
        return MatchVerdict::No;
    for (const JsonValue &w : wanted) {
        MatchVerdict any = MatchVerdict::No;
        for (const TargetValue &v : values) {
            any = equalsWithin(v, w, budget);
            if (any != MatchVerdict::No)
                break;
        }
        if (any != MatchVerdict::Yes)
            return any;
    }
    return MatchVerdict::Yes;
}

bool CompiledCondition::holdsAsNumber(const TargetValue &value) const
{
    const auto actual = numberOf(value.text);
    const auto expected = numberIn(m_condition.value);
    if (!actual || !expected)
        return false;
    switch (m_condition.op) {
    case RuleOperator::Less:
        return *actual < *expected;
    case RuleOperator::LessOrEqual:
        return *actual <= *expected;
    case RuleOperator::Greater:
        return *actual > *expected;
    default:
        return *actual >= *expected;
    }
}

bool CompiledCondition::holdsAsMoment(std::string_view text, WallTime now) const
{
    const auto actual = momentOf(text, now);
    const auto expected = momentOf(m_text, now);
    if (!actual || !expected)
        return false;
    if (m_condition.op == RuleOperator::Before)
        return *actual < *expected;
    if (m_condition.op == RuleOperator::After)
        return *actual > *expected;
    return *actual == *expected;
}

bool CompiledCondition::holdsForOne(const TargetValue &value, const MatchContext &context) const
{
    const std::string &actual = value.text;
    switch (m_condition.op) {
    case RuleOperator::Equals:
        return equals(value, m_condition.value);
    case RuleOperator::EqualsIgnoreCase:
        return text::equalsIgnoreCase(actual, m_text);
    case RuleOperator::Contains:
        return containsText(actual, m_text);
    case RuleOperator::StartsWith:
        return actual.starts_with(m_text);
    case RuleOperator::EndsWith:
        return actual.ends_with(m_text);
    case RuleOperator::Empty:
        return isEmpty(value) == isTrue(m_condition.value);
    case RuleOperator::Less:
    case RuleOperator::LessOrEqual:
    case RuleOperator::Greater:
    case RuleOperator::GreaterOrEqual:
        return holdsAsNumber(value);
    case RuleOperator::Before:
    case RuleOperator::After:
    case RuleOperator::SameTime:
        return holdsAsMoment(actual, context.now);
    case RuleOperator::Binary:
        // A body may be meant as it was sent, or without its codings; its text is decoded already.
        if (value.isBody)
            return context.request.request().body == m_binary
                   || context.request.bytes().value() == m_binary;
        return actual == m_binary;
    case RuleOperator::Absent:
    case RuleOperator::OneOf:
    case RuleOperator::HasExactly:
    case RuleOperator::Includes:
    case RuleOperator::Json:
    case RuleOperator::JsonSchema:
    case RuleOperator::Xml:
    case RuleOperator::Matches:
    case RuleOperator::JsonPath:
    case RuleOperator::XPath:
        return false; // answered in decide and decideForOne
    }
    return false;
}

} // namespace understudy
