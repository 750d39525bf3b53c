// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/request.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/recorded/url.h"
#include "core/http/uri.h"

#include <algorithm>
#include <cctype>

namespace understudy::formats::postman {

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

/// "https://host/path", "{{host}}/path", "host:80/path", "/path", and "http:///path", which the
/// desktop program writes for a URL without a host.
void splitAddress(std::string_view address, PostmanRequest &request)
{
    address = text::trim(address);
    address = address.substr(0, address.find('#'));
    const std::size_t question = std::min(address.find('?'), address.size());
    if (question < address.size())
        request.query = address.substr(question + 1);
    address = address.substr(0, question);
    const std::size_t scheme = address.find("://");
    const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t path = std::min(address.find('/', host), address.size());
    request.host = text::toLower(address.substr(0, path));
    if (path + 1 > address.size())
        return;
    for (const std::string_view segment : text::split(address.substr(path + 1), '/'))
        request.segments.emplace_back(segment);
    if (request.segments.size() == 1 && request.segments[0].empty())
        request.segments.clear();
}

std::string parameterName(std::string_view written)
{
    std::string out;
    for (const char c : written) {
        const bool isPlain
            = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
        if (isPlain)
            out += c;
        else if (c != '$')
            out += '_';
    }
    return out.empty() ? "value" : out;
}

/// Of one path that have names of their own.
constexpr std::size_t kMaxParameters = 50;

bool isParameter(std::string_view segment)
{
    return (segment.size() > 1 && segment.starts_with(':')) || findMention(segment).exists();
}

class PathBuilder
{
public:
    explicit PathBuilder(const PostmanRequest &request)
        : m_request(request)
    {}

    PostmanPath run()
    {
        const std::size_t count = m_request.segments.size();
        for (std::size_t i = 0; i < count; ++i)
            segment(m_request.segments[i], count - 1 - i);
        if (m_out.path.empty())
            m_out.path = m_out.shape = "/";
        return std::move(m_out);
    }

private:
    void segment(std::string_view text, std::size_t fromEnd)
    {
        const Mention mention = findMention(text);
        const bool isNamed = text.size() > 1 && text.starts_with(':');
        if (!isNamed && !mention.exists()) {
            const std::string literal = '/' + recorded::literalSegment(text);
            m_out.path += literal;
            m_out.shape += literal;
        } else if (m_names.size() >= kMaxParameters
                   || (mention.exists() && findMention(text, mention.end).exists())) {
            any();
        } else if (mention.exists()) {
            add(text.substr(0, mention.from), mention.name, text.substr(mention.end), fromEnd);
        } else {
            add({}, text.substr(1), {}, fromEnd);
        }
    }

    void any()
    {
        m_out.isLoose = true;
        m_out.path += "/*";
        m_out.shape += "/*";
    }

    void add(std::string_view prefix, std::string_view name, std::string_view suffix,
             std::size_t fromEnd)
    {
        const std::string base = parameterName(name);
        std::string unique = base;
        for (int i = 2; isTaken(unique); ++i)
            unique = base + '-' + std::to_string(i);
        const std::string before = '/' + recorded::literalSegment(prefix);
        const std::string after = recorded::literalSegment(suffix);
        m_out.path += before;
        m_out.path += '{' + unique + '}' + after;
        m_out.shape += before;
        m_out.shape += "{}" + after;
        // What is around it belongs to the segment, not to the value.
        if (prefix.empty() && suffix.empty())
            m_out.parameters.push_back({unique, fromEnd});
        m_names.push_back(std::move(unique));
    }

    bool isTaken(const std::string &name) const
    {
        return std::find(m_names.begin(), m_names.end(), name) != m_names.end();
    }

    const PostmanRequest &m_request;
    PostmanPath m_out;
    std::vector<std::string> m_names;
};

bool isKnown(std::string_view text) { return !findMention(text).exists(); }

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
        JsonObject object{{"query", variables.filled(textOf(query, "query"))}};
        if (auto values = JsonValue::parse(variables.filled(textOf(query, "variables"))))
            object.set("variables", *std::move(values));
        facts.addJson(JsonValue(std::move(object)));
    }
}

} // namespace

PostmanRequest readRequest(const yaml::Node &node, Variables &variables)
{
    PostmanRequest out;
    if (!node.isMap()) {
        splitAddress(variables.filled(textOf(&node).value_or(std::string())), out);
        return out;
    }
    out.node = &node;
    if (const std::string method = textOf(&node, "method"); !method.empty())
        out.method = text::toUpper(text::trim(method));
    const yaml::Node *url = fieldOf(&node, "url");
    splitAddress(variables.filled(addressOf(url)), out);
    for (const yaml::Node &each : listOf(url, "variable")) {
        std::string name = textOf(&each, "key");
        if (name.empty())
            name = textOf(&each, "id");
        if (const auto value = textOf(fieldOf(&each, "value")); value && !value->empty())
            out.pathValues[name] = variables.filled(*value);
    }
    return out;
}

PostmanPath pathOf(const PostmanRequest &request) { return PathBuilder(request).run(); }

recorded::RequestFacts factsOf(const PostmanRequest &request, const PostmanPath &path,
                               Variables &variables)
{
    recorded::RequestFacts facts;
    for (const PostmanPath::Parameter &parameter : path.parameters) {
        const std::size_t count = request.segments.size();
        if (parameter.fromEnd >= count)
            continue;
        std::string value = request.segments[count - 1 - parameter.fromEnd];
        if (isParameter(value)) {
            const auto given = request.pathValues.find(value.substr(1));
            value = given == request.pathValues.end() ? std::string() : given->second;
        } else {
            value = http::percentDecode(value);
        }
        if (!value.empty() && isKnown(value))
            facts.add(RuleTarget::Kind::PathParameter, parameter.name, std::move(value));
    }
    for (const std::string_view pair : text::split(request.query, '&')) {
        if (isKnown(pair))
            facts.addQuery(pair);
    }
    addBody(request.node, variables, facts);
    return facts;
}

} // namespace understudy::formats::postman
