// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/parameter_checks.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/openapi/schema_check.h"
#include "core/formats/openapi/schema_formats.h"
#include "core/formats/openapi/schema_parts.h"
#include "core/formats/rule_parts.h"

#include <algorithm>
#include <array>
#include <set>

namespace understudy::formats::openapi {

namespace {

using Conditions = std::vector<Condition>;

Condition condition(RuleOperator op, JsonValue value) { return {op, std::move(value), {}, false}; }

void addBound(const SchemaParts &parts, std::string_view keyword, std::string_view exclusive,
              RuleOperator op, RuleOperator strict, Conditions &out)
{
    const Element flag = parts.first(exclusive);
    if (const Element bound = parts.first(keyword); bound.isNumber()) {
        const bool isStrict = flag.isScalar() && flag.node->text == "true";
        out.push_back(condition(isStrict ? strict : op, yaml::scalarToJson(*bound.node)));
    }
    if (flag.isNumber())
        out.push_back(condition(strict, yaml::scalarToJson(*flag.node)));
}

void addNumber(const SchemaParts &parts, bool isWhole, Conditions &out)
{
    out.push_back(condition(RuleOperator::Matches,
                            isWhole ? "^-?[0-9]+$" : R"(^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$)"));
    addBound(parts, "minimum", "exclusiveMinimum", RuleOperator::GreaterOrEqual,
             RuleOperator::Greater, out);
    addBound(parts, "maximum", "exclusiveMaximum", RuleOperator::LessOrEqual, RuleOperator::Less,
             out);
}

void addLength(Element schema, Conditions &out)
{
    constexpr std::size_t kLongestRepeat = 65535; // of PCRE2
    const std::size_t least = countOf(schema, "minLength").value_or(0);
    const std::optional<std::size_t> most = countOf(schema, "maxLength");
    const bool hasMost = most && *most <= kLongestRepeat;
    if (least > kLongestRepeat || (least == 0 && !hasMost) || (hasMost && *most < least))
        return;
    out.push_back(condition(RuleOperator::Matches, "^[\\s\\S]{" + std::to_string(least) + ","
                                                       + (hasMost ? std::to_string(*most) : "")
                                                       + "}$"));
}

void addText(Document &document, const SchemaParts &parts, Conditions &out)
{
    for (const SchemaParts::Part &part : parts.parts) {
        addLength(part.schema, out);
        const std::string pattern = part.schema.text("pattern");
        if (pattern.empty())
            continue;
        if (Regex::compile(pattern))
            out.push_back(condition(RuleOperator::Matches, pattern));
        else
            document.notServedOften("a pattern that cannot be read is not checked",
                                    part.schema.at("pattern"));
    }
    const Element format = parts.first("format");
    if (format.isScalar()) {
        const std::string_view regex = regexOfFormat(format.node->text);
        if (!regex.empty())
            out.push_back(condition(RuleOperator::Matches, std::string(regex)));
    }
}

/// The one type that is written there; empty where there are several, or none: what a value looks
/// like is not what it has to be.
std::string writtenType(const SchemaParts &parts)
{
    const Element type = parts.first("type");
    std::string only;
    for (std::size_t i = 0; type.isList() && i < type.size(); ++i) {
        const std::string name = type.entry(i).isScalar() ? type.entry(i).node->text : "";
        if (name == "null")
            continue;
        if (!only.empty())
            return {};
        only = name;
    }
    return type.isScalar() ? type.node->text : only;
}

bool addChoices(const SchemaParts &parts, Conditions &out)
{
    JsonArray choices;
    const Element values = parts.first("enum");
    for (std::size_t i = 0; values.isList() && i < values.size(); ++i) {
        if (values.entry(i).isScalar())
            choices.emplace_back(values.entry(i).node->text);
    }
    if (const Element only = parts.first("const"); only.isScalar())
        choices.emplace_back(only.node->text);
    if (choices.empty())
        return false;
    out.push_back(condition(RuleOperator::OneOf, std::move(choices)));
    return true;
}

/// The parameters by place and name: an operation's own over those of its path.
std::vector<Element> allParameters(Document &document, Element operation, Element pathItem)
{
    std::vector<Element> out;
    std::set<std::pair<std::string, std::string>> known;
    for (const Element holder : {operation, pathItem}) {
        const Element list = document.child(holder, "parameters");
        for (std::size_t i = 0; list.isList() && i < list.size(); ++i) {
            const Element parameter = document.resolve(list.entry(i));
            if (parameter.isMap()
                && known.emplace(parameter.text("in"), parameter.text("name")).second)
                out.push_back(parameter);
        }
    }
    return out;
}

/// Headers that a description of another place speaks of: parameters of these names are to be
/// ignored (OpenAPI 3.1, 4.8.12).
bool isIgnored(std::string_view header)
{
    return text::equalsIgnoreCase(header, "Accept")
           || text::equalsIgnoreCase(header, "Content-Type")
           || text::equalsIgnoreCase(header, "Authorization");
}

std::optional<RuleTarget> targetOf(Element parameter)
{
    using Kind = RuleTarget::Kind;
    struct PlaceRow
    {
        std::string_view in;
        Kind kind;
    };
    constexpr std::array kPlaces{PlaceRow{"path", Kind::PathParameter},
                                 PlaceRow{"query", Kind::Query}, PlaceRow{"header", Kind::Header},
                                 PlaceRow{"cookie", Kind::Cookie}};
    const std::string in = parameter.text("in");
    const std::string name = parameter.text("name");
    const auto row = std::find_if(kPlaces.begin(), kPlaces.end(),
                                  [&](const PlaceRow &one) { return one.in == in; });
    if (row == kPlaces.end() || name.empty() || (row->kind == Kind::Header && isIgnored(name)))
        return std::nullopt;
    return RuleTarget{row->kind, name, {}};
}

} // namespace

bool isObject(Document &document, Element schema)
{
    if (partsOf(document, schema).type() != "object")
        return false;
    document.notServedOften("parameters and fields that are objects are not checked", schema);
    return true;
}

std::vector<Condition> textConditions(Document &document, Element schema)
{
    Conditions out;
    const SchemaParts parts = partsOf(document, schema);
    for (const std::string_view keyword : {"oneOf", "anyOf", "not", "multipleOf"}) {
        if (const Element at = parts.first(keyword))
            document.notServedOften(
                "of parameters and fields oneOf, anyOf, not and multipleOf are not checked", at);
    }
    const std::string type = writtenType(parts);
    if (type == "array")
        document.notServedOften("of parameters and fields that are lists only the presence is "
                                "checked",
                                schema);
    if (type == "array" || type == "object" || type == "null" || addChoices(parts, out))
        return out;
    if (type == "integer" || type == "number")
        addNumber(parts, type == "integer", out);
    else if (type == "boolean")
        out.push_back(condition(RuleOperator::OneOf, JsonArray{"true", "false"}));
    else if (type == "string")
        addText(document, parts, out);
    return out;
}

std::optional<Rule> valueRule(RuleTarget target, bool required, std::vector<Condition> conditions)
{
    if (required)
        conditions.insert(conditions.begin(), condition(RuleOperator::Absent, false));
    if (conditions.empty())
        return std::nullopt;
    Rule rule{RuleLeaf{target, std::move(conditions)}};
    if (required)
        return rule;
    std::vector<Rule> either;
    either.push_back(leaf(std::move(target), RuleOperator::Absent, true));
    either.push_back(std::move(rule));
    return anyOf(std::move(either));
}

std::vector<Rule> parameterRules(Document &document, Element operation, Element pathItem)
{
    std::vector<Rule> out;
    for (const Element &parameter : allParameters(document, operation, pathItem)) {
        std::optional<RuleTarget> target = targetOf(parameter);
        if (!target)
            continue;
        const Element schema
            = document.isSwagger() ? parameter : document.child(parameter, "schema");
        if (!schema && parameter.at("content")) {
            document.notServedOften("a parameter with a media type is not checked", parameter);
            continue;
        }
        if (isObject(document, schema))
            continue;
        const std::string style = parameter.text("style");
        if (style == "label" || style == "matrix") {
            document.notServedOften("a parameter of style label or matrix is not checked",
                                    parameter);
            continue;
        }
        std::vector<Condition> conditions = textConditions(document, schema);
        const bool isPath = target->kind == RuleTarget::Kind::PathParameter;
        if (parameter.isTrue("allowEmptyValue"))
            conditions.clear();
        if (auto rule = valueRule(*std::move(target), !isPath && parameter.isTrue("required"),
                                  std::move(conditions)))
            out.push_back(*std::move(rule));
    }
    return out;
}

std::vector<Element> parametersIn(Document &document, Element operation, Element pathItem,
                                  std::string_view in)
{
    std::vector<Element> out = allParameters(document, operation, pathItem);
    std::erase_if(out, [&](const Element &parameter) { return parameter.text("in") != in; });
    return out;
}

} // namespace understudy::formats::openapi
