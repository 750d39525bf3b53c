// SPDX-License-Identifier: Apache-2.0
#include "core/template/mockoon/request_values.h"

#include "core/base/path_text.h"
#include "core/base/text.h"
#include "core/http/uri.h"
#include "core/match/json_path.h"
#include "core/template/grouped_values.h"
#include "core/template/mockoon/query_object.h"
#include "core/template/mockoon/xml_object.h"
#include "core/template/render_scope.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace understudy::mockoon {

namespace {

using handlebars::Value;

std::optional<std::uint32_t> arrayIndex(std::string_view name)
{
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    if (error != std::errc() || end != name.data() + name.size()
        || (name.size() > 1 && name.front() == '0'))
        return std::nullopt;
    return index;
}

JsonObject orderedObject(const JsonObject &object)
{
    std::vector<JsonMember> members(object.begin(), object.end());
    for (JsonMember &member : members)
        member.value = asJavaScript(std::move(member.value));
    std::stable_sort(members.begin(), members.end(), [](const JsonMember &a, const JsonMember &b) {
        const auto left = arrayIndex(a.name);
        const auto right = arrayIndex(b.name);
        if (left && right)
            return *left < *right;
        return left.has_value() && !right;
    });
    return JsonObject::of(std::move(members));
}

std::string contentTypeOf(const MatchContext &request)
{
    return text::toLower(
        request.request.request().head.find("Content-Type").value_or(std::string_view()));
}

bool contains(std::string_view text, std::string_view what)
{
    return text.find(what) != std::string_view::npos;
}

JsonValue multipartObject(const RequestView &view)
{
    handlebars::GroupedValues parts;
    for (const BodyPart &part : view.parts()) {
        JsonValue value = std::string(part.content);
        if (!part.fileName.empty())
            value = JsonObject{{"filename", part.fileName},
                               {"mimetype", "application/octet-stream"},
                               {"size", part.content.size()}};
        parts.add(part.name, std::move(value));
    }
    return std::move(parts).take();
}

Value parsedBody(const MatchContext &request)
{
    const RequestView &view = request.request;
    const std::string type = contentTypeOf(request);
    const auto body = view.body();
    if (!body || body->empty())
        return {};
    if (contains(type, "application/json") || contains(type, "+json")) {
        const JsonValue *json = view.json();
        return json ? Value::ofJson(asJavaScript(*json)) : Value();
    }
    if (contains(type, "application/x-www-form-urlencoded"))
        return Value::ofJson(queryObject(*body, kFormDepth));
    if (contains(type, "multipart/form-data"))
        return Value::ofJson(multipartObject(view));
    if (contains(type, "application/xml") || contains(type, "application/soap+xml")
        || contains(type, "text/xml")) {
        const XmlBody *xml = view.xml();
        return xml ? Value::ofJson(xmlObject(*xml)) : Value();
    }
    return {};
}

} // namespace

RequestValues::RequestValues(const MatchContext &request)
    : m_request(request)
{}

const Value &RequestValues::body()
{
    if (!m_body)
        m_body = parsedBody(m_request);
    return *m_body;
}

const std::string &RequestValues::rawBody()
{
    if (!m_raw) {
        const auto body = m_request.request.body();
        m_raw = body ? text::asUtf8(std::string(*body)) : std::string();
    }
    return *m_raw;
}

const Value &RequestValues::query()
{
    if (!m_query)
        m_query = Value::ofJson(queryObject(m_request.request.target().query, kQueryDepth));
    return *m_query;
}

const Value &RequestValues::parameters()
{
    if (!m_parameters) {
        std::vector<JsonMember> members;
        for (const auto &[name, value] : m_request.pathParameters)
            members.push_back({name, value});
        m_parameters = Value(JsonObject::of(std::move(members)));
    }
    return *m_parameters;
}

const Value &RequestValues::headers()
{
    if (!m_headers) {
        std::vector<JsonMember> members;
        std::unordered_map<std::string, std::size_t> places;
        std::vector<std::pair<std::string, std::string>> values;
        const http::RequestHead &head = m_request.request.request().head;
        for (std::size_t i = 0; i < head.headerCount(); ++i) {
            const http::HeaderView field = head.header(i);
            std::string name = text::toLower(field.name);
            const auto [place, isNew] = places.try_emplace(name, values.size());
            if (isNew)
                values.emplace_back(std::move(name), field.value);
            else
                values[place->second].second.append(", ").append(field.value);
        }
        members.reserve(values.size());
        for (auto &[name, value] : values)
            members.push_back({std::move(name), std::move(value)});
        m_headers = Value(JsonObject::of(std::move(members)));
    }
    return *m_headers;
}

const Value &RequestValues::cookies()
{
    if (!m_cookies) {
        std::vector<JsonMember> members;
        std::unordered_set<std::string_view> names;
        for (const auto &[name, value] : m_request.request.cookies()) {
            if (!names.insert(name).second)
                continue; // the first counts
            if (value.starts_with("j:")) {
                if (auto json = JsonValue::parse(std::string_view(value).substr(2))) {
                    members.push_back({name, *std::move(json)});
                    continue;
                }
            }
            members.push_back({name, http::percentDecode(value)});
        }
        m_cookies = Value(JsonObject::of(std::move(members)));
    }
    return *m_cookies;
}

std::string RequestValues::hostName() const { return std::string(m_request.request.host()); }

RequestValues &requestOf(handlebars::RenderScope &scope)
{
    if (!scope.mockoon)
        scope.mockoon = std::make_unique<RequestValues>(*scope.request);
    return *scope.mockoon;
}

JsonValue asJavaScript(JsonValue value)
{
    if (const JsonNumber *number = value.ifNumber()) {
        const double read = handlebars::numberOf(number->text);
        return std::isfinite(read) ? JsonValue(JsonNumber{handlebars::numberText(read)})
                                   : JsonValue(); // as JSON.stringify writes it
    }
    if (JsonArray *list = value.ifArray()) {
        for (JsonValue &item : *list)
            item = asJavaScript(std::move(item));
    } else if (const JsonObject *object = value.ifObject()) {
        return orderedObject(*object);
    }
    return value;
}

Value lookUpDots(const Value &in, std::string_view path)
{
    Value out = in;
    for (const std::string &step : path_text::dotPathSteps(path)) {
        if (out.isMissing())
            return {};
        out = out.member(step);
    }
    return out;
}

Value lookUpJsonPath(const Value &in, const std::string &path)
{
    constexpr std::size_t kMaxLength = 1000;
    if (path.size() > kMaxLength)
        return {};
    const auto rewritten = path_text::toRfcJsonPath(path.starts_with('$') ? path : "$." + path);
    if (!rewritten)
        return {};
    const auto compiled = JsonPath::parse(*rewritten);
    const auto owner = in.shared();
    if (!compiled || !owner)
        return {};
    const auto hits = compiled->select(*owner);
    if (hits.empty())
        return {};
    if (compiled->isSingular())
        return Value::ofJson(owner, *hits.front());
    JsonArray list;
    for (const JsonValue *hit : hits)
        list.push_back(*hit);
    return Value(std::move(list));
}

Value lookUp(const Value &in, const std::string &path)
{
    if (path.empty() || (!in.ifList() && !in.ifObject()))
        return in;
    return path.starts_with('$') ? lookUpJsonPath(in, path) : lookUpDots(in, path);
}

} // namespace understudy::mockoon
