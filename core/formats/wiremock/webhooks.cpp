// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/webhooks.h"

#include "core/base/text.h"
#include "core/formats/wiremock/answer.h"

#include <algorithm>
#include <array>

namespace understudy::formats::wiremock {

namespace {

/// About what a drawn delay takes: callbacks wait the same time each.
Duration middleOf(const LatencyModel &model)
{
    if (const auto *fixed = std::get_if<FixedLatency>(&model))
        return fixed->value;
    if (const auto *uniform = std::get_if<UniformLatency>(&model))
        return (uniform->from + uniform->to) / 2;
    if (const auto *drawn = std::get_if<LognormalLatency>(&model))
        return drawn->median;
    return {};
}

Callback translateWebhook(const Node &parameters, StubScope &scope)
{
    Callback out;
    out.isTemplate = true;
    out.dialect = Dialect::WireMock;
    const std::string method = textIn(parameters, "method");
    out.method = method.empty() ? "GET" : method;
    out.url = textIn(parameters, "url");
    if (const Node *headers = member(parameters, "headers"))
        out.headers = translateHeaders(*headers, scope);
    const bool hasBody = out.method == "POST" || out.method == "PUT" || out.method == "PATCH"
                         || out.method.find("{{") != std::string::npos;
    const Node *body = member(parameters, "body");
    const Node *base64 = member(parameters, "base64Body");
    if (hasBody && body)
        out.body = Body::text(body->text);
    else if (hasBody && base64)
        out.body = {Body::Kind::Base64, base64->text, {}, false};
    else if (body || base64)
        scope.notes.changed(scope.subject, "a webhook with " + out.method + " sends no body",
                            parameters.start);
    if (const Node *delay = member(parameters, "delay")) {
        if (const auto model = translateDelay(*delay, scope)) {
            out.after = middleOf(*model);
            if (!std::holds_alternative<FixedLatency>(*model))
                scope.notes.changed(scope.subject,
                                    "the webhook waits " + formatDuration(out.after)
                                        + " each time: delays of callbacks are not drawn",
                                    delay->start);
        }
    }
    constexpr std::array<std::string_view, 6> kOwn{"method", "url",        "headers",
                                                   "body",   "base64Body", "delay"};
    JsonObject others;
    for (std::size_t i = 0; i < parameters.keys.size(); ++i) {
        const std::string &name = parameters.keys[i].text;
        if (std::find(kOwn.begin(), kOwn.end(), name) == kOwn.end())
            others.set(name, yaml::toJson(parameters.items[i]));
    }
    if (!others.empty())
        out.extensions.set("x-wiremock-parameters", std::move(others));
    return out;
}

void translateListener(const std::string &name, const Node *parameters, yaml::Mark at,
                       std::vector<Callback> &out, StubScope &scope)
{
    if (name != "webhook")
        scope.notes.notServed(
            scope.subject,
            "the listener " + text::inQuotes(name) + " is Java and has no effect here", at);
    else if (!parameters || textIn(*parameters, "url").empty())
        scope.notes.notServed(scope.subject, "a webhook without a URL is left out", at);
    else
        out.push_back(translateWebhook(*parameters, scope));
}

} // namespace

std::vector<Callback> translateWebhooks(const Node &stub, StubScope &scope)
{
    std::vector<Callback> out;
    for (const std::string_view key : {"postServeActions", "serveEventListeners"}) {
        const Node *listeners = member(stub, key);
        for (std::size_t i = 0; listeners && i < listeners->items.size(); ++i) {
            const Node &listener = listeners->items[i];
            // Older files: a map of names.
            if (listeners->isMap())
                translateListener(listeners->keys[i].text, &listener, listeners->keys[i].at, out,
                                  scope);
            else
                translateListener(textIn(listener, "name"), member(listener, "parameters"),
                                  listener.start, out, scope);
        }
    }
    return out;
}

} // namespace understudy::formats::wiremock
