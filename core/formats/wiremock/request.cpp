// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/request.h"

#include "core/base/text.h"
#include "core/formats/rule_parts.h"
#include "core/formats/wiremock/matchers.h"
#include "core/formats/wiremock/multipart.h"
#include "core/formats/wiremock/url.h"
#include "core/http/header_list.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::formats::wiremock {

namespace {

using Kind = RuleTarget::Kind;

/// Collects the rules of one pattern.
class PatternReader
{
public:
    PatternReader(const Node &request, StubScope &scope)
        : m_request(request)
        , m_scope(scope)
    {}

    RequestPattern read()
    {
        UrlPattern url = translateUrl(m_request, m_scope);
        m_out.path = std::move(url.path);
        m_out.label = std::move(url.label);
        m_out.isServed = url.isServed;
        m_rules = std::move(url.rules);
        method();
        connection();
        named("pathParameters", Kind::PathParameter);
        named("queryParameters", Kind::Query);
        named("formParameters", Kind::Form);
        named("headers", Kind::Header);
        named("cookies", Kind::Cookie);
        credentials();
        bodies();
        multipart(m_request, m_rules, m_scope);
        unknown();
        if (!m_rules.empty())
            m_out.when = allOf(std::move(m_rules));
        return std::move(m_out);
    }

private:
    void add(const RuleTarget &target, const Node &matcher)
    {
        if (auto rule = translateMatcher(target, matcher, m_scope))
            m_rules.push_back(*std::move(rule));
    }

    void method()
    {
        const Node *method = member(m_request, "method");
        if (!method)
            return;
        const Node *oneOf = member(*method, "oneOf");
        const Node *noneOfThem = member(*method, "noneOf");
        if (method->isScalar() && method->text == "GET_OR_HEAD") {
            m_out.methods = {"GET", "HEAD"};
        } else if (method->isScalar()) {
            m_out.methods = {method->text};
        } else if (oneOf && oneOf->isList()) {
            m_out.methods.clear();
            for (const Node &one : oneOf->items)
                m_out.methods.push_back(one.text);
        } else if (noneOfThem && noneOfThem->isList()) {
            JsonArray names;
            for (const Node &one : noneOfThem->items)
                names.emplace_back(one.text);
            Rule rule = leaf(Kind::Method, {}, RuleOperator::OneOf, std::move(names));
            m_rules.push_back(noneOf({std::move(rule)}));
        }
        const bool isMethod
            = !m_out.methods.empty()
              && std::all_of(m_out.methods.begin(), m_out.methods.end(), http::isToken);
        if (!isMethod || (!method->isScalar() && !oneOf && !noneOfThem)) {
            m_scope.notes.notServed(m_scope.subject,
                                    "the method is none, so that this stub is switched off",
                                    method->start);
            m_out.isServed = false;
            m_out.methods = {"ANY"};
        }
    }

    void connection()
    {
        const std::string scheme = textIn(m_request, "scheme");
        if (!scheme.empty())
            m_rules.push_back(leaf(Kind::Scheme, {}, RuleOperator::Equals, scheme));
        if (const auto port = numberIn(m_request, "port"))
            m_rules.push_back(leaf(Kind::Port, {}, RuleOperator::Equals, *port));
        if (const Node *host = member(m_request, "host"))
            add({Kind::Host, {}, {}}, *host);
        if (const Node *client = member(m_request, "clientIp"))
            add({Kind::Client, {}, {}}, *client);
    }

    void named(std::string_view key, Kind kind)
    {
        const Node *matchers = member(m_request, key);
        if (!matchers)
            return;
        if (!matchers->isMap()) {
            m_scope.notes.notServed(m_scope.subject,
                                    "'" + std::string(key)
                                        + "' is no object, so that this stub never answers",
                                    matchers->start);
            m_out.isServed = false;
            return;
        }
        const bool hasCredentials = member(m_request, "basicAuthCredentials") != nullptr;
        for (std::size_t i = 0; i < matchers->keys.size(); ++i) {
            const Node::Key &name = matchers->keys[i];
            // Credentials replace what is asked of their header (as in WireMock).
            if (kind == Kind::Header && hasCredentials
                && text::equalsIgnoreCase(name.text, "Authorization"))
                continue;
            if (name.text.empty())
                continue;
            const std::string own = kind != Kind::PathParameter        ? name.text
                                    : m_out.path.starts_with("regex:") ? groupName(name.text)
                                                                       : variableName(name.text);
            add({kind, own, {}}, matchers->items[i]);
        }
    }

    void credentials()
    {
        const Node *credentials = member(m_request, "basicAuthCredentials");
        if (!credentials)
            credentials = member(m_request, "basicAuth");
        if (!credentials)
            return;
        const std::string both
            = textIn(*credentials, "username") + ':' + textIn(*credentials, "password");
        // The scheme may be written in any case (RFC 9110 section 11.1).
        const std::string encoded = text::encodeBase64(both);
        m_rules.push_back(
            leaf(Kind::Header, "Authorization", RuleOperator::OneOf,
                 JsonArray{JsonValue("Basic " + encoded), JsonValue("basic " + encoded)}));
    }

    void bodies()
    {
        const Node *patterns = member(m_request, "bodyPatterns");
        for (std::size_t i = 0; patterns && i < patterns->items.size(); ++i)
            add({Kind::Body, {}, {}}, patterns->items[i]);
    }

    void unknown()
    {
        if (const Node *custom = member(m_request, "customMatcher")) {
            m_scope.notes.notServed(m_scope.subject,
                                    "the custom matcher '" + textIn(*custom, "name")
                                        + "' is Java, so that this stub never answers",
                                    custom->start);
            m_out.isServed = false;
        }
        constexpr std::array<std::string_view, 18> kKnown{"scheme",
                                                          "host",
                                                          "port",
                                                          "clientIp",
                                                          "url",
                                                          "urlPattern",
                                                          "urlPath",
                                                          "urlPathPattern",
                                                          "urlPathTemplate",
                                                          "method",
                                                          "headers",
                                                          "pathParameters",
                                                          "queryParameters",
                                                          "formParameters",
                                                          "cookies",
                                                          "bodyPatterns",
                                                          "customMatcher",
                                                          "multipartPatterns"};
        for (std::size_t i = 0; i < m_request.keys.size(); ++i) {
            const Node::Key &key = m_request.keys[i];
            if (std::find(kKnown.begin(), kKnown.end(), key.text) == kKnown.end()
                && key.text != "basicAuthCredentials" && key.text != "basicAuth")
                m_scope.notes.notServed(
                    m_scope.subject, text::inQuotes(key.text) + " is no key of a request pattern",
                    key.at);
        }
    }

    const Node &m_request;
    StubScope &m_scope;
    RequestPattern m_out;
    std::vector<Rule> m_rules;
};

} // namespace

RequestPattern translateRequest(const Node *request, StubScope &scope)
{
    static const Node any = Node::map();
    return PatternReader(request ? *request : any, scope).read();
}

std::string subjectOf(const Node *request)
{
    std::string method = request ? textIn(*request, "method") : std::string();
    if (method.empty())
        method = "ANY";
    for (const std::string_view key :
         {"url", "urlPattern", "urlPath", "urlPathPattern", "urlPathTemplate"}) {
        const std::string url = request ? textIn(*request, key) : std::string();
        if (!url.empty())
            return method.append(" ").append(url);
    }
    return method + " any URL";
}

} // namespace understudy::formats::wiremock
