// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/security_checks.h"

#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/openapi/problem_answer.h"
#include "core/formats/rule_parts.h"
#include "core/http/header_list.h"

#include <algorithm>
#include <set>

namespace understudy::formats::openapi {

namespace {

/// What a security scheme asks for, and what a 401 says of it (RFC 9110 section 11.6.1).
struct Demand
{
    std::optional<Rule> rule; ///< nothing: it cannot be checked here
    std::string challenge;
};

Demand credentials(std::string_view scheme)
{
    const std::string pattern = "(?i)^" + asPattern(scheme) + "[ \\t]+\\S";
    std::string challenge(scheme);
    if (text::equalsIgnoreCase(scheme, "basic"))
        challenge = "Basic realm=\"api\"";
    else if (text::equalsIgnoreCase(scheme, "bearer"))
        challenge = "Bearer";
    return {leaf(RuleTarget::Kind::Header, "Authorization", RuleOperator::Matches, pattern),
            std::move(challenge)};
}

Demand keyDemand(Element scheme)
{
    const std::string in = scheme.text("in");
    const std::string name = scheme.text("name");
    RuleTarget::Kind kind = RuleTarget::Kind::Header;
    if (in == "query")
        kind = RuleTarget::Kind::Query;
    else if (in == "cookie")
        kind = RuleTarget::Kind::Cookie;
    else if (in != "header")
        return {};
    if (name.empty() || (in == "header" && !http::isToken(name)))
        return {};
    return {leaf(kind, name, RuleOperator::Absent, false), {}};
}

Demand demandOf(Element scheme)
{
    const std::string type = scheme.text("type");
    if (type == "apiKey")
        return keyDemand(scheme);
    if (type == "basic") // of 2.0
        return credentials("Basic");
    if (type == "oauth2" || type == "openIdConnect")
        return credentials("Bearer");
    const std::string name = scheme.text("scheme");
    if (type == "http" && http::isToken(name))
        return credentials(name);
    return {};
}

class SecurityReader
{
public:
    explicit SecurityReader(Document &document)
        : m_document(document)
    {}

    std::optional<Response> run(Element operation)
    {
        Element wanted = operation.at("security");
        if (!wanted)
            wanted = m_document.root().at("security");
        if (!wanted.isList() || wanted.size() == 0)
            return std::nullopt;
        std::vector<Rule> ways;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            std::optional<Rule> way = wayOf(wanted.entry(i));
            if (!way)
                return std::nullopt;
            ways.push_back(*std::move(way));
        }
        Response out = problemAnswer(401, "Unauthorized",
                                     "None of what the operation takes as a proof of who asks is "
                                     "there.");
        out.id = "unauthorized";
        for (const std::string &challenge : m_challenges)
            out.headers.push_back({"WWW-Authenticate", challenge});
        out.when = noneOf(std::move(ways));
        return out;
    }

private:
    /// What all schemes of a requirement want; nothing where that is nothing that can be checked.
    std::optional<Rule> wayOf(Element requirement)
    {
        std::vector<Rule> all;
        for (std::size_t i = 0; requirement.isMap() && i < requirement.size(); ++i) {
            const Element scheme = schemeOf(requirement.key(i));
            Demand demand = demandOf(scheme);
            if (!demand.rule) {
                m_document.notServedOften(
                    "a security scheme that is none of API key, HTTP, OAuth 2 and OpenID Connect "
                    "is not checked: who may use it is let in",
                    scheme ? scheme : requirement);
                return std::nullopt;
            }
            all.push_back(*std::move(demand.rule));
            if (!demand.challenge.empty())
                m_challenges.insert(std::move(demand.challenge));
        }
        if (all.empty())
            return std::nullopt;
        return allOf(std::move(all));
    }

    Element schemeOf(const std::string &name)
    {
        const Element root = m_document.root();
        const Element schemes
            = m_document.isSwagger()
                  ? root.at("securityDefinitions")
                  : m_document.child(m_document.child(root, "components"), "securitySchemes");
        return m_document.child(schemes, name);
    }

    Document &m_document;
    std::set<std::string> m_challenges;
};

} // namespace

std::optional<Response> refusalOfStrangers(Document &document, Element operation)
{
    return SecurityReader(document).run(operation);
}

} // namespace understudy::formats::openapi
