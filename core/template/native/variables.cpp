// SPDX-License-Identifier: Apache-2.0
#include "core/template/native/variables.h"

#include "core/base/text.h"
#include "core/base/units.h"
#include "core/match/rule_matcher.h"
#include "core/template/dates.h"
#include "core/template/grouped_values.h"
#include "core/template/mockoon/helpers.h"
#include "core/template/mockoon/request_values.h"

#include <algorithm>
#include <cmath>
#include <unistd.h>

namespace understudy::native {

using handlebars::GroupedValues;
using handlebars::RenderScope;
using handlebars::Value;

namespace {

Value method(RenderScope &scope) { return scope.request->request.method(); }
Value url(RenderScope &scope) { return scope.request->request.request().head.target(); }
Value path(RenderScope &scope) { return GroupedValues::of(scope.request->pathParameters); }
Value query(RenderScope &scope) { return GroupedValues::of(scope.request->request.query()); }
Value cookie(RenderScope &scope) { return GroupedValues::of(scope.request->request.cookies()); }
Value form(RenderScope &scope) { return GroupedValues::of(scope.request->request.form()); }

/// All of them, by their names in lower case.
Value header(RenderScope &scope)
{
    const http::RequestHead &head = scope.request->request.request().head;
    GroupedValues fields;
    for (std::size_t i = 0; i < head.headerCount(); ++i)
        fields.add(text::toLower(head.header(i).name), std::string(head.header(i).value));
    return std::move(fields).take();
}

Value body(RenderScope &scope)
{
    const RequestView &view = scope.request->request;
    if (const JsonValue *json = view.json())
        return Value::ofJson(std::shared_ptr<const JsonValue>(std::shared_ptr<void>(), json),
                             *json);
    if (!view.form().empty())
        return form(scope);
    const auto text = view.body();
    return text ? Value(text::asUtf8(std::string(*text))) : Value();
}

Value raw(RenderScope &scope)
{
    const auto text = scope.request->request.body();
    return text ? Value(text::asUtf8(std::string(*text))) : Value();
}

Value client(RenderScope &scope) { return scope.request->request.facts().client; }
Value count(RenderScope &scope) { return scope.request->count; }

/// What the request failed of the rules that the answer's own rule wants to fail (`none`).
Value violations(RenderScope &scope)
{
    JsonArray out;
    if (scope.rule) {
        for (ConditionTrace &one : scope.rule->violations(*scope.request)) {
            out.push_back(JsonObject::of({{"target", text::asUtf8(std::move(one.subject))},
                                          {"expected", text::asUtf8(std::move(one.expected))},
                                          {"actual", text::asUtf8(std::move(one.actual))}}));
        }
    }
    return Value(std::move(out));
}

struct Variable
{
    std::string_view name;
    Value (*make)(RenderScope &scope);
};

constexpr std::array kVariables{
    Variable{"method", method}, Variable{"url", url},       Variable{"path", path},
    Variable{"query", query},   Variable{"header", header}, Variable{"cookie", cookie},
    Variable{"form", form},     Variable{"body", body},     Variable{"raw", raw},
    Variable{"client", client}, Variable{"count", count},   Variable{"violations", violations},
};

/// Only those that are meant for it (format.md).
Value environment()
{
    constexpr std::string_view kPrefix = "UNDERSTUDY_";
    std::vector<JsonMember> members;
    for (char **entry = environ; entry && *entry; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (text.starts_with(kPrefix) && equals != std::string_view::npos)
            members.push_back({std::string(text.substr(0, equals)),
                               text::asUtf8(std::string(text.substr(equals + 1)))});
    }
    return Value(JsonObject::of(std::move(members)));
}

// Their parts are looked up when they are asked for, so each is a helper.

Value bucket(handlebars::HelperCall &call)
{
    RenderScope *scope = call.scope();
    if (!scope || !scope->server)
        return {};
    const auto found = scope->server->bucket(call[0].text(), *scope);
    if (!found)
        return call.fail("there is no bucket '" + call[0].text() + "'");
    const Value all = Value::ofJson(found, *found);
    return call.size() > 1 ? mockoon::lookUp(all, call[1].text()) : all;
}

Value state(handlebars::HelperCall &call)
{
    RenderScope *scope = call.scope();
    return scope && scope->request
               ? Value(scope->request->scenarioState(call[0].text(), *scope->request))
               : Value();
}

Value json(handlebars::HelperCall &call) { return Value::safe(mockoon::compactJson(call[0])); }

Value delay(handlebars::HelperCall &call)
{
    const auto time = parseDelay(call[0].text());
    if (!time)
        return call.fail("delay: " + time.error().message);
    if (call.scope())
        call.scope()->delay = *time;
    return {};
}

constexpr std::array kOwn{
    handlebars::Helper{"delay", "time",
                       "Keeps the answer back: '200ms', or a number of milliseconds.", delay},
    handlebars::Helper{"bucket", "name [path]", "A bucket, or a part of it.", bucket},
    handlebars::Helper{"state", "scenario", "The state of a scenario.", state},
    handlebars::Helper{"json", "value", "A value as JSON.", json},
};

} // namespace

Value variable(RenderScope &scope, std::span<const std::string> path, std::size_t &used)
{
    const std::string &name = path.front();
    if (name == "env")
        return environment();
    if (path.size() > 1 && name == "bucket" && scope.server) {
        used = 2;
        const auto found = scope.server->bucket(path[1], scope);
        return found ? Value::ofJson(found, *found) : Value();
    }
    if (!scope.request)
        return {};
    if (path.size() > 1 && name == "state") {
        used = 2;
        return scope.request->scenarioState(path[1], *scope.request);
    }
    if (path.size() > 1 && name == "header") {
        used = 2;
        const auto value = scope.request->request.request().head.find(path[1]);
        return value ? Value(*value) : Value(nullptr);
    }
    for (const Variable &one : kVariables) {
        if (one.name == name)
            return one.make(scope);
    }
    return {};
}

std::vector<std::string_view> variableNames()
{
    std::vector<std::string_view> out;
    out.reserve(kVariables.size() + 3);
    for (const Variable &one : kVariables)
        out.push_back(one.name);
    for (const std::string_view name : {"env", "bucket", "state"})
        out.push_back(name);
    return out;
}

const handlebars::HelperTable &helperTable()
{
    static const std::vector<handlebars::Helper> peers = [] {
        std::vector<handlebars::Helper> out;
        const auto names = variableNames();
        for (const handlebars::Helper *helper : mockoon::helperTable().rows()) {
            if (std::find(names.begin(), names.end(), helper->name) == names.end())
                out.push_back(*helper);
        }
        return out;
    }();
    static const handlebars::HelperTable table({peers, kOwn});
    return table;
}

} // namespace understudy::native
