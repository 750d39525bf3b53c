// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/answer.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/recorded/fields.h"
#include "core/http/header_list.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::formats::mountebank {

namespace {

constexpr int kLowest = 100;
constexpr int kHighest = 999;
constexpr std::uint64_t kMostTimes = 1'000'000;

/// As JavaScript's `||` sees it: null, false, 0 and an empty text are nothing.
const Node *something(const Node *map, std::string_view key)
{
    const Node *value = recorded::fieldOf(map, key);
    const bool isNothing = !value
                           || (value->isScalar()
                               && (value->isNull() || value->text.empty()
                                   || (value->style == Node::Style::Plain
                                       && (value->text == "false" || value->text == "0"))));
    return isNothing ? nullptr : value;
}

const Node *firstOf(const Node *is, const Node *defaults, std::string_view key)
{
    const Node *own = something(is, key);
    return own ? own : something(defaults, key);
}

int statusOf(const Node *value, StubScope &scope)
{
    if (!value)
        return 200;
    const std::string text = value->isScalar() ? value->text : std::string();
    int status = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), status);
    if (failure == std::errc() && end == text.data() + text.size() && status >= kLowest
        && status <= kHighest)
        return status;
    scope.notes.changed(scope.subject,
                        "the status " + text::inQuotes(recorded::oneLine(text))
                            + " is none of HTTP; it is sent as 500",
                        value->start);
    return 500;
}

void addHeaders(Response &response, const Node &headers, StubScope &scope)
{
    const auto add = [&](const Node::Key &name, const Node &value) {
        if (http::isToken(name.text) && value.isScalar() && http::isFieldValue(value.text)
            && text::isUtf8(value.text))
            response.headers.push_back({name.text, value.text});
        else
            scope.notes.changed(scope.subject,
                                "the header " + text::inQuotes(recorded::oneLine(name.text))
                                    + " is left out: HTTP does not allow its name or value",
                                name.at);
    };
    if (!headers.isMap())
        scope.notes.changed(scope.subject, "'headers' is no object; they are left out",
                            headers.start);
    for (std::size_t i = 0; headers.isMap() && i < headers.keys.size(); ++i) {
        // It is counted anew there as well.
        if (text::equalsIgnoreCase(headers.keys[i].text, "Content-Length"))
            continue;
        if (!headers.items[i].isList())
            add(headers.keys[i], headers.items[i]);
        else
            for (const Node &value : headers.items[i].items)
                add(headers.keys[i], value);
    }
}

void setBody(Response &response, const Node &body, bool isBinary, StubScope &scope)
{
    if (!body.isScalar()) {
        response.body = Body::ofJson(yaml::toJson(body));
        return;
    }
    if (!isBinary) {
        response.body = Body::text(body.text);
        return;
    }
    std::string base64;
    for (const char c : body.text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/' || c == '=')
            base64 += c;
    }
    if (text::decodeBase64(base64))
        response.body = {Body::Kind::Base64, std::move(base64), {}, false};
    else
        scope.notes.changed(scope.subject, "its body is no base64, as it says; it is left out",
                            body.start);
}

void sayUnknown(const Node &map, std::initializer_list<std::string_view> known,
                std::string_view what, StubScope &scope)
{
    for (const Node::Key &key : map.keys) {
        if (std::find(known.begin(), known.end(), key.text) == known.end())
            scope.notes.notServed(scope.subject,
                                  text::inQuotes(recorded::oneLine(key.text)) + " is no key of "
                                      + std::string(what),
                                  key.at);
    }
}

void addFault(Response &response, const Node &fault, StubScope &scope)
{
    Fault out;
    out.at = FaultPlace::Head;
    if (fault.text == "CONNECTION_RESET_BY_PEER") {
        out.kind = FaultKind::Close; // it is closed there, not reset
    } else if (fault.text == "RANDOM_DATA_THEN_CLOSE") {
        out.kind = FaultKind::Garbage;
    } else {
        scope.notes.notServed(scope.subject,
                              text::inQuotes(recorded::oneLine(fault.text))
                                  + " is no fault of mountebank: the default is sent, as there",
                              fault.start);
        return;
    }
    response.behaviour.faults.push_back(std::move(out));
}

std::uint64_t repeatOf(const Node &definition)
{
    const Node *old = recorded::mapOf(&definition, "_behaviors");
    const bool isNew
        = recorded::fieldOf(&definition, "repeat") || recorded::fieldOf(&definition, "behaviors");
    const auto times = recorded::numberOf(isNew ? &definition : old, "repeat");
    return times && *times >= 1
               ? static_cast<std::uint64_t>(std::min(*times, static_cast<double>(kMostTimes)))
               : 1;
}

Response translateResponse(const Node &definition, const Defaults &defaults, StubScope &scope)
{
    const Node *is = recorded::fieldOf(&definition, "is");
    const Node *fault = something(&definition, "fault");
    if (definition.isMap())
        sayUnknown(
            definition,
            {"is", "proxy", "inject", "fault", "behaviors", "_behaviors", "repeat", "_links"},
            "a response", scope);
    for (const std::string_view made : {"proxy", "inject"}) {
        const Node *way = something(&definition, made);
        if (!way || (is && is->isMap()))
            continue;
        scope.notes.notServed(
            scope.subject,
            made == "proxy" ? "requests are not passed on to "
                                  + text::inQuotes(recorded::oneLine(recorded::textOf(way, "to")))
                                  + ": this response is off"
                            : "JavaScript does not make answers here: this response is off",
            way->start);
        Response off;
        off.times = 0;
        off.extensions.set("x-mountebank", yaml::toJson(definition));
        return off;
    }
    if (!fault && (!is || !is->isMap()))
        scope.notes.changed(scope.subject,
                            "a response has 'is', 'proxy', 'inject' or 'fault'; this one is the "
                            "default",
                            definition.start);
    Response out = translateIs(fault && !is ? nullptr : is, defaults, scope);
    if (fault && fault->isScalar() && !is)
        addFault(out, *fault, scope);
    addBehaviors(out, definition, scope);
    return out;
}

} // namespace

Response translateIs(const Node *is, const Defaults &defaults, StubScope &scope)
{
    if (is && is->isMap())
        sayUnknown(*is, {"statusCode", "headers", "body", "_mode", "_proxyResponseTime", "_proxy"},
                   "what a response is", scope);
    Response out;
    out.status = statusOf(firstOf(is, defaults.response, "statusCode"), scope);
    if (const Node *headers = firstOf(is, defaults.response, "headers"))
        addHeaders(out, *headers, scope);
    const Node *mode = firstOf(is, defaults.response, "_mode");
    if (const Node *body = firstOf(is, defaults.response, "body"))
        setBody(out, *body, mode && mode->text == "binary", scope);
    return out;
}

std::vector<Response> translateResponses(const Node *responses, const Defaults &defaults,
                                         StubScope &scope)
{
    std::vector<Response> out;
    if (responses && responses->isList()) {
        for (const Node &definition : responses->items) {
            out.push_back(translateResponse(definition, defaults, scope));
            const std::uint64_t times = repeatOf(definition);
            if (responses->items.size() > 1 && times > 1 && !out.back().times)
                out.back().times = times;
        }
    }
    if (!out.empty())
        return out;
    scope.notes.changed(scope.subject, "a stub has a list of responses; this one sends the default",
                        responses ? responses->start : yaml::Mark{});
    out.push_back(translateIs(nullptr, defaults, scope));
    return out;
}

} // namespace understudy::formats::mountebank
