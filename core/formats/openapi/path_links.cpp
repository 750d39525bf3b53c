// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/path_links.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/openapi/path_parameters.h"
#include "core/formats/openapi/response_rules.h"
#include "core/formats/openapi/schema_parts.h"
#include "core/formats/rule_parts.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace understudy::formats::openapi {

namespace {

/// Keywords that a value from outside may not fulfil.
constexpr std::array<std::string_view, 11> kDemands{
    "enum",     "const",   "pattern",          "minLength",        "maxLength",
    "minimum",  "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "writeOnly"};

/// A property that takes the value of a parameter.
struct PathLink
{
    std::string property;
    std::string parameter;
    std::string regex; ///< of the values that fit; empty: all
    bool isText = true;
};

bool isPlainName(const std::string &name)
{
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0
           && std::all_of(name.begin(), name.end(), [](char c) {
                  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
              });
}

bool makesDemands(const SchemaParts &parts)
{
    return std::any_of(kDemands.begin(), kDemands.end(),
                       [&](std::string_view keyword) { return bool(parts.first(keyword)); });
}

/// The values that a schema takes, if a path can hold them; false for all other types.
bool readKind(const SchemaParts &parts, PathLink &link)
{
    const Element format = parts.first("format");
    const std::string name = format.isScalar() ? format.node->text : std::string();
    const std::string type = parts.type();
    if (makesDemands(parts))
        return false;
    link.isText = type == "string";
    if (type == "integer")
        link.regex = name == "int32" ? "^(?:0|-?[1-9][0-9]{0,8})$" : "^(?:0|-?[1-9][0-9]{0,17})$";
    else if (link.isText && name == "uuid")
        link.regex = "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";
    return type == "integer" || (link.isText && (name.empty() || name == "uuid"));
}

Element propertyOfSchema(Document &document, Element schema, std::string_view name)
{
    for (const SchemaParts::Part &part : partsOf(document, schema).parts) {
        if (const Element own = part.schema.at("properties").at(name))
            return own;
    }
    return {};
}

std::vector<PathLink> linksOf(Document &document, const OperationPlace &place, Element schema,
                              const JsonObject &body)
{
    std::vector<PathLink> out;
    const std::vector<std::string> names = namesInPath(place.path);
    for (const std::string &name : names) {
        const bool isId = &name == &names.back() && text::toLower(name).ends_with("id");
        PathLink link{body.contains(name) ? name : "id", name, {}, true};
        const bool isThere = link.property == name || (isId && body.contains("id"));
        const Element parameter = pathParameter(document, place.operation, place.pathItem, name);
        const Element property = propertyOfSchema(document, schema, link.property);
        if (!isPlainName(name) || !isThere || !parameter || !property)
            continue;
        PathLink asked;
        const bool isLinked = readKind(partsOf(document, property), link)
                              && readKind(partsOf(document, parameter), asked)
                              && link.isText == asked.isText;
        if (isLinked)
            out.push_back(std::move(link));
    }
    return out;
}

/// The body with templates in the place of the values.
std::string templateText(JsonObject body, const std::vector<PathLink> &links)
{
    const auto marker = [](std::size_t i) { return "@link " + std::to_string(i) + "@"; };
    for (std::size_t i = 0; i < links.size(); ++i)
        body.set(links[i].property, marker(i));
    constexpr int kIndent = 2;
    std::string out = writeJson(JsonValue(std::move(body)), kIndent);
    for (std::size_t i = 0; i < links.size(); ++i) {
        const std::string quoted = "\"" + marker(i) + "\"";
        out.replace(out.find(quoted), quoted.size(),
                    (links[i].isText ? "{{json path." : "{{path.") + links[i].parameter + "}}");
    }
    return out;
}

bool hasBraces(const Response &response)
{
    const auto has = [](const std::string &text) { return text.find("{{") != std::string::npos; };
    return has(writeJson(response.body.json))
           || std::any_of(response.headers.begin(), response.headers.end(),
                          [&](const http::HeaderField &field) { return has(field.value); });
}

} // namespace

void linkParameters(Document &document, const OperationPlace &place, Element schema,
                    std::vector<Response> &responses)
{
    Response linked = responses.front();
    const JsonObject *body = linked.body.json.ifObject();
    if (linked.body.kind != Body::Kind::Json || !body || place.path.find('{') == std::string::npos)
        return;
    const std::vector<PathLink> links = linksOf(document, place, schema, *body);
    if (links.empty() || hasBraces(linked))
        return;
    std::vector<Rule> rules;
    for (const PathLink &link : links) {
        if (!link.regex.empty())
            rules.push_back(pathParameterMatches(link.parameter, link.regex));
    }
    linked.body = Body::text(templateText(*body, links));
    linked.isTemplate = true;
    if (rules.empty()) {
        responses.front() = std::move(linked);
        return;
    }
    linked.name += (linked.name.empty() ? "" : ", ") + std::string("as the path says");
    linked.when = allOf(std::move(rules));
    responses.push_back(std::move(linked));
}

} // namespace understudy::formats::openapi
