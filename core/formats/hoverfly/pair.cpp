// SPDX-License-Identifier: Apache-2.0
#include "core/formats/hoverfly/pair.h"

#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/hoverfly/answer.h"
#include "core/formats/hoverfly/state.h"
#include "core/formats/java_pattern.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/recorded/url.h"
#include "core/formats/rule_parts.h"
#include "core/http/header_list.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>

namespace understudy::formats::hoverfly {

using recorded::fieldOf;
using yaml::Node;
using Kind = RuleTarget::Kind;

namespace {

constexpr std::array<std::string_view, 12> kKnownOfRequest{"path",
                                                           "method",
                                                           "destination",
                                                           "scheme",
                                                           "query",
                                                           "deprecatedQuery",
                                                           "queriesWithMatchers",
                                                           "body",
                                                           "headers",
                                                           "headersWithMatchers",
                                                           "requiresState",
                                                           "requestType"};

std::string firstText(const Node *field)
{
    const std::vector<FieldMatcher> matchers = matchersOf(field);
    return matchers.empty() ? std::string() : recorded::oneLine(matchers.front().text());
}

/// Collects the rules of one request.
class PairReader
{
public:
    PairReader(const Node *request, ReadPair &out, Translation &scope)
        : m_request(request)
        , m_out(out)
        , m_scope(scope)
    {}

    std::optional<Rule> read()
    {
        method();
        path();
        destination();
        scheme();
        query();
        named("headers", Kind::Header);
        named("headersWithMatchers", Kind::Header);
        named("queriesWithMatchers", Kind::Query);
        for (const FieldMatcher &matcher : fields("body"))
            m_rules.push_back(matcherRule({Kind::Body, {}, {}}, matcher, m_scope));
        if (const Node *state = recorded::mapOf(m_request, "requiresState"))
            m_out.score += requireState(*state, m_out.endpoint, m_rules);
        if (m_rules.empty())
            return std::nullopt;
        return allOf(std::move(m_rules));
    }

private:
    /// The matchers of a field, with what they add to the score.
    std::vector<FieldMatcher> fields(std::string_view key)
    {
        return scored(fieldOf(m_request, key));
    }

    std::vector<FieldMatcher> scored(const Node *field)
    {
        std::vector<FieldMatcher> out = matchersOf(field);
        for (const FieldMatcher &matcher : out)
            m_out.score += matcher.score();
        return out;
    }

    void method()
    {
        for (const FieldMatcher &matcher : fields("method")) {
            const std::string text = matcher.text();
            const bool isFirst = m_out.endpoint.methods == std::vector<std::string>{"ANY"};
            const bool isLiteral = matcher.kind == "exact"
                                   || (matcher.kind == "glob" && text.find('*') == text.npos);
            if (isLiteral && isFirst && http::isToken(text))
                m_out.endpoint.methods = {text};
            else
                m_rules.push_back(matcherRule({Kind::Method, {}, {}}, matcher, m_scope));
        }
    }

    void path()
    {
        m_out.endpoint.path = "regex:.*";
        bool isFirst = true;
        for (const FieldMatcher &matcher : fields("path")) {
            const std::string text = matcher.text();
            std::string path;
            if (matcher.kind == "exact" && text.starts_with('/'))
                path = recorded::literalPath(text);
            else if (matcher.kind == "glob")
                path = text.find('*') == text.npos ? recorded::literalPath(text)
                                                   : "regex:" + globPattern(text);
            else if (matcher.kind == "regex")
                path = "regex:" + searchPattern(text);
            if (isFirst && !path.empty() && !matcher.next) {
                m_scope.setPath(m_out.endpoint, std::move(path), matcher.at);
                if (m_out.endpoint.path.starts_with("regex:"))
                    m_out.endpoint.name = recorded::oneLine(text);
            } else {
                m_rules.push_back(matcherRule({Kind::Path, {}, {}}, matcher, m_scope));
            }
            isFirst = false;
        }
    }

    void destination()
    {
        for (const FieldMatcher &matcher : fields("destination")) {
            const std::string text = matcher.text();
            if (matcher.kind == "exact" || (matcher.kind == "glob" && text.find('*') == text.npos))
                m_out.destination.exact = text;
            else if (matcher.kind == "glob" || matcher.kind == "regex")
                pattern(matcher, matcher.kind == "glob" ? '^' + globPattern(text) + "\\z" : text);
            else
                m_scope.notServed("the destination is not compared by "
                                      + text::inQuotes(recorded::oneLine(matcher.kind)),
                                  matcher.at);
        }
    }

    void pattern(const FieldMatcher &matcher, const std::string &expression)
    {
        if (matcher.text() == "*" || matcher.text() == ".*") // any host
            return;
        Destination &out = m_out.destination;
        auto regex = Regex::compile(expression);
        if (regex) {
            out.patterns.push_back(*std::move(regex));
            out.written += (out.written.empty() ? "" : ", ") + recorded::oneLine(matcher.text());
            return;
        }
        out.isNone = true;
        m_scope.switchOff("its destination is no regular expression: " + regex.error().message,
                          matcher.at);
    }

    /// Servers listen without TLS; who asks for https would get no answer.
    void scheme()
    {
        for (const FieldMatcher &matcher : fields("scheme")) {
            if (matcher.text() == "https")
                m_scope.changed("recorded over https; served without TLS, which 'listen.tls' turns "
                                "on",
                                matcher.at);
        }
    }

    /// By names in schema v5; the whole of it in older ones.
    void query()
    {
        const Node *query = fieldOf(m_request, "query");
        const bool isNamed = query && query->isMap()
                             && std::all_of(query->items.begin(), query->items.end(),
                                            [](const Node &item) { return item.isList(); });
        if (isNamed)
            named("query", Kind::Query);
        else
            wholeQuery(query);
        wholeQuery(fieldOf(m_request, "deprecatedQuery"));
    }

    void wholeQuery(const Node *field)
    {
        for (const FieldMatcher &matcher : scored(field)) {
            const std::string text = matcher.text();
            if (matcher.kind == "exact") {
                exactQuery(text);
                continue;
            }
            if (matcher.kind != "glob" && matcher.kind != "regex") {
                m_rules.push_back(matcherRule({Kind::Url, {}, {}}, matcher, m_scope));
                m_scope.switchOff("the whole query is not compared by "
                                      + text::inQuotes(recorded::oneLine(matcher.kind)),
                                  matcher.at);
                continue;
            }
            m_scope.changed("the query is compared as it was sent: encoded, and in its own order",
                            matcher.at);
            const std::string pattern = matcher.kind == "glob"
                                            ? "(?:\\?|\\z)(?:" + globPattern(text) + ")\\z"
                                            : "\\?.*(?:" + text + ")";
            m_rules.push_back(leaf(Kind::Url, {}, RuleOperator::Matches, "^[^?]*" + pattern));
        }
    }

    void exactQuery(const std::string &text)
    {
        if (text.empty()) {
            m_rules.push_back(
                noneOf({leaf(Kind::Url, {}, RuleOperator::Contains, std::string("?"))}));
            return;
        }
        std::vector<std::pair<std::string, JsonArray>> names;
        for (auto &[name, value] : http::parseQuery(text)) {
            const std::string wanted = name;
            const auto known = std::find_if(names.begin(), names.end(),
                                            [&](const auto &one) { return one.first == wanted; });
            if (known == names.end())
                names.push_back({wanted, {JsonValue(value)}});
            else
                known->second.emplace_back(value);
        }
        for (auto &[name, values] : names) {
            if (name.empty())
                continue;
            m_rules.push_back(
                values.size() == 1
                    ? leaf(Kind::Query, name, RuleOperator::Equals, values[0])
                    : leaf(Kind::Query, name, RuleOperator::HasExactly, std::move(values)));
        }
    }

    void named(std::string_view key, Kind kind)
    {
        const Node *map = recorded::mapOf(m_request, key);
        for (std::size_t i = 0; map && i < map->items.size(); ++i) {
            const std::string &name = map->keys[i].text;
            if (name.empty())
                continue;
            const RuleTarget target{kind, name, {}};
            const std::vector<FieldMatcher> matchers = scored(&map->items[i]);
            if (matchers.empty())
                m_rules.push_back(leaf(target, RuleOperator::Absent, false));
            for (const FieldMatcher &matcher : matchers) {
                if (matcher.kind.starts_with("neg"))
                    m_rules.push_back(leaf(target, RuleOperator::Absent, false));
                m_rules.push_back(matcherRule(target, matcher, m_scope));
            }
        }
    }

    const Node *m_request;
    ReadPair &m_out;
    Translation &m_scope;
    std::vector<Rule> m_rules;
};

} // namespace

bool Destination::isMeant(const std::string &host) const
{
    return !isNone && (exact.empty() || exact == host)
           && std::all_of(patterns.begin(), patterns.end(),
                          [&](const Regex &pattern) { return pattern.matches(host); });
}

ReadPair readPair(const Node &pair, Notes &notes)
{
    const Node *request = recorded::mapOf(&pair, "request");
    const Node *response = recorded::mapOf(&pair, "response");
    std::string method = firstText(fieldOf(request, "method"));
    std::string path = firstText(fieldOf(request, "path"));
    Translation scope(notes,
                      (method.empty() ? "ANY" : method) + ' ' + (path.empty() ? "any path" : path),
                      "pair");
    ReadPair out;
    out.at = pair.start;
    Response answer;
    answer.when = PairReader(request, out, scope).read();
    if (request)
        scope.noteOthers(*request, kKnownOfRequest, "a request");
    if (response)
        translateAnswer(*response, answer, scope);
    if (!request || !response)
        scope.switchOff("a pair has an object 'request' and an object 'response'", pair.start);
    out.endpoint.enabled = scope.isServed();
    out.endpoint.responses.push_back(std::move(answer));
    return out;
}

} // namespace understudy::formats::hoverfly
