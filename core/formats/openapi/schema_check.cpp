// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/schema_check.h"

#include "core/base/decimal.h"
#include "core/base/json_pointer.h"
#include "core/base/text.h"
#include "core/formats/openapi/schema_formats.h"

#include <algorithm>
#include <charconv>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kStepsOfQuestion = 250'000;
constexpr std::size_t kStepsOfImport = 2'500'000;
constexpr std::size_t kStepsBeyond = 1'000;
constexpr std::uint64_t kWorkOfPattern = 5'000'000;
constexpr int kDeepestCheck = 200;
constexpr std::size_t kMostComparedItems = 300;

std::optional<Misfit> wrong(std::string reason) { return Misfit{{}, std::move(reason)}; }

std::optional<Misfit> inside(std::optional<Misfit> misfit, const std::string &step)
{
    if (misfit)
        misfit->path = "/" + step + misfit->path;
    return misfit;
}

std::optional<Decimal> decimalAt(Element schema, std::string_view keyword)
{
    const Element value = schema.at(keyword);
    return value.isScalar() ? Decimal::parse(value.node->text) : std::nullopt;
}

bool isOfType(const std::string &type, const JsonValue &value)
{
    using Kind = JsonValue::Kind;
    switch (value.kind()) {
    case Kind::Null:
        return type == "null";
    case Kind::Bool:
        return type == "boolean";
    case Kind::String:
        return type == "string" || type == "file";
    case Kind::Array:
        return type == "array";
    case Kind::Object:
        return type == "object";
    case Kind::Number:
        break;
    }
    if (type == "number")
        return true;
    const auto decimal = Decimal::parse(value.ifNumber()->text);
    return type == "integer" && decimal && (decimal->isZero() || decimal->isWhole());
}

std::size_t lengthOf(const std::string &text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

/// Whether one of the values written in a schema is this one. A text may stand there without the
/// quotes that it needs in YAML.
bool isWritten(const yaml::Node &node, const JsonValue &value)
{
    const std::string *text = value.ifString();
    return (text && node.isScalar() && node.text == *text)
           || meansTheSame(yaml::toJson(node), value);
}

} // namespace

std::optional<std::size_t> countOf(Element schema, std::string_view keyword)
{
    const std::string text = schema.text(keyword);
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc())
        return std::nullopt;
    return value;
}

bool meansTheSame(const JsonValue &a, const JsonValue &b)
{
    if (a.kind() != b.kind())
        return false;
    if (const JsonNumber *number = a.ifNumber())
        return Decimal::parse(number->text) == Decimal::parse(b.ifNumber()->text);
    if (const JsonArray *array = a.ifArray())
        return std::equal(array->begin(), array->end(), b.ifArray()->begin(), b.ifArray()->end(),
                          meansTheSame);
    const JsonObject *object = a.ifObject();
    if (!object)
        return a == b;
    return object->size() == b.ifObject()->size()
           && std::all_of(object->begin(), object->end(), [&](const JsonMember &m) {
                  const JsonValue *other = b.ifObject()->find(m.name);
                  return other && meansTheSame(m.value, *other);
              });
}

std::optional<Misfit> SchemaCheck::misfit(Element schema, const JsonValue &value)
{
    m_mostSteps = m_allSteps < kStepsOfImport ? kStepsOfQuestion : kStepsBeyond;
    m_steps = 0;
    m_depth = 0;
    Answer answer = check(schema, value);
    m_allSteps += m_steps;
    return answer;
}

bool SchemaCheck::fitsPattern(const std::string &pattern, const std::string &text)
{
    auto known = m_regexes.find(pattern);
    if (known == m_regexes.end()) {
        Result<Regex> regex
            = Regex::compile(pattern, Regex::Anchoring::Search, false, Regex::Flavour::IRegexp);
        known = m_regexes.emplace(pattern, regex ? std::optional(*std::move(regex)) : std::nullopt)
                    .first;
    }
    if (!known->second)
        return true;
    WorkShare share(m_regexWork, kWorkOfPattern);
    return known->second->match(text, share.budget()) != MatchVerdict::No;
}

std::optional<Misfit> SchemaCheck::check(Element schema, const JsonValue &value)
{
    if (++m_steps > m_mostSteps || m_depth > kDeepestCheck)
        return std::nullopt;
    ++m_depth;
    Answer answer;
    for (int hops = 0; !answer && schema.at("$ref").isScalar() && hops < kDeepestCheck; ++hops) {
        if (m_document.keepsSiblings() && schema.size() > 1)
            answer = keywords(schema, value);
        schema = m_document.target(schema.at("$ref").node->text, schema.at("$ref"));
    }
    if (!answer && schema.isScalar() && schema.node->text == "false")
        answer = wrong("may not be there");
    if (!answer && schema.isMap())
        answer = keywords(schema, value);
    --m_depth;
    return answer;
}

std::optional<Misfit> SchemaCheck::keywords(Element schema, const JsonValue &value)
{
    if (Answer answer = choices(schema, value))
        return answer;
    if (!(value.isNull() && schema.isTrue("nullable"))) {
        if (Answer answer = type(schema, value))
            return answer;
    }
    Answer answer;
    if (const std::string *string = value.ifString())
        answer = text(schema, *string);
    else if (const JsonNumber *decimal = value.ifNumber())
        answer = number(schema, *decimal);
    else if (const JsonArray *items = value.ifArray())
        answer = array(schema, *items);
    else if (const JsonObject *members = value.ifObject())
        answer = object(schema, *members);
    return answer ? answer : combined(schema, value);
}

std::optional<Misfit> SchemaCheck::type(Element schema, const JsonValue &value) const
{
    const Element type = schema.at("type");
    if (type.isScalar() && !isOfType(type.node->text, value))
        return wrong("is no " + type.node->text);
    if (!type.isList() || type.size() == 0)
        return std::nullopt;
    std::string names;
    for (const yaml::Node &name : type.node->items) {
        if (isOfType(name.text, value))
            return std::nullopt;
        names += (names.empty() ? "" : " or ") + name.text;
    }
    return wrong("is no " + names);
}

std::optional<Misfit> SchemaCheck::choices(Element schema, const JsonValue &value)
{
    const Element all = schema.at("enum");
    m_steps += all.isList() ? all.size() : 0;
    if (all.isList() && all.size() > 0
        && std::none_of(all.node->items.begin(), all.node->items.end(),
                        [&](const yaml::Node &node) { return isWritten(node, value); }))
        return wrong("is none of the values of 'enum'");
    const Element only = schema.at("const");
    if (only && !isWritten(*only.node, value))
        return wrong("is not the value of 'const'");
    return std::nullopt;
}

std::optional<Misfit> SchemaCheck::text(Element schema, const std::string &value)
{
    const std::optional<std::size_t> least = countOf(schema, "minLength");
    const std::optional<std::size_t> most = countOf(schema, "maxLength");
    if (least && lengthOf(value) < *least)
        return wrong("is shorter than " + std::to_string(*least));
    if (most && lengthOf(value) > *most)
        return wrong("is longer than " + std::to_string(*most));
    const std::string pattern = schema.text("pattern");
    if (!pattern.empty() && !fitsPattern(pattern, value))
        return wrong("does not match " + text::shortened(pattern, 100));
    const std::string format = schema.text("format");
    if (const std::string_view regex = regexOfFormat(format);
        !regex.empty() && !fitsPattern(std::string(regex), value))
        return wrong("is no " + format);
    return std::nullopt;
}

std::optional<Misfit> SchemaCheck::number(Element schema, const JsonNumber &value) const
{
    const auto decimal = Decimal::parse(value.text);
    if (!decimal)
        return std::nullopt;
    if (const auto least = decimalAt(schema, "minimum"))
        if (*decimal < *least || (*decimal == *least && schema.isTrue("exclusiveMinimum")))
            return wrong("is less than " + least->text());
    if (const auto most = decimalAt(schema, "maximum"))
        if (*decimal > *most || (*decimal == *most && schema.isTrue("exclusiveMaximum")))
            return wrong("is more than " + most->text());
    if (const auto below = decimalAt(schema, "exclusiveMinimum"); below && *decimal <= *below)
        return wrong("is not more than " + below->text());
    if (const auto above = decimalAt(schema, "exclusiveMaximum"); above && *decimal >= *above)
        return wrong("is not less than " + above->text());
    if (const auto step = decimalAt(schema, "multipleOf");
        step && !step->isZero() && !decimal->isMultipleOf(*step))
        return wrong("is no multiple of " + step->text());
    const std::string format = schema.text("format");
    const bool isSmall = format == "int32";
    if (isSmall || format == "int64") {
        const Decimal most = *Decimal::parse(isSmall ? "2147483647" : "9223372036854775807");
        const Decimal least = *Decimal::parse(isSmall ? "-2147483648" : "-9223372036854775808");
        if (*decimal > most || *decimal < least)
            return wrong("is no " + format);
    }
    return std::nullopt;
}

std::optional<Misfit> SchemaCheck::array(Element schema, const JsonArray &value)
{
    const std::optional<std::size_t> least = countOf(schema, "minItems");
    const std::optional<std::size_t> most = countOf(schema, "maxItems");
    if (least && value.size() < *least)
        return wrong("has fewer items than " + std::to_string(*least));
    if (most && value.size() > *most)
        return wrong("has more items than " + std::to_string(*most));
    if (schema.isTrue("uniqueItems") && value.size() <= kMostComparedItems) {
        for (std::size_t i = 0; i < value.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (meansTheSame(value[i], value[j]))
                    return inside(wrong("stands there twice"), std::to_string(i));
        m_steps += value.size() * value.size();
    }
    const Element items = schema.at("items");
    const Element tuple = items.isList() ? items : schema.at("prefixItems");
    const std::size_t fixed = tuple.isList() ? tuple.size() : 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const Element own = i < fixed        ? tuple.entry(i)
                            : items.isList() ? schema.at("additionalItems")
                                             : items;
        if (Answer answer = check(own, value[i]))
            return inside(std::move(answer), std::to_string(i));
    }
    return std::nullopt;
}

std::optional<Misfit> SchemaCheck::object(Element schema, const JsonObject &value)
{
    const Element required = schema.at("required");
    const Element properties = schema.at("properties");
    for (std::size_t i = 0; required.isList() && i < required.size(); ++i) {
        const std::string &name = required.entry(i).node->text;
        if (!value.contains(name) && !m_document.child(properties, name).isTrue("writeOnly"))
            return wrong("lacks " + text::inQuotes(name));
    }
    const std::optional<std::size_t> least = countOf(schema, "minProperties");
    const std::optional<std::size_t> most = countOf(schema, "maxProperties");
    if (least && value.size() < *least)
        return wrong("has fewer members than " + std::to_string(*least));
    if (most && value.size() > *most)
        return wrong("has more members than " + std::to_string(*most));
    if (!properties && !schema.at("additionalProperties") && !schema.at("patternProperties"))
        return std::nullopt;
    for (const JsonMember &entry : value) {
        if (Answer answer = member(schema, entry))
            return inside(std::move(answer), json_pointer::escaped(entry.name));
    }
    return std::nullopt;
}

std::optional<Misfit> SchemaCheck::member(Element schema, const JsonMember &member)
{
    bool isKnown = false;
    if (const Element own = schema.at("properties").at(member.name)) {
        isKnown = true;
        if (Answer answer = check(own, member.value))
            return answer;
    }
    const Element patterns = schema.at("patternProperties");
    for (std::size_t i = 0; patterns.isMap() && i < patterns.size(); ++i) {
        if (!fitsPattern(patterns.key(i), member.name))
            continue;
        isKnown = true;
        if (Answer answer = check(patterns.entry(i), member.value))
            return answer;
    }
    if (isKnown)
        return std::nullopt;
    const Element others = schema.at("additionalProperties");
    if (others.isScalar() && others.node->text == "false")
        return wrong("is no property");
    return check(others, member.value);
}

std::size_t SchemaCheck::branchesThatFit(Element branches, const JsonValue &value)
{
    std::size_t fitting = 0;
    for (std::size_t i = 0; i < branches.size(); ++i)
        fitting += check(branches.entry(i), value) ? 0U : 1U;
    return fitting;
}

std::optional<Misfit> SchemaCheck::combined(Element schema, const JsonValue &value)
{
    const Element all = schema.at("allOf");
    for (std::size_t i = 0; all.isList() && i < all.size(); ++i) {
        if (Answer answer = check(all.entry(i), value))
            return answer;
    }
    const Element any = schema.at("anyOf");
    if (any.isList() && any.size() > 0 && branchesThatFit(any, value) == 0)
        return wrong("fits no branch of 'anyOf'");
    const Element one = schema.at("oneOf");
    if (one.isList() && one.size() > 0) {
        const std::size_t fitting = branchesThatFit(one, value);
        if (fitting != 1 && m_steps <= m_mostSteps)
            return wrong(fitting == 0 ? "fits no branch of 'oneOf'"
                                      : "fits several branches of 'oneOf'");
    }
    const Element none = schema.at("not");
    if (none && !check(none, value) && m_steps <= m_mostSteps)
        return wrong("fits the schema under 'not'");
    return std::nullopt;
}

} // namespace understudy::formats::openapi
