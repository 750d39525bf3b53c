// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/export_request.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/openapi/export_responses.h"
#include "core/formats/openapi/export_schema.h"
#include "core/http/header_list.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace understudy::formats::openapi {

namespace {

/// Those that the document describes in other ways, or says nothing of (OpenAPI 3.1, Parameter
/// Object: Accept, Content-Type and Authorization are no parameters). `Prefer` is how the answers
/// of a document are asked for.
constexpr std::array<std::string_view, 3> kImpliedHeaders{"Accept", "Content-Type", "Prefer"};

struct PlaceOfTarget
{
    RuleTarget::Kind kind;
    std::string_view in;
};
constexpr std::array kPlacesOfTargets{
    PlaceOfTarget{RuleTarget::Kind::PathParameter, "path"},
    PlaceOfTarget{RuleTarget::Kind::Query, "query"},
    PlaceOfTarget{RuleTarget::Kind::Header, "header"},
    PlaceOfTarget{RuleTarget::Kind::Cookie, "cookie"},
    PlaceOfTarget{RuleTarget::Kind::Form, "form"},
    PlaceOfTarget{RuleTarget::Kind::Part, "part"},
};

std::optional<std::string> scalarOf(const JsonValue &value)
{
    if (const std::string *text = value.ifString())
        return *text;
    if (value.isNumber() || value.isBool())
        return writeJson(value);
    return std::nullopt;
}

/// The kind of a target as the file writes it; the whole of a header.
std::string kindOfTarget(const RuleTarget &target)
{
    std::string whole = ruleTargetText(target);
    if (target.kind == RuleTarget::Kind::Header)
        return whole;
    const std::string kind = whole.substr(0, whole.find_first_of(".:"));
    if (target.kind == RuleTarget::Kind::BodyJsonPath)
        return kind + ":$…";
    return target.kind == RuleTarget::Kind::BodyXPath ? kind + ":/…" : kind;
}

/// The values that a condition names.
std::vector<JsonValue> namedValues(const Condition &condition)
{
    if (condition.negated)
        return {};
    const bool isOne
        = condition.op == RuleOperator::Equals || condition.op == RuleOperator::EqualsIgnoreCase;
    if (isOne && scalarOf(condition.value))
        return {condition.value};
    if (condition.op == RuleOperator::OneOf && condition.value.ifArray())
        return *condition.value.ifArray();
    return {};
}

template<class T>
void addNew(std::vector<T> &values, T value)
{
    if (std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(std::move(value));
}

/// `$.a.b` as its names; nothing for what says more.
std::optional<std::vector<std::string>> memberNames(std::string_view path)
{
    if (!path.starts_with("$."))
        return std::nullopt;
    std::vector<std::string> out;
    for (const std::string_view name : text::split(path.substr(2), '.')) {
        const bool isPlain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
        });
        if (!isPlain)
            return std::nullopt;
        out.emplace_back(name);
    }
    return out;
}

bool hasReference(const JsonValue &value)
{
    if (const JsonArray *array = value.ifArray())
        return std::any_of(array->begin(), array->end(), hasReference);
    const JsonObject *object = value.ifObject();
    return object && std::any_of(object->begin(), object->end(), [](const JsonMember &member) {
               return member.name == "$ref" || member.name == "$dynamicRef"
                      || hasReference(member.value);
           });
}

/// Puts a property with examples into a schema of objects.
void addMember(JsonObject &schema, const std::vector<std::string> &names, std::size_t at,
               const std::vector<JsonValue> &values)
{
    schema.set("type", "object");
    if (!schema.contains("properties"))
        schema.set("properties", JsonObject());
    JsonObject &properties = *schema.mutableFind("properties")->ifObject();
    if (!properties.contains(names[at]))
        properties.set(names[at], JsonObject());
    JsonObject &own = *properties.mutableFind(names[at])->ifObject();
    if (at + 1 < names.size())
        addMember(own, names, at + 1, values);
    else if (!values.empty())
        own.set("examples", JsonArray(values.begin(), values.end()));
}

JsonValue mediaOfTexts(std::string_view type, const std::vector<JsonValue> &values)
{
    std::vector<std::pair<std::string, const JsonValue *>> examples;
    examples.reserve(values.size());
    for (const JsonValue &value : values)
        examples.emplace_back("example " + std::to_string(examples.size() + 1), &value);
    return mediaJson(type, examples);
}

} // namespace

RequestParts::Asked &RequestParts::asked(const std::string &in, const std::string &name)
{
    const auto found = std::find_if(m_asked.begin(), m_asked.end(), [&](const Asked &known) {
        const bool isHeader = in == "header";
        return known.in == in
               && (isHeader ? text::equalsIgnoreCase(known.name, name) : known.name == name);
    });
    if (found != m_asked.end())
        return *found;
    m_asked.push_back({in, name, {}});
    return m_asked.back();
}

void RequestParts::add(const Rule &rule, const std::string &subject, const ExportScope &scope)
{
    if (const auto *leaf = std::get_if<RuleLeaf>(&rule.node))
        return addLeaf(*leaf, subject, scope);
    for (const Rule &each : std::get<RuleGroup>(rule.node).rules)
        add(each, subject, scope);
}

void RequestParts::addLeaf(const RuleLeaf &leaf, const std::string &subject,
                           const ExportScope &scope)
{
    const RuleTarget &target = leaf.target;
    if (target.kind == RuleTarget::Kind::Body) {
        for (const Condition &condition : leaf.conditions)
            addBody(condition, subject, scope);
        return;
    }
    if (target.kind == RuleTarget::Kind::BodyJsonPath)
        return addBodyPath(leaf, subject, scope);
    const auto isNamed
        = [&](std::string_view name) { return text::equalsIgnoreCase(target.name, name); };
    const bool isHeader = target.kind == RuleTarget::Kind::Header;
    if (isHeader && std::any_of(kImpliedHeaders.begin(), kImpliedHeaders.end(), isNamed))
        return;
    const auto place
        = std::find_if(kPlacesOfTargets.begin(), kPlacesOfTargets.end(),
                       [&](const PlaceOfTarget &own) { return own.kind == target.kind; });
    if (place == kPlacesOfTargets.end() || target.name.empty()
        || (isHeader && isNamed("Authorization"))) {
        scope.remarks.lost(subject, "rules on " + text::inQuotes(kindOfTarget(target))
                                        + " have no word in OpenAPI");
        return;
    }
    Asked &own = asked(std::string(place->in), target.name);
    for (const Condition &condition : leaf.conditions) {
        for (const JsonValue &value : namedValues(condition)) {
            if (auto text = scalarOf(value))
                addNew(own.values, *std::move(text));
        }
    }
}

void RequestParts::addBody(const Condition &condition, const std::string &subject,
                           const ExportScope &scope)
{
    const bool isSchema = condition.op == RuleOperator::JsonSchema && !condition.negated
                          && (condition.value.ifObject() || condition.value.isBool());
    if (isSchema && !hasReference(condition.value))
        return addNew(m_schemas, condition.value);
    if (condition.op == RuleOperator::Json && !condition.negated)
        return addNew(m_json, condition.value);
    if (condition.op == RuleOperator::Xml && !condition.negated && condition.value.ifString())
        return addNew(m_xml, condition.value);
    const std::vector<JsonValue> values = namedValues(condition);
    for (const JsonValue &value : values) {
        if (auto text = scalarOf(value))
            addNew(m_text, JsonValue(*std::move(text)));
    }
    if (isSchema)
        scope.remarks.lost(subject, "a schema of a body with '$ref' is left out");
    else if (values.empty())
        scope.remarks.lost(subject, "rules on 'body' other than for equal values and schemas have "
                                    "no word in OpenAPI");
}

void RequestParts::addBodyPath(const RuleLeaf &leaf, const std::string &subject,
                               const ExportScope &scope)
{
    auto names = memberNames(leaf.target.name);
    if (!names) {
        scope.remarks.lost(subject, "rules on " + text::inQuotes(kindOfTarget(leaf.target))
                                        + " have no word in OpenAPI");
        return;
    }
    auto own = std::find_if(m_members.begin(), m_members.end(),
                            [&](const auto &known) { return known.first == *names; });
    if (own == m_members.end())
        own = m_members.insert(own, {*std::move(names), {}});
    for (const Condition &condition : leaf.conditions) {
        for (const JsonValue &value : namedValues(condition))
            addNew(own->second, value);
    }
}

JsonValue RequestParts::parameters(const TemplatePath &path) const
{
    JsonArray out;
    const auto with
        = [](JsonObject parameter, JsonObject schema, const std::vector<std::string> &values) {
              parameter.set("schema", std::move(schema));
              if (values.size() == 1)
                  parameter.set("example", values.front());
              JsonObject examples;
              for (const std::string &value : values)
                  examples.set(value, JsonObject{{"value", value}});
              if (values.size() > 1)
                  parameter.set("examples", std::move(examples));
              return JsonValue(std::move(parameter));
          };
    for (const TemplateParameter &own : path.parameters) {
        JsonObject parameter{{"name", own.name}, {"in", "path"}, {"required", true}};
        if (!own.description.empty())
            parameter.set("description", own.description);
        JsonObject schema{{"type", "string"}};
        std::vector<std::string> values;
        for (const Asked &asked : m_asked) {
            if (asked.in == "path" && asked.name == own.name)
                values = asked.values;
        }
        if (!own.pattern.empty()) {
            schema.set("pattern", own.pattern);
            values.clear(); // they need not fit it
        }
        out.push_back(with(std::move(parameter), std::move(schema), values));
    }
    for (const Asked &asked : m_asked) {
        if (asked.in == "query" || asked.in == "header" || asked.in == "cookie")
            out.push_back(with({{"name", asked.name}, {"in", asked.in}, {"required", false}},
                               {{"type", "string"}}, asked.values));
    }
    return {std::move(out)};
}

JsonValue RequestParts::fieldsSchema(std::string_view in) const
{
    JsonObject properties;
    for (const Asked &asked : m_asked) {
        if (asked.in != in)
            continue;
        JsonObject own{{"type", "string"}};
        if (!asked.values.empty())
            own.set("examples", JsonArray(asked.values.begin(), asked.values.end()));
        properties.set(asked.name, std::move(own));
    }
    if (properties.empty())
        return {};
    return {JsonObject{{"schema", JsonObject{{"type", "object"}, {"properties", properties}}}}};
}

std::optional<JsonValue> RequestParts::body() const
{
    JsonArray schemas(m_schemas.begin(), m_schemas.end());
    JsonObject members;
    for (const auto &[names, values] : m_members)
        addMember(members, names, 0, values);
    if (!members.empty())
        schemas.emplace_back(members);
    JsonObject content;
    if (!m_json.empty() || !schemas.empty()) {
        JsonValue media = mediaOfTexts("application/json", m_json);
        if (!m_json.empty())
            schemas.push_back(*media.ifObject()->find("schema"));
        media.ifObject()->set("schema", schemas.size() == 1
                                            ? schemas.front()
                                            : JsonValue(JsonObject{{"anyOf", schemas}}));
        content.set("application/json", std::move(media));
    }
    if (JsonValue form = fieldsSchema("form"); form.isObject())
        content.set("application/x-www-form-urlencoded", std::move(form));
    if (JsonValue parts = fieldsSchema("part"); parts.isObject())
        content.set("multipart/form-data", std::move(parts));
    if (!m_xml.empty())
        content.set("application/xml", mediaOfTexts("application/xml", m_xml));
    if (!m_text.empty())
        content.set("text/plain", mediaOfTexts("text/plain", m_text));
    if (content.empty())
        return std::nullopt;
    return JsonValue(JsonObject{{"content", std::move(content)}});
}

} // namespace understudy::formats::openapi
