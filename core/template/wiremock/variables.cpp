// SPDX-License-Identifier: Apache-2.0
#include "core/template/wiremock/variables.h"

#include "core/base/text.h"
#include "core/template/grouped_values.h"
#include "core/template/wiremock/values.h"

#include <charconv>

namespace understudy::wiremock {

using handlebars::RenderScope;
using handlebars::Value;

namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

const RequestView &viewOf(const RenderScope &scope) { return scope.request->request; }

std::string bodyText(const RenderScope &scope)
{
    const auto body = viewOf(scope).body();
    return body ? text::asUtf8(std::string(*body)) : std::string();
}

std::string schemeOf(const RenderScope &scope)
{
    return viewOf(scope).facts().tls ? "https" : "http";
}

/// That the client asked for, which a proxy or a container may have mapped to another.
std::uint16_t portOf(const RenderScope &scope)
{
    const RequestView &view = viewOf(scope);
    const std::string_view host
        = view.target().authority.empty()
              ? view.request().head.find("Host").value_or(std::string_view())
              : view.target().authority;
    const std::size_t colon = host.rfind(':');
    std::uint16_t port = 0;
    if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
        const char *end = host.data() + host.size();
        const auto [stop, error] = std::from_chars(host.data() + colon + 1, end, port);
        if (error == std::errc() && stop == end)
            return port;
    }
    return view.facts().tls ? kHttpsPort : kHttpPort;
}

std::string baseUrl(const RenderScope &scope)
{
    std::string out = schemeOf(scope) + "://" + std::string(viewOf(scope).host());
    const std::uint16_t port = portOf(scope);
    return port == (viewOf(scope).facts().tls ? kHttpsPort : kHttpPort)
               ? out
               : out + ':' + std::to_string(port);
}

bool isTextual(std::string_view type)
{
    const std::string lower = text::toLower(type);
    const auto has = [&](std::string_view what) { return lower.find(what) != std::string::npos; };
    return lower.empty() || lower.starts_with("text/") || has("json") || has("xml")
           || has("javascript") || has("x-www-form-urlencoded") || has("yaml");
}

bool isBinary(const RenderScope &scope)
{
    return !isTextual(
        viewOf(scope).request().head.find("Content-Type").value_or(std::string_view()));
}

std::string base64Body(const RenderScope &scope)
{
    const auto bytes = viewOf(scope).bytes();
    return bytes ? text::encodeBase64(*bytes) : std::string();
}

JsonArray segmentsOf(const RenderScope &scope)
{
    JsonArray out;
    for (const std::string &segment : viewOf(scope).segments())
        out.emplace_back(segment);
    return out;
}

/// Those of one name, in their order.
Value named(const NamedValues &values, std::string_view name, bool ignoresCase = false)
{
    JsonArray out;
    for (const auto &[key, value] : values) {
        if (ignoresCase ? text::equalsIgnoreCase(key, name) : key == name)
            out.emplace_back(value);
    }
    return out.empty() ? Value() : several(std::move(out));
}

/// All of them, for loops.
Value grouped(const NamedValues &values)
{
    return severalByName(handlebars::GroupedValues::of(values));
}

NamedValues headersOf(const RenderScope &scope)
{
    const http::RequestHead &head = viewOf(scope).request().head;
    NamedValues out;
    for (std::size_t i = 0; i < head.headerCount(); ++i)
        out.emplace_back(head.header(i).name, head.header(i).value);
    return out;
}

Value partOf(const RenderScope &scope, std::string_view name)
{
    std::size_t nameless = 0;
    for (const BodyPart &part : viewOf(scope).parts()) {
        const std::string own
            = part.name.empty() ? "part-" + std::to_string(nameless++) : part.name;
        if (own != name)
            continue;
        std::vector<JsonMember> headers;
        for (const http::HeaderField &field : part.headers)
            headers.push_back({field.name, field.value});
        return Value(JsonObject{{"name", own},
                                {"fileName", part.fileName},
                                {"body", text::asUtf8(std::string(part.content))},
                                {"bodyAsBase64", text::encodeBase64(part.content)},
                                {"binary", !text::isUtf8(part.content)},
                                {"headers", JsonObject::of(std::move(headers))}});
    }
    return {};
}

// Of one name of the request.

Value url(RenderScope &scope) { return viewOf(scope).request().head.target(); }
Value method(RenderScope &scope) { return viewOf(scope).method(); }
Value scheme(RenderScope &scope) { return schemeOf(scope); }
Value host(RenderScope &scope) { return viewOf(scope).host(); }
Value port(RenderScope &scope) { return portOf(scope); }
Value base(RenderScope &scope) { return baseUrl(scope); }
Value client(RenderScope &scope) { return viewOf(scope).facts().client; }
Value body(RenderScope &scope) { return bodyText(scope); }
Value base64(RenderScope &scope) { return base64Body(scope); }
Value binary(RenderScope &scope) { return isBinary(scope); }
Value multipart(RenderScope &scope) { return !viewOf(scope).parts().empty(); }
Value path(RenderScope &scope) { return viewOf(scope).path(); }
Value segments(RenderScope &scope) { return several(segmentsOf(scope)); }
Value query(RenderScope &scope) { return grouped(viewOf(scope).query()); }
Value headers(RenderScope &scope) { return grouped(headersOf(scope)); }
Value cookies(RenderScope &scope) { return grouped(viewOf(scope).cookies()); }

/// A segment by its number, or what a parameter of the path matched.
Value pathPart(RenderScope &scope, const std::string &name)
{
    const Value found = named(scope.request->pathParameters, name);
    return found.isUndefined() ? Value(segmentsOf(scope)).member(name) : Value(found.text());
}

struct Variable
{
    std::string_view name;
    Value (*whole)(RenderScope &scope);
    Value (*part)(RenderScope &scope, const std::string &name);
};

constexpr std::array kVariables{
    Variable{"url", url, nullptr},
    Variable{"path", path, pathPart},
    Variable{"pathSegments", segments, nullptr},
    Variable{"query", query,
             [](RenderScope &s, const std::string &n) { return named(viewOf(s).query(), n); }},
    Variable{
        "method", method,
        [](RenderScope &s, const std::string &n) { return n == "value" ? method(s) : Value(); }},
    Variable{"scheme", scheme, nullptr},
    Variable{"host", host, nullptr},
    Variable{"port", port, nullptr},
    Variable{"baseUrl", base, nullptr},
    Variable{"clientIp", client, nullptr},
    Variable{"headers", headers,
             [](RenderScope &s, const std::string &n) { return named(headersOf(s), n, true); }},
    Variable{"cookies", cookies,
             [](RenderScope &s, const std::string &n) { return named(viewOf(s).cookies(), n); }},
    Variable{"body", body, nullptr},
    Variable{"bodyAsBase64", base64, nullptr},
    Variable{"binary", binary, nullptr},
    Variable{"isBinary", binary, nullptr},
    Variable{"multipart", multipart, nullptr},
    Variable{"parts", nullptr, [](RenderScope &s, const std::string &n) { return partOf(s, n); }},
};

} // namespace

Value variable(RenderScope &scope, std::span<const std::string> path, std::size_t &used)
{
    if (const auto found = scope.assigned.find(path.front()); found != scope.assigned.end())
        return found->second;
    // Callbacks speak of the request that caused them as the original one.
    if ((path.front() != "request" && path.front() != "originalRequest") || !scope.request)
        return {};
    const std::size_t at = path.size() > 2 && path[1] == "requestLine" ? 2 : 1;
    if (path.size() <= at)
        return {};
    for (const Variable &one : kVariables) {
        if (one.name != path[at])
            continue;
        if (one.part && path.size() > at + 1) {
            used = at + 2;
            const Value found = one.part(scope, path[at + 1]);
            return found.isUndefined() ? Value(nullptr) : found;
        }
        used = at + 1;
        return one.whole ? one.whole(scope) : Value();
    }
    return {};
}

std::vector<std::string> variableNames()
{
    std::vector<std::string> out;
    out.reserve(kVariables.size());
    for (const Variable &one : kVariables)
        out.push_back("request." + std::string(one.name));
    return out;
}

} // namespace understudy::wiremock
