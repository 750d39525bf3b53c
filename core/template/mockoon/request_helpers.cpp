// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/template/mockoon/helpers.h"
#include "core/template/mockoon/request_values.h"

namespace understudy::mockoon {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::RenderScope;
using handlebars::Value;

std::string textOr(const Value &value, std::string_view otherwise)
{
    return value.isMissing() ? std::string(otherwise) : value.text();
}

std::string compactJson(const Value &value)
{
    const auto json = value.json();
    return json ? writeJson(*json) : std::string();
}

Value shown(const Value &value, bool stringify)
{
    const bool asJson
        = stringify || value.kind() == Value::Kind::Json || value.kind() == Value::Kind::Null;
    return Value::safe(asJson ? compactJson(value) : value.text());
}

RequestValues *requestOf(HelperCall &call)
{
    RenderScope *scope = call.scope();
    return scope && scope->request ? &requestOf(*scope) : nullptr;
}

namespace {

const RequestView *viewOf(HelperCall &call)
{
    RenderScope *scope = call.scope();
    return scope && scope->request ? &scope->request->request : nullptr;
}

/// `body` and `queryParam`: `all` is what they look into, `raw` what they say without a path.
Value lookedUp(HelperCall &call, const Value &all, const Value &raw)
{
    const bool stringify = call[2].isTruthy();
    const std::string path = call[0].text();
    if (path.empty())
        return raw.isUndefined() ? shown(call[1], false) : raw;
    const Value found = all.isMissing() ? Value() : lookUp(all, path);
    if (found.isUndefined())
        return stringify ? shown(call[1].isUndefined() ? Value("") : call[1], true)
                         : Value::safe(call[1].text());
    return shown(found, stringify);
}

Value lookedUpRaw(HelperCall &call, const Value &all)
{
    const std::string path = call[0].text();
    Value found = all.isMissing() ? Value() : lookUp(all, path);
    if (!found.isUndefined())
        return found;
    return call[1].isUndefined() ? Value("") : call[1];
}

Value body(HelperCall &call)
{
    RequestValues *request = requestOf(call);
    if (!request)
        return {};
    return lookedUp(call, request->body(), Value::safe(request->rawBody()));
}

Value bodyRaw(HelperCall &call)
{
    RequestValues *request = requestOf(call);
    return request ? lookedUpRaw(call, request->body()) : Value();
}

Value queryParam(HelperCall &call)
{
    RequestValues *request = requestOf(call);
    if (!request)
        return {};
    return lookedUp(call, request->query(), Value::safe(compactJson(request->query())));
}

Value queryParamRaw(HelperCall &call)
{
    RequestValues *request = requestOf(call);
    return request ? lookedUpRaw(call, request->query()) : Value();
}

/// A part of the request as it is.
template<const Value &(RequestValues::*part)()>
Value whole(HelperCall &call)
{
    RequestValues *request = requestOf(call);
    return request ? (request->*part)() : Value();
}

Value urlParam(HelperCall &call)
{
    RequestValues *request = requestOf(call);
    return request ? request->parameters().member(call[0].text()) : Value();
}

Value header(HelperCall &call)
{
    RequestValues *request = requestOf(call);
    if (!request)
        return {};
    const std::string name = text::toLower(call[0].text());
    Value found = name.empty() ? Value() : request->headers().member(name);
    return found.isTruthy() ? found : Value(call[1].text());
}

Value cookie(HelperCall &call)
{
    RequestValues *request = requestOf(call);
    if (!request)
        return {};
    Value found = call[0].isMissing() ? Value() : request->cookies().member(call[0].text());
    return found.isTruthy() ? found : Value(call[1].text());
}

Value method(HelperCall &call)
{
    const RequestView *view = viewOf(call);
    return view ? Value(view->method()) : Value();
}

Value hostname(HelperCall &call)
{
    RequestValues *request = requestOf(call);
    return request ? Value(request->hostName()) : Value();
}

Value ip(HelperCall &call)
{
    const RequestView *view = viewOf(call);
    return view ? Value(view->facts().client) : Value();
}

Value baseUrl(HelperCall &call)
{
    const RequestView *view = viewOf(call);
    if (!view)
        return {};
    return std::string(view->facts().tls ? "https" : "http") + "://" + std::string(view->host())
           + ':' + std::to_string(view->facts().port) + std::string(call.scope()->base);
}

constexpr std::array kHelpers{
    Helper{"body", "[path] [default] [stringify]", "A value of the request's body, or all of it.",
           body},
    Helper{"bodyRaw", "[path] [default]", "The same as a value, for other helpers.", bodyRaw},
    Helper{"queryParam", "[path] [default] [stringify]", "A value of the query.", queryParam},
    Helper{"queryParamRaw", "[path] [default]", "The same as a value, for other helpers.",
           queryParamRaw},
    Helper{"queryParams", "", "The whole query as an object.", whole<&RequestValues::query>},
    Helper{"urlParam", "name", "A parameter of the path.", urlParam},
    Helper{"urlParams", "", "All parameters of the path as an object.",
           whole<&RequestValues::parameters>},
    Helper{"header", "name [default]", "A header of the request.", header},
    Helper{"headers", "", "All headers as an object, names in lower case.",
           whole<&RequestValues::headers>},
    Helper{"cookie", "name [default]", "A cookie of the request.", cookie},
    Helper{"method", "", "The method, in upper case.", method},
    Helper{"hostname", "", "The host that the request names, without its port.", hostname},
    Helper{"ip", "", "The client's address.", ip},
    Helper{"baseUrl", "", "The server's URL, with the path before every path.", baseUrl},
};

} // namespace

std::span<const Helper> requestHelpers() { return kHelpers; }

} // namespace understudy::mockoon
