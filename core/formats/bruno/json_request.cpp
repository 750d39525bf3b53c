// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/formats/bruno/request.h"
#include "core/formats/recorded/fields.h"

namespace understudy::formats::bruno {

using recorded::fieldOf;
using recorded::listOf;
using recorded::mapOf;
using recorded::textOf;

namespace {

bool isOff(const yaml::Node &node)
{
    return textOf(&node, "enabled") == "false" || textOf(fieldOf(&node, "disabled")) == "true";
}

Asked askedOf(const yaml::Node *request)
{
    Asked out;
    if (const std::string method = textOf(request, "method"); !method.empty())
        out.method = text::toUpper(text::trim(method));
    out.url = textOf(request, "url");
    // Old exports have `query` instead.
    for (const char *key : {"params", "query"}) {
        for (const yaml::Node &each : listOf(request, key)) {
            if (textOf(&each, "type") == "path") {
                out.path.emplace_back(textOf(&each, "name"), textOf(&each, "value"));
                continue;
            }
            if (!out.query)
                out.query.emplace();
            if (!isOff(each))
                out.query->emplace_back(textOf(&each, "name"), textOf(&each, "value"));
        }
    }
    const yaml::Node *body = mapOf(request, "body");
    out.mode = textOf(body, "mode");
    if (out.mode == "formUrlEncoded" || out.mode == "multipartForm") {
        for (const yaml::Node &each : listOf(body, out.mode)) {
            if (isOff(each))
                continue;
            if (textOf(&each, "type") == "file")
                out.sendsFile = true;
            else
                out.fields.emplace_back(textOf(&each, "name"), textOf(&each, "value"));
        }
    } else if (out.mode == "graphql") {
        out.body = textOf(mapOf(body, "graphql"), "query");
        out.graphQlVariables = textOf(mapOf(body, "graphql"), "variables");
    } else if (out.mode == "file") {
        out.sendsFile = true;
    } else if (out.mode != "none") {
        out.body = textOf(body, out.mode);
    }
    return out;
}

SavedExample exampleOf(const yaml::Node &node)
{
    SavedExample out;
    out.at = node.start;
    out.name = textOf(&node, "name");
    if (const yaml::Node *request = mapOf(&node, "request"))
        out.asked = askedOf(request);
    const yaml::Node *response = mapOf(&node, "response");
    out.status = textOf(response, "status");
    out.reason = textOf(response, "statusText");
    for (const yaml::Node &each : listOf(response, "headers")) {
        if (!isOff(each))
            out.headers.push_back({textOf(&each, "name"), textOf(&each, "value")});
    }
    const yaml::Node *body = fieldOf(response, "body");
    out.type = textOf(body, "type");
    out.body
        = body && body->isMap() ? textOf(body, "content") : textOf(body).value_or(std::string());
    return out;
}

} // namespace

Pairs pairsOfJson(const std::vector<yaml::Node> &list)
{
    Pairs out;
    for (const yaml::Node &each : list) {
        if (!isOff(each))
            out.emplace_back(textOf(&each, "name"), textOf(&each, "value"));
    }
    return out;
}

BrunoRequest requestOfJson(const yaml::Node &item)
{
    BrunoRequest out;
    out.at = item.start;
    out.name = textOf(&item, "name");
    out.type = textOf(&item, "type");
    out.order = recorded::numberOf(&item, "seq").value_or(0);
    const yaml::Node *request = mapOf(&item, "request");
    out.asked = askedOf(request);
    out.description = textOf(request, "docs");
    out.variables = pairsOfJson(listOf(mapOf(request, "vars"), "req"));
    out.setsVariables = !listOf(mapOf(request, "vars"), "res").empty();
    const std::string auth = textOf(mapOf(request, "auth"), "mode");
    out.hasAuth = !auth.empty() && auth != "none" && auth != "inherit";
    const yaml::Node *script = mapOf(request, "script");
    out.scripts
        = (textOf(script, "req").empty() ? 0U : 1U) + (textOf(script, "res").empty() ? 0U : 1U);
    out.tests = (textOf(request, "tests").empty() ? 0U : 1U)
                + (listOf(request, "assertions").empty() ? 0U : 1U);
    for (const yaml::Node &example : listOf(&item, "examples"))
        out.examples.push_back(exampleOf(example));
    return out;
}

} // namespace understudy::formats::bruno
