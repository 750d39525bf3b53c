// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/request.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"

#include <algorithm>

namespace understudy::formats::postman {

using described::isKnown;
using recorded::fieldOf;
using recorded::listOf;
using recorded::mapOf;
using recorded::textOf;

namespace {

/// A list of texts, or of objects with a 'value'; a text stands for itself.
std::string joined(const yaml::Node *node, char separator)
{
    if (!node || !node->isList())
        return textOf(node).value_or(std::string());
    std::string out;
    for (std::size_t i = 0; i < node->items.size(); ++i) {
        const yaml::Node &item = node->items[i];
        if (i > 0)
            out += separator;
        out += item.isMap() ? textOf(&item, "value") : textOf(&item).value_or(std::string());
    }
    return out;
}

/// A URL as a text, also of one that is only there in its parts.
std::string addressOf(const yaml::Node *url)
{
    if (!url || !url->isMap())
        return textOf(url).value_or(std::string());
    if (std::string raw = textOf(url, "raw"); !raw.empty())
        return raw;
    std::string out = textOf(url, "protocol");
    if (!out.empty())
        out += "://";
    out += joined(fieldOf(url, "host"), '.');
    if (const std::string port = textOf(url, "port"); !port.empty())
        out += ':' + port;
    const std::string path = joined(fieldOf(url, "path"), '/');
    out += (path.starts_with('/') ? "" : "/") + path;
    char separator = '?';
    for (const yaml::Node &pair : listOf(url, "query")) {
        if (recorded::isTrue(&pair, "disabled"))
            continue;
        out += separator + textOf(&pair, "key") + '=' + textOf(&pair, "value");
        separator = '&';
    }
    return out;
}

std::string mediaTypeOf(const yaml::Node *request, const yaml::Node *body)
{
    for (const yaml::Node &header : listOf(request, "header")) {
        if (text::equalsIgnoreCase(textOf(&header, "key"), "Content-Type"))
            return textOf(&header, "value");
    }
    const yaml::Node *raw = mapOf(mapOf(body, "options"), "raw");
    return textOf(raw, "language") == "json" ? "application/json" : std::string();
}

void addFields(const yaml::Node *body, std::string_view mode, RuleTarget::Kind kind,
               Variables &variables, recorded::RequestFacts &facts)
{
    for (const yaml::Node &field : listOf(body, mode)) {
        std::string value = variables.filled(textOf(&field, "value"));
        if (!recorded::isTrue(&field, "disabled") && textOf(&field, "type") != "file"
            && isKnown(value))
            facts.add(kind, textOf(&field, "key"), std::move(value));
    }
}

void addBody(const yaml::Node *request, Variables &variables, recorded::RequestFacts &facts)
{
    const yaml::Node *body = mapOf(request, "body");
    const std::string mode = textOf(body, "mode");
    if (mode == "urlencoded") {
        addFields(body, mode, RuleTarget::Kind::Form, variables, facts);
    } else if (mode == "formdata") {
        addFields(body, mode, RuleTarget::Kind::Part, variables, facts);
    } else if (mode == "raw") {
        std::string text = variables.filled(textOf(body, "raw"));
        if (isKnown(text))
            facts.addBody(std::move(text), mediaTypeOf(request, body));
    } else if (mode == "graphql") {
        const yaml::Node *query = mapOf(body, "graphql");
        described::addGraphQl(facts, variables.filled(textOf(query, "query")),
                              variables.filled(textOf(query, "variables")));
    }
}

} // namespace

PostmanRequest readRequest(const yaml::Node &node, Variables &variables)
{
    PostmanRequest out;
    if (!node.isMap()) {
        described::readAddress(variables.filled(textOf(&node).value_or(std::string())), out);
        return out;
    }
    out.node = &node;
    if (const std::string method = textOf(&node, "method"); !method.empty())
        out.method = text::toUpper(text::trim(method));
    const yaml::Node *url = fieldOf(&node, "url");
    described::readAddress(variables.filled(addressOf(url)), out);
    for (const yaml::Node &each : listOf(url, "variable")) {
        std::string name = textOf(&each, "key");
        if (name.empty())
            name = textOf(&each, "id");
        if (const auto value = textOf(fieldOf(&each, "value")); value && !value->empty())
            out.pathValues[name] = variables.filled(*value);
    }
    return out;
}

bool sendsFile(const yaml::Node &node)
{
    const yaml::Node *body = mapOf(&node, "body");
    const std::string mode = textOf(body, "mode");
    const std::vector<yaml::Node> &parts = listOf(body, "formdata");
    return mode == "file"
           || (mode == "formdata"
               && std::any_of(parts.begin(), parts.end(), [](const yaml::Node &part) {
                      return textOf(&part, "type") == "file"
                             && !recorded::isTrue(&part, "disabled");
                  }));
}

recorded::RequestFacts factsOf(const PostmanRequest &request, const described::RequestPath &path,
                               Variables &variables)
{
    recorded::RequestFacts facts = described::factsOf(request, path);
    addBody(request.node, variables, facts);
    return facts;
}

} // namespace understudy::formats::postman
