// SPDX-License-Identifier: Apache-2.0
#include "core/formats/pact/request.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/java_pattern.h"
#include "core/formats/pact/body_schema.h"
#include "core/formats/pact/content.h"
#include "core/formats/pact/text_matcher.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/recorded/url.h"
#include "core/formats/rule_parts.h"
#include "core/http/header_list.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>

namespace understudy::formats::pact {

using recorded::fieldOf;
using recorded::textOf;
using yaml::Node;
using Kind = RuleTarget::Kind;

namespace {

constexpr std::array<std::string_view, 7> kKnownOfRequest{
    "method", "path", "query", "headers", "body", "matchingRules", "generators"};

constexpr std::size_t kMostNames = 500;

/// Names with all their values, in order.
struct NamedValues
{
    std::vector<std::pair<std::string, std::vector<std::string>>> names;
    bool wasCut = false;

    void add(const std::string &name, const std::string &value)
    {
        const auto known = std::find_if(names.begin(), names.end(),
                                        [&](const auto &one) { return one.first == name; });
        if (known != names.end())
            known->second.push_back(value);
        else if (!name.empty() && names.size() < kMostNames)
            names.push_back({name, {value}});
        else
            wasCut |= !name.empty();
    }
};

NamedValues queryOf(const Node *query)
{
    NamedValues out;
    if (query && query->isScalar() && !query->isNull()) {
        for (const auto &[name, value] : http::parseQuery(query->text))
            out.add(name, value);
    }
    for (std::size_t i = 0; query && query->isMap() && i < query->items.size(); ++i) {
        for (const std::string &value : headerValues(query->items[i]))
            out.add(query->keys[i].text, value);
    }
    return out;
}

/// No other parameters are there than those; nothing where that is too much for an expression.
std::optional<Rule> nothingElse(const NamedValues &query)
{
    if (query.wasCut)
        return std::nullopt;
    if (query.names.empty())
        return noneOf({leaf(Kind::Url, {}, RuleOperator::Contains, std::string("?"))});
    std::string names;
    for (const auto &one : query.names) {
        names += names.empty() ? "" : "|";
        names += asPattern(one.first);
        if (const std::string encoded = http::percentEncode(one.first); encoded != one.first)
            names += '|' + asPattern(encoded);
    }
    const std::string whole = "^[^?]*\\?(?:(?i:" + names + ")(?:=[^&]*)?(?:&|\\z))*\\z";
    if (!Regex::compile(whole))
        return std::nullopt;
    return leaf(Kind::Url, {}, RuleOperator::Matches, whole);
}

class RequestReader
{
public:
    RequestReader(const Node &request, bool isVersion4, Endpoint &endpoint, Translation &scope)
        : m_request(request)
        , m_isVersion4(isVersion4)
        , m_endpoint(endpoint)
        , m_scope(scope)
        , m_rules(fieldOf(&request, "matchingRules"))
    {}

    ExpectedRequest read()
    {
        const std::string method = text::toUpper(textOf(&m_request, "method"));
        if (http::isToken(method))
            m_endpoint.methods = {method};
        else
            m_scope.switchOff("its method is none", m_request.start);
        if (m_rules.wasCut())
            m_scope.notServed("it has more than 2000 matching rules; what the others are for is "
                              "compared as it is written",
                              fieldOf(&m_request, "matchingRules")->start);
        path();
        query();
        headers();
        // As in the stub server bodies of other methods do not count.
        if (method == "POST" || method == "PUT" || method == "PATCH")
            body();
        else if (const Node *node = fieldOf(&m_request, "body"); node && !node->isNull())
            m_scope.changed("the body of a " + method + " is not compared", node->start);
        m_scope.noteOthers(m_request, kKnownOfRequest, "a request");
        return std::move(m_out);
    }

private:
    void path()
    {
        const Node *node = fieldOf(&m_request, "path");
        const std::string path = node ? textOf(node).value_or(std::string()) : std::string();
        const yaml::Mark at = node ? node->start : m_request.start;
        const MatcherSet *set = m_rules.ofPath();
        if (!set || set->matchers.empty()) {
            m_scope.setPath(m_endpoint, recorded::literalPath(path), at);
            return;
        }
        const Node &first = *set->matchers.front();
        const auto pattern = patternOf(first, path, m_scope);
        const std::string whole = kindOf(first) == "regex"
                                      ? withoutUnicodeEscapes(textOf(&first, "regex"))
                                  : pattern ? searchPattern(*pattern)
                                            : ".*";
        m_scope.setPath(m_endpoint, "regex:" + whole, at);
        for (std::size_t i = 1; i < set->matchers.size(); ++i) {
            MatcherSet other;
            other.matchers.push_back(set->matchers[i]);
            m_out.rules.push_back(textRule({Kind::Path, {}, {}}, path, &other, m_scope));
        }
    }

    void query()
    {
        const Node *node = fieldOf(&m_request, "query");
        const NamedValues query = queryOf(node);
        if (auto rule = nothingElse(query))
            m_out.rules.push_back(*std::move(rule));
        else
            m_scope.notServed("it has too many or too long parameters: other ones are allowed, and "
                              "the first 500 compared",
                              node->start);
        for (const auto &[name, values] : query.names) {
            const RuleTarget target{Kind::Query, name, {}};
            const MatcherSet *set = m_rules.ofQuery(name);
            if (set || values.size() == 1) {
                m_out.rules.push_back(textRule(target, values.front(), set, m_scope));
                if (set)
                    continue;
            }
            JsonArray all;
            for (const std::string &value : values)
                all.emplace_back(value);
            if (all.size() > 1)
                m_out.rules.push_back(leaf(target, RuleOperator::HasExactly, std::move(all)));
        }
    }

    void headers()
    {
        const Node *map = recorded::mapOf(&m_request, "headers");
        for (std::size_t i = 0; map && i < map->items.size(); ++i) {
            const std::string &name = map->keys[i].text;
            std::string joined;
            for (const std::string &value : headerValues(map->items[i])) {
                joined += joined.empty() ? "" : ", ";
                joined += value;
            }
            if (text::equalsIgnoreCase(name, "Content-Type"))
                m_mediaType = joined;
            if (http::isToken(name))
                m_out.headers.push_back(
                    textRule({Kind::Header, name, {}}, joined, m_rules.ofHeader(name), m_scope));
            else
                m_scope.notServed(text::inQuotes(recorded::oneLine(name))
                                      + " is not a header name; it is not compared",
                                  map->keys[i].at);
        }
    }

    /// A request without a body meets any.
    void body()
    {
        const RuleTarget target{Kind::Body, {}, {}};
        auto rule = bodyRule(readContent(m_request, m_mediaType, m_isVersion4));
        if (rule)
            m_out.rules.push_back(
                anyOf({leaf(target, RuleOperator::Absent, true),
                       leaf(target, RuleOperator::Empty, true), *std::move(rule)}));
    }

    std::optional<Rule> bodyRule(const Content &content)
    {
        const RuleTarget target{Kind::Body, {}, {}};
        switch (content.kind) {
        case Content::Kind::None:
            return std::nullopt;
        case Content::Kind::Json:
            return jsonRule(content);
        case Content::Kind::Base64:
            if (m_rules.hasBody() || !text::decodeBase64(content.text)) {
                m_scope.notServed("its body is not compared", content.at);
                return std::nullopt;
            }
            return leaf(target, RuleOperator::Binary, content.text);
        case Content::Kind::Text:
            break;
        }
        if (content.isXml()) {
            if (!m_rules.hasBody())
                return leaf(target, RuleOperator::Xml, content.text);
            m_scope.notServed("matching rules of XML are not used; any XML will do", content.at);
            return leaf(target, RuleOperator::XPath, "/*");
        }
        if (content.isForm())
            return formRule(content);
        return textRule(target, content.text, m_rules.ofBody({}).set, m_scope);
    }

    std::optional<Rule> jsonRule(const Content &content)
    {
        const RuleTarget target{Kind::Body, {}, {}};
        constexpr std::size_t kMostValues = 20'000;
        const JsonExtent extent = extentOf(content.json);
        if (m_rules.hasBody() && extent.values > kMostValues) {
            m_scope.switchOff("its body is too large for matching rules", content.at);
            return std::nullopt;
        }
        // Each level of an example is two of its schema.
        if (extent.depth > kDeepestJson / (m_rules.hasBody() ? 2 : 1)) {
            m_scope.switchOff("its body is nested too deeply", content.at);
            return std::nullopt;
        }
        if (!m_rules.hasBody())
            return leaf(target, RuleOperator::Json, content.json);
        return leaf(target, RuleOperator::JsonSchema,
                    bodySchema(content.json, content.at, m_rules, m_scope));
    }

    Rule formRule(const Content &content)
    {
        std::vector<Rule> rules;
        Node text = Node::ofText(content.text);
        const NamedValues form = queryOf(&text);
        if (form.wasCut)
            m_scope.notServed("of its form the first 500 fields are compared", content.at);
        for (const auto &[name, values] : form.names) {
            const RuleTarget field{Kind::Form, name, {}};
            const MatcherSet *set = m_rules.ofBody({{name, false}}).set;
            JsonArray all;
            for (const std::string &value : values)
                all.emplace_back(value);
            rules.push_back(set ? textRule(field, values.front(), set, m_scope)
                                : leaf(field, RuleOperator::HasExactly, std::move(all)));
        }
        return rules.empty() ? always() : allOf(std::move(rules));
    }

    const Node &m_request;
    bool m_isVersion4;
    Endpoint &m_endpoint;
    Translation &m_scope;
    MatchingRules m_rules;
    std::string m_mediaType;
    ExpectedRequest m_out;
};

} // namespace

std::string subjectOf(const Node *request)
{
    const std::string method = text::toUpper(textOf(request, "method"));
    const std::string path = textOf(request, "path");
    return recorded::oneLine((method.empty() ? "ANY" : method) + ' '
                             + (path.empty() ? "any path" : path));
}

std::vector<std::string> headerValues(const Node &value)
{
    std::vector<std::string> out;
    if (const auto text = textOf(&value))
        out.push_back(*text);
    for (const Node &item : value.items) {
        if (value.isList())
            out.push_back(textOf(&item).value_or(std::string()));
    }
    return out;
}

ExpectedRequest translateRequest(const Node &request, bool isVersion4, Endpoint &endpoint,
                                 Translation &scope)
{
    return RequestReader(request, isVersion4, endpoint, scope).read();
}

} // namespace understudy::formats::pact
