// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockserver/request.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/mockserver/body.h"
#include "core/formats/mockserver/named.h"
#include "core/formats/mockserver/nottable.h"
#include "core/formats/mockserver/path.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"
#include "core/http/header_list.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mockserver {

using recorded::fieldOf;
using recorded::textOf;
using yaml::Node;
using Kind = RuleTarget::Kind;

namespace {

constexpr std::string_view kAnyPath = "regex:.*";

constexpr std::array<std::string_view, 17> kKnownOfRequest{"method",
                                                           "path",
                                                           "pathParameters",
                                                           "queryStringParameters",
                                                           "headers",
                                                           "cookies",
                                                           "body",
                                                           "not",
                                                           "secure",
                                                           "remoteAddress",
                                                           "specUrlOrPayload",
                                                           "operationId",
                                                           "keepAlive",
                                                           "protocol",
                                                           "socketAddress",
                                                           "localAddress",
                                                           "logCorrelationId"};
/// Known, and not compared here.
constexpr std::array<std::string_view, 4> kNotCompared{"keepAlive", "protocol", "socketAddress",
                                                       "localAddress"};

/// Collects the rules of one request.
class RequestReader
{
public:
    RequestReader(const Node &request, Endpoint &endpoint, Translation &scope)
        : m_request(request)
        , m_endpoint(endpoint)
        , m_scope(scope)
    {}

    std::optional<Rule> read()
    {
        // The opposite of all of it is asked of any method and path.
        const bool isOpposite = recorded::isTrue(&m_request, "not");
        method(!isOpposite);
        path(!isOpposite);
        for (const NamedRow &row : kNamed)
            addNamed(row);
        connection();
        if (const Node *body = fieldOf(&m_request, "body"); body && !body->isNull()) {
            if (auto rule = translateBody(*body, m_scope)) {
                rule->origin = {body->start.line, body->start.column};
                m_rules.push_back(*std::move(rule));
            }
        }
        others();
        if (isOpposite)
            return m_rules.empty() ? never() : noneOf({allOf(std::move(m_rules))});
        if (m_rules.empty())
            return std::nullopt;
        return allOf(std::move(m_rules));
    }

private:
    struct NamedRow
    {
        std::string_view key;
        Kind kind;
    };
    static constexpr std::array kNamed{
        NamedRow{"pathParameters", Kind::PathParameter},
        NamedRow{"queryStringParameters", Kind::Query},
        NamedRow{"headers", Kind::Header},
        NamedRow{"cookies", Kind::Cookie},
    };

    /// The text of a field; blank where any will do.
    Nottable askedOf(std::string_view key) const
    {
        const Node *node = fieldOf(&m_request, key);
        return node && !node->isNull() ? readNottable(*node) : Nottable();
    }

    void method(bool asEndpoint)
    {
        const Nottable asked = askedOf("method");
        if (asked.isBlank())
            return;
        if (asEndpoint && !asked.isNot && !asked.schema) {
            std::vector<std::string> methods;
            const std::string upper = text::toUpper(asked.value);
            for (const std::string_view one : text::split(upper, '|'))
                methods.emplace_back(one);
            if (std::all_of(methods.begin(), methods.end(), http::isToken) && methods.size() <= 20
                && upper.find_first_of("*+^.") == std::string::npos) {
                std::sort(methods.begin(), methods.end());
                methods.erase(std::unique(methods.begin(), methods.end()), methods.end());
                m_endpoint.methods = std::move(methods);
                return;
            }
        }
        m_rules.push_back(valueRule({Kind::Method, {}, {}}, asked, m_scope));
    }

    void path(bool asEndpoint)
    {
        m_endpoint.path = kAnyPath;
        const Nottable asked = askedOf("path");
        if (asked.isBlank())
            return;
        if (!asEndpoint || asked.isNot || asked.schema) {
            m_rules.push_back(valueRule({Kind::Path, {}, {}}, asked, m_scope));
            return;
        }
        m_scope.setPath(m_endpoint, pathOf(asked, fieldOf(&m_request, "pathParameters"), m_scope),
                        asked.at);
        if (m_endpoint.path.starts_with("regex:"))
            m_endpoint.name = recorded::oneLine(asked.value);
    }

    void addNamed(const NamedRow &row)
    {
        const Node *node = fieldOf(&m_request, row.key);
        if (node && !node->isNull())
            namedRules(row.kind, *node, m_rules, m_scope);
    }

    void connection()
    {
        const std::string secure = textOf(&m_request, "secure");
        if (secure == "true" || secure == "false")
            m_rules.push_back(
                leaf(Kind::Scheme, {}, RuleOperator::Equals, secure == "true" ? "https" : "http"));
        const Node *client = fieldOf(&m_request, "remoteAddress");
        if (client && !client->isNull())
            m_rules.push_back(valueRule({Kind::Client, {}, {}}, readNottable(*client), m_scope));
    }

    void others()
    {
        for (const std::string_view key : kNotCompared) {
            const Node *node = fieldOf(&m_request, key);
            if (node && !node->isNull())
                m_scope.notServed("'" + std::string(key) + "' of a request is not compared",
                                  node->start);
        }
        m_scope.noteOthers(m_request, kKnownOfRequest, "a request");
        if (const Node *spec = fieldOf(&m_request, "specUrlOrPayload"))
            m_scope.switchOff("it stands for an operation of an OpenAPI document; import that by "
                              "itself",
                              spec->start);
    }

    const Node &m_request;
    Endpoint &m_endpoint;
    Translation &m_scope;
    std::vector<Rule> m_rules;
};

} // namespace

std::string subjectOf(const Node *request)
{
    const auto shown = [&](std::string_view key, std::string_view otherwise) {
        const Node *node = fieldOf(request, key);
        std::string value = node ? readNottable(*node).value : std::string();
        if (value.empty())
            return std::string(otherwise);
        return (readNottable(*node).isNot ? "!" : "") + recorded::oneLine(std::move(value));
    };
    return shown("method", "ANY") + ' ' + shown("path", "any path");
}

void translateRequest(const Node *request, Endpoint &endpoint, std::optional<Rule> &when,
                      Translation &scope)
{
    endpoint.path = kAnyPath;
    if (!request || request->isNull())
        return;
    if (!request->isMap()) {
        scope.switchOff("'httpRequest' is no object", request->start);
        return;
    }
    when = RequestReader(*request, endpoint, scope).read();
}

} // namespace understudy::formats::mockserver
