// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/export_request.h"

#include "core/base/json_text.h"
#include "core/http/uri.h"

#include <algorithm>

namespace understudy::formats::postman {

namespace {

std::optional<std::string> scalarText(const JsonValue &value)
{
    if (const std::string *text = value.ifString())
        return *text;
    if (value.isNumber() || value.isBool())
        return writeJson(value);
    return std::nullopt;
}

bool addLeaf(const RuleLeaf &leaf, RequestExample &out)
{
    using Kind = RuleTarget::Kind;
    if (leaf.conditions.size() != 1 || leaf.conditions[0].negated
        || !leaf.conditions[0].options.empty())
        return false;
    const Condition &condition = leaf.conditions[0];
    const bool isBody = leaf.target.kind == Kind::Body;
    if (isBody && condition.op == RuleOperator::Json && !out.body) {
        out.body = writeJson(condition.value);
        out.isJson = true;
        return true;
    }
    const auto value = scalarText(condition.value);
    if (condition.op != RuleOperator::Equals || !value)
        return false;
    if (isBody && !out.body)
        out.body = *value;
    else if (leaf.target.kind == Kind::PathParameter)
        out.pathValues.emplace_back(leaf.target.name, *value);
    else if (leaf.target.kind == Kind::Query)
        out.query.emplace_back(leaf.target.name, *value);
    else if (leaf.target.kind == Kind::Form)
        out.form.emplace_back(leaf.target.name, *value);
    else
        return false;
    return true;
}

bool addRule(const Rule &rule, RequestExample &out)
{
    if (const auto *leaf = std::get_if<RuleLeaf>(&rule.node))
        return addLeaf(*leaf, out);
    const auto &group = std::get<RuleGroup>(rule.node);
    const bool isAll = group.kind == RuleGroup::Kind::All || group.rules.size() == 1;
    return isAll && group.kind != RuleGroup::Kind::None
           && std::all_of(group.rules.begin(), group.rules.end(),
                          [&](const Rule &each) { return addRule(each, out); });
}

JsonValue pairsJson(const RequestExample::Pairs &pairs)
{
    JsonArray out;
    for (const auto &[name, value] : pairs)
        out.push_back(JsonObject{{"key", name}, {"value", value}});
    return JsonValue(std::move(out));
}

JsonValue urlJson(const ExportPath &path, const RequestExample &example)
{
    JsonArray segments;
    std::string raw = "{{baseUrl}}";
    for (const std::string &segment : path.segments) {
        raw += '/' + segment;
        segments.emplace_back(segment);
    }
    RequestExample::Pairs query;
    for (const auto &[name, value] : example.query)
        query.emplace_back(http::percentEncode(name), http::percentEncode(value));
    char separator = '?';
    for (const auto &[name, value] : query) {
        raw.append(1, separator).append(name).append("=").append(value);
        separator = '&';
    }
    JsonObject url{
        {"raw", raw}, {"host", JsonArray{JsonValue("{{baseUrl}}")}}, {"path", std::move(segments)}};
    if (!query.empty())
        url.set("query", pairsJson(query));
    RequestExample::Pairs values;
    for (const std::string &name : path.parameters) {
        const auto given = std::find_if(example.pathValues.begin(), example.pathValues.end(),
                                        [&](const auto &pair) { return pair.first == name; });
        values.emplace_back(name,
                            given == example.pathValues.end() ? std::string() : given->second);
    }
    if (!values.empty())
        url.set("variable", pairsJson(values));
    return JsonValue(std::move(url));
}

} // namespace

std::optional<RequestExample> exampleFor(const Rule &rule)
{
    RequestExample out;
    if (!addRule(rule, out) || (out.body && !out.form.empty()))
        return std::nullopt;
    return out;
}

bool choosesByName(const Rule &rule, const std::string &name)
{
    if (const auto *group = std::get_if<RuleGroup>(&rule.node))
        return group->kind == RuleGroup::Kind::Any && !group->rules.empty()
               && choosesByName(group->rules.front(), name)
               && std::all_of(group->rules.begin(), group->rules.end(), [](const Rule &each) {
                      const auto *leaf = std::get_if<RuleLeaf>(&each.node);
                      return leaf && leaf->target.kind == RuleTarget::Kind::Header
                             && leaf->target.name.starts_with("x-mock-response-");
                  });
    const RuleLeaf &leaf = std::get<RuleLeaf>(rule.node);
    return leaf.target.kind == RuleTarget::Kind::Header
           && leaf.target.name == "x-mock-response-name" && leaf.conditions.size() == 1
           && !leaf.conditions[0].negated && leaf.conditions[0].op == RuleOperator::Equals
           && leaf.conditions[0].value == JsonValue(name);
}

JsonValue requestJson(const std::string &method, const ExportPath &path,
                      const RequestExample &example)
{
    JsonArray headers;
    if (example.isJson)
        headers.push_back(JsonObject{{"key", "Content-Type"}, {"value", "application/json"}});
    JsonObject out{{"method", method}, {"header", std::move(headers)}};
    if (!example.form.empty())
        out.set("body",
                JsonObject{{"mode", "urlencoded"}, {"urlencoded", pairsJson(example.form)}});
    else if (example.body)
        out.set("body", JsonObject{{"mode", "raw"}, {"raw", *example.body}});
    out.set("url", urlJson(path, example));
    return JsonValue(std::move(out));
}

} // namespace understudy::formats::postman
