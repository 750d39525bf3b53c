// SPDX-License-Identifier: Apache-2.0
#include "core/formats/described/request.h"

#include "core/base/text.h"
#include "core/formats/described/variables.h"
#include "core/formats/recorded/url.h"
#include "core/http/uri.h"

#include <algorithm>
#include <cctype>

namespace understudy::formats::described {

namespace {

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
    explicit PathBuilder(const Request &request)
        : m_request(request)
    {}

    RequestPath run()
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

    const Request &m_request;
    RequestPath m_out;
    std::vector<std::string> m_names;
};

} // namespace

void readAddress(std::string_view address, Request &request)
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

RequestPath pathOf(const Request &request) { return PathBuilder(request).run(); }

recorded::RequestFacts factsOf(const Request &request, const RequestPath &path)
{
    recorded::RequestFacts facts;
    for (const RequestPath::Parameter &parameter : path.parameters) {
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
    return facts;
}

void addGraphQl(recorded::RequestFacts &facts, std::string query, std::string_view variables)
{
    JsonObject object{{"query", std::move(query)}};
    if (auto values = JsonValue::parse(variables))
        object.set("variables", *std::move(values));
    facts.addJson(JsonValue(std::move(object)));
}

} // namespace understudy::formats::described
