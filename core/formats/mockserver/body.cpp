// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockserver/body.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/mockserver/named.h"
#include "core/formats/mockserver/nottable.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mockserver {

using recorded::fieldOf;
using recorded::textOf;
using yaml::Node;
using Kind = RuleTarget::Kind;

namespace {

const RuleTarget kBody{Kind::Body, {}, {}};

/// A body to compare with: its value and the options beside it.
struct AskedBody
{
    const Node &value;
    const Node &body;
    Translation &scope;

    std::string text() const { return textOf(&value).value_or(std::string()); }
};

using MaybeRule = std::optional<Rule>;

MaybeRule stringBody(const AskedBody &asked)
{
    const bool isPart = recorded::isTrue(&asked.body, "subString");
    return leaf(kBody, isPart ? RuleOperator::Contains : RuleOperator::Equals, asked.text());
}

MaybeRule regexBody(const AskedBody &asked)
{
    Nottable text;
    text.value = asked.text();
    text.at = asked.value.start;
    if (text.isBlank())
        return std::nullopt;
    return valueRule(kBody, text, asked.scope);
}

MaybeRule jsonRule(const AskedBody &asked)
{
    auto expected = asked.scope.json(asked.value, "its body");
    if (!expected)
        return never();
    JsonObject options;
    if (textOf(&asked.body, "matchType") != "STRICT" || &asked.body == &asked.value) {
        for (const std::string_view option :
             {"ignoreArrayOrder", "ignoreExtraFields", "ignoreExtraItems"})
            options.set(option, true);
    }
    if (writeJson(*expected).find("{json-unit.") != std::string::npos)
        options.set("placeholders", true);
    return leaf(kBody, RuleOperator::Json, *std::move(expected), std::move(options));
}

MaybeRule jsonSchemaBody(const AskedBody &asked)
{
    auto schema = asked.scope.json(asked.value, "its JSON schema");
    return schema ? leaf(kBody, RuleOperator::JsonSchema, *std::move(schema)) : never();
}

MaybeRule jsonPathBody(const AskedBody &asked)
{
    return leaf(kBody, RuleOperator::JsonPath, asked.text());
}

MaybeRule xmlBody(const AskedBody &asked)
{
    if (asked.text().find("${xmlunit.") != std::string::npos)
        asked.scope.notServed("placeholders of XMLUnit are not used: documents are compared whole",
                              asked.value.start);
    return leaf(kBody, RuleOperator::Xml, asked.text());
}

MaybeRule xpathBody(const AskedBody &asked)
{
    JsonObject options;
    const Node *namespaces = recorded::mapOf(&asked.body, "namespacePrefixes");
    if (namespaces && !namespaces->items.empty())
        options.set("namespaces", yaml::toJson(*namespaces));
    return leaf(kBody, RuleOperator::XPath, asked.text(), std::move(options));
}

MaybeRule parametersBody(const AskedBody &asked)
{
    std::vector<Rule> rules;
    namedRules(Kind::Form, asked.value, rules, asked.scope);
    if (rules.empty())
        return std::nullopt;
    return allOf(std::move(rules));
}

MaybeRule binaryBody(const AskedBody &asked)
{
    if (text::decodeBase64(asked.text()))
        return leaf(kBody, RuleOperator::Binary, asked.text());
    asked.scope.switchOff("the bytes of its body are no base64", asked.value.start);
    return never();
}

MaybeRule xmlSchemaBody(const AskedBody &asked)
{
    asked.scope.notServed("an XML schema is not checked: any XML will do", asked.value.start);
    return leaf(kBody, RuleOperator::XPath, "/*");
}

struct BodyRow
{
    std::string_view type;
    std::string_view key;
    MaybeRule (*translate)(const AskedBody &asked);
};

constexpr std::array kBodies{
    BodyRow{"STRING", "string", stringBody},
    BodyRow{"REGEX", "regex", regexBody},
    BodyRow{"JSON", "json", jsonRule},
    BodyRow{"JSON_SCHEMA", "jsonSchema", jsonSchemaBody},
    BodyRow{"JSON_PATH", "jsonPath", jsonPathBody},
    BodyRow{"XML", "xml", xmlBody},
    BodyRow{"XML_SCHEMA", "xmlSchema", xmlSchemaBody},
    BodyRow{"XPATH", "xpath", xpathBody},
    BodyRow{"PARAMETERS", "parameters", parametersBody},
    BodyRow{"BINARY", "base64Bytes", binaryBody},
};

const BodyRow *rowOf(std::string_view type)
{
    const auto *const found = std::find_if(kBodies.begin(), kBodies.end(),
                                           [&](const BodyRow &row) { return row.type == type; });
    return found == kBodies.end() ? nullptr : found;
}

} // namespace

TypedBody typedBody(const Node &body)
{
    if (body.isScalar())
        return {"STRING", &body};
    if (body.isList())
        return {"JSON", &body};
    TypedBody out;
    out.type = textOf(&body, "type");
    // The key says it as well as the type, in any case of letters.
    for (const BodyRow &row : kBodies) {
        for (std::size_t i = 0; i < body.keys.size(); ++i) {
            if (!text::equalsIgnoreCase(body.keys[i].text, row.key)
                || (row.key == "parameters" && out.type != "PARAMETERS"))
                continue;
            if (rowOf(out.type) != &row && !out.type.empty() && rowOf(out.type)
                && fieldOf(&body, rowOf(out.type)->key))
                continue;
            return {std::string(row.type), &body.items[i]};
        }
    }
    if (rowOf(out.type) || out.type == "FILE")
        return out;
    return {"JSON", &body};
}

std::optional<Rule> translateBody(const Node &body, Translation &scope)
{
    if (body.isMap() && body.items.empty())
        return std::nullopt;
    const TypedBody typed = typedBody(body);
    const BodyRow *row = rowOf(typed.type);
    if (!row || !typed.value) {
        scope.switchOff("a body of the type " + text::inQuotes(recorded::oneLine(typed.type))
                            + " is not compared",
                        body.start);
        return std::nullopt;
    }
    MaybeRule rule = row->translate({*typed.value, body, scope});
    if (typed.value == &body) // without a type it has no options
        return rule;
    if (recorded::isTrue(&body, "not"))
        rule = rule ? noneOf({*std::move(rule)}) : never();
    if (rule && recorded::isTrue(&body, "optional"))
        rule = anyOf({leaf(kBody, RuleOperator::Absent, true),
                      leaf(kBody, RuleOperator::Empty, true), *std::move(rule)});
    return rule;
}

} // namespace understudy::formats::mockserver
