// SPDX-License-Identifier: Apache-2.0
// What schemas ask of each kind of value.
#include "core/match/comparison.h"
#include "core/match/schema/validator.h"

#include <algorithm>
#include <utility>

namespace understudy::json_schema {

namespace {

std::size_t lengthOf(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

/// The same text for values that are equal, and for no others.
void appendCanonical(std::string &out, const JsonValue &value)
{
    if (const JsonNumber *number = value.ifNumber()) {
        const auto decimal = Decimal::parse(number->text);
        out += decimal ? decimal->text() : number->text;
    } else if (const JsonArray *items = value.ifArray()) {
        out += '[';
        for (const JsonValue &item : *items) {
            appendCanonical(out, item);
            out += ',';
        }
        out += ']';
    } else if (const JsonObject *object = value.ifObject()) {
        std::vector<const JsonMember *> members;
        for (const JsonMember &member : *object)
            members.push_back(&member);
        std::sort(members.begin(), members.end(),
                  [](const JsonMember *a, const JsonMember *b) { return a->name < b->name; });
        out += '{';
        for (const JsonMember *member : members) {
            appendCanonical(out, member->name);
            out += ':';
            appendCanonical(out, member->value);
            out += ',';
        }
        out += '}';
    } else if (const std::string *text = value.ifString()) {
        out += '"' + std::to_string(text->size()) + ':' + *text;
    } else {
        out += textOf(value);
    }
}

std::string plural(std::uint64_t count, std::string_view what)
{
    return std::to_string(count) + ' ' + std::string(what) + (count == 1 ? "" : "s");
}

} // namespace

MatchVerdict Validator::checkNumber(const Node &node, const Subject &subject,
                                    const JsonNumber &number)
{
    if (node.format && node.format->isOfNumbers && !node.format->accepts(number.text))
        return fail(subject.place, {"format ", node.format->name, ", got ", number.text});
    const bool asks = node.minimum || node.maximum || node.exclusiveMinimum || node.exclusiveMaximum
                      || node.multipleOf;
    const auto value = asks ? Decimal::parse(number.text) : std::nullopt;
    if (!value)
        return Yes;
    // A long number is read for each node that asks, and divided digit by digit.
    if (!m_budget.spend(number.text.size() * (node.multipleOf ? 8 : 1)))
        return Undecided;
    const auto refused = [&](std::string_view keyword, const Decimal &bound) {
        return fail(subject.place, {keyword, " ", bound.text(), ", got ", number.text});
    };
    if (node.minimum && *value < *node.minimum)
        return refused("minimum", *node.minimum);
    if (node.maximum && *value > *node.maximum)
        return refused("maximum", *node.maximum);
    if (node.exclusiveMinimum && *value <= *node.exclusiveMinimum)
        return refused("more than", *node.exclusiveMinimum);
    if (node.exclusiveMaximum && *value >= *node.exclusiveMaximum)
        return refused("less than", *node.exclusiveMaximum);
    if (node.multipleOf && !value->isMultipleOf(*node.multipleOf))
        return refused("a multiple of", *node.multipleOf);
    return Yes;
}

MatchVerdict Validator::checkText(const Node &node, const Subject &subject, const std::string &text)
{
    if (node.length.least || node.length.most) {
        const std::uint64_t length = lengthOf(text);
        if (!m_budget.spend(text.size()))
            return Undecided;
        if (node.length.least && length < *node.length.least)
            return fail(subject.place, {"at least ", plural(*node.length.least, "character"),
                                        ", got ", std::to_string(length)});
        if (node.length.most && length > *node.length.most)
            return fail(subject.place, {"at most ", plural(*node.length.most, "character"),
                                        ", got ", std::to_string(length)});
    }
    if (node.pattern) {
        const MatchVerdict found = node.pattern->match(text, m_budget);
        if (found != Yes)
            return found == No ? fail(subject.place, {"pattern ", node.pattern->pattern(), ", got ",
                                                      shown(subject.value)})
                               : found;
    }
    if (node.format && !node.format->isOfNumbers) {
        if (!m_budget.spend(text.size() * 50 + node.format->work))
            return Undecided;
        if (!node.format->accepts(text))
            return fail(subject.place,
                        {"format ", node.format->name, ", got ", shown(subject.value)});
    }
    return Yes;
}

MatchVerdict Validator::checkItems(const Node &node, const Subject &subject, const JsonArray &items)
{
    if (node.items.least && items.size() < *node.items.least)
        return fail(subject.place, {"at least ", plural(*node.items.least, "item"), ", got ",
                                    std::to_string(items.size())});
    if (node.items.most && items.size() > *node.items.most)
        return fail(subject.place, {"at most ", plural(*node.items.most, "item"), ", got ",
                                    std::to_string(items.size())});
    for (std::size_t i = 0; i < items.size(); ++i) {
        const NodeId id = i < node.firstItems.size() ? node.firstItems[i] : node.otherItems;
        if (id == kNone)
            break;
        const Place place{&subject.place, {}, i, true};
        if (const MatchVerdict fits = part(id, items[i], place); fits != Yes)
            return fits;
        if (subject.evaluated)
            (*subject.evaluated)[i] = true;
    }
    if (node.isUnique) {
        if (const MatchVerdict unique = checkUnique(subject, items); unique != Yes)
            return unique;
    }
    return node.contains == kNone ? Yes : checkContained(node, subject, items);
}

MatchVerdict Validator::checkContained(const Node &node, const Subject &subject,
                                       const JsonArray &items)
{
    SchemaFault *fault = std::exchange(m_fault, nullptr);
    std::uint64_t count = 0;
    MatchVerdict verdict = Yes;
    for (std::size_t i = 0; i < items.size() && verdict != Undecided; ++i) {
        verdict = part(node.contains, items[i], subject.place);
        count += verdict == Yes ? 1 : 0;
        // Of 2020-12 (section 11.2): what is contained has been looked at.
        if (verdict == Yes && subject.evaluated)
            (*subject.evaluated)[i] = true;
    }
    m_fault = fault;
    if (verdict == Undecided)
        return verdict;
    const std::uint64_t least = node.contained.least.value_or(1);
    if (count < least)
        return fail(subject.place, {"at least ", plural(least, "item"), " that 'contains' asks for",
                                    ", got ", std::to_string(count)});
    if (node.contained.most && count > *node.contained.most)
        return fail(subject.place, {"at most ", plural(*node.contained.most, "item"),
                                    " that 'contains' asks for, got ", std::to_string(count)});
    return Yes;
}

MatchVerdict Validator::checkUnique(const Subject &subject, const JsonArray &items)
{
    std::vector<std::string> texts;
    texts.reserve(items.size());
    for (const JsonValue &item : items) {
        appendCanonical(texts.emplace_back(), item);
        if (!m_budget.spend(100 + texts.back().size() * 4))
            return Undecided;
    }
    std::sort(texts.begin(), texts.end());
    if (std::adjacent_find(texts.begin(), texts.end()) != texts.end())
        return fail(subject.place, {"items that are all different, got two that are equal"});
    return Yes;
}

MatchVerdict Validator::checkMembers(const Node &node, const Subject &subject,
                                     const JsonObject &members)
{
    if (node.members.least && members.size() < *node.members.least)
        return fail(subject.place, {"at least ", plural(*node.members.least, "member"), ", got ",
                                    std::to_string(members.size())});
    if (node.members.most && members.size() > *node.members.most)
        return fail(subject.place, {"at most ", plural(*node.members.most, "member"), ", got ",
                                    std::to_string(members.size())});
    if (!m_budget.spend((node.required.size() + node.dependentRequired.size()) * kNodeWork))
        return Undecided;
    for (const std::string &name : node.required) {
        if (!members.contains(name))
            return fail(subject.place, {"'", name, "' is required"});
    }
    const bool asks = !node.properties.empty() || !node.patternProperties.empty()
                      || node.otherProperties != kNone || node.names != kNone;
    std::size_t index = 0;
    for (const JsonMember &member : members) {
        const MatchVerdict fits = asks ? checkMember(node, subject, member, index++) : Yes;
        if (fits != Yes)
            return fits;
    }
    return checkDependencies(node, subject, members);
}

MatchVerdict Validator::checkMember(const Node &node, const Subject &subject,
                                    const JsonMember &member, std::size_t index)
{
    const Place place{&subject.place, member.name, 0, false};
    if (node.names != kNone) {
        if (const MatchVerdict fits = part(node.names, member.name, place); fits != Yes)
            return fits;
    }
    bool isKnown = false;
    if (const auto found = node.properties.find(member.name); found != node.properties.end()) {
        isKnown = true;
        if (const MatchVerdict fits = part(found->second, member.value, place); fits != Yes)
            return fits;
    }
    for (const auto &[pattern, id] : node.patternProperties) {
        const MatchVerdict matches = pattern.match(member.name, m_budget);
        const MatchVerdict fits = matches == Yes ? part(id, member.value, place) : Yes;
        if (matches == Undecided || fits != Yes)
            return matches == Undecided ? matches : fits;
        isKnown = isKnown || matches == Yes;
    }
    if (!isKnown && node.otherProperties != kNone) {
        isKnown = true;
        const Node &other = m_schema.nodes[node.otherProperties];
        if (other.always == false)
            return fail(place, {"a member that the schema does not allow"});
        if (const MatchVerdict fits = part(node.otherProperties, member.value, place); fits != Yes)
            return fits;
    }
    if (isKnown && subject.evaluated)
        (*subject.evaluated)[index] = true;
    return Yes;
}

MatchVerdict Validator::checkDependencies(const Node &node, const Subject &subject,
                                          const JsonObject &members)
{
    for (const auto &[name, needed] : node.dependentRequired) {
        if (!members.contains(name))
            continue;
        for (const std::string &other : needed) {
            if (!members.contains(other))
                return fail(subject.place, {"'", other, "' is required beside '", name, "'"});
        }
    }
    for (const auto &[name, id] : node.dependentSchemas) {
        const MatchVerdict fits = members.contains(name) ? check(id, subject) : Yes;
        if (fits != Yes)
            return fits;
    }
    return Yes;
}

} // namespace understudy::json_schema
