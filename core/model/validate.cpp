// SPDX-License-Identifier: Apache-2.0
#include "core/model/validate.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/http/status.h"
#include "core/model/behaviour_checks.h"
#include "core/model/fault_catalogue.h"
#include "core/model/path_pattern.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace understudy {

namespace {

using Scope = BehaviourContext::Scope;

/// Whether a fault counts bytes of the body, for which alone its length is worth finding out.
bool countsBytes(const Behaviour &behaviour)
{
    return std::any_of(behaviour.faults.begin(), behaviour.faults.end(),
                       [](const Fault &fault) { return fault.offset || fault.count; });
}

/// Bytes of the body that this response sends, where its document says it: not for templates,
/// files, buckets, scripts and bodies that may be sent compressed. `common` are the server's
/// headers.
std::optional<std::uint64_t> knownBodyLength(const Response &response,
                                             const http::HeaderList &common)
{
    if (http::isBodiless(response.status) && response.statusTemplate.empty())
        return 0;
    if (response.isTemplate || http::findHeader(response.headers, "Content-Encoding")
        || http::findHeader(common, "Content-Encoding"))
        return std::nullopt;
    switch (response.body.kind) {
    case Body::Kind::None:
        return 0;
    case Body::Kind::Text:
        return response.body.content.size();
    case Body::Kind::Json:
        return writeJson(response.body.json).size();
    case Body::Kind::Base64:
        if (const auto bytes = text::decodeBase64(response.body.content))
            return bytes->size();
        return std::nullopt;
    case Body::Kind::File:
    case Body::Kind::Bucket:
    case Body::Kind::Script:
        return std::nullopt;
    }
    return std::nullopt;
}

/// Collects findings for one object at a time.
class Checker
{
public:
    explicit Checker(const Server &server)
        : m_server(server)
    {}

    std::vector<Finding> run()
    {
        headers(m_server.headers);
        listen();
        behaviour(m_server.behaviour, {.scope = Scope::Server, .tls = hasTls()});
        if (!m_server.base.empty() && !m_server.base.starts_with('/'))
            error("base", "the base path begins with '/'");
        oneLine("base", "the base path", m_server.base);
        std::set<std::string> bases{m_server.base};
        for (const std::string &base : m_server.otherBases) {
            if (!base.empty() && !base.starts_with('/'))
                error("base", "the base path '" + base + "' begins with '/'");
            oneLine("base", "the base path", base);
            if (!bases.insert(base).second)
                error("base", "the base path '" + base + "' stands there twice");
        }
        oneLine("listen.address", "the address", m_server.listen.address);
        oneLine("name", "the name", m_server.name);
        std::set<std::string> names;
        for (const Bucket &bucket : m_server.buckets) {
            if (!names.insert(bucket.name).second)
                error("buckets", "two buckets are called '" + bucket.name + "'");
        }
        scenarios();
        if (m_server.fallback)
            response(*m_server.fallback, 1);
        forEachEndpoint(m_server, [this](const EndpointVisit &visit) { endpoint(visit.endpoint); });
        folders(m_server.items, {});
        return std::move(m_findings);
    }

private:
    void error(std::string field, std::string message)
    {
        m_findings.push_back({Severity::Error, m_endpoint, m_response, std::move(field),
                              std::move(message), m_folder});
    }

    /// What stands in one line wherever it is shown or sent.
    void oneLine(std::string field, std::string_view what, std::string_view value)
    {
        const auto isControl = [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; };
        if (std::any_of(value.begin(), value.end(), isControl))
            error(std::move(field),
                  std::string(what) + " holds a line break or another control character");
    }

    void headers(const http::HeaderList &list)
    {
        for (const http::HeaderField &field : list) {
            if (!http::isToken(field.name))
                error("headers", "'" + field.name + "' is not a header name");
            else if (!http::isFieldValue(field.value))
                error("headers", "the value of '" + field.name
                                     + "' holds a line break or another control character");
        }
    }

    void behaviour(const Behaviour &b, const BehaviourContext &context)
    {
        for (BehaviourFinding &finding : checkBehaviour(b, context))
            error("behaviour." + finding.field, std::move(finding.message));
    }

    void listen()
    {
        if (m_server.limits.handshake <= Duration{})
            error("limits.handshake", "a handshake needs some time: this must be longer than 0");
        if (!m_server.listen.tls || m_server.listen.tls->fault.empty())
            return;
        const std::vector<std::string_view> &variants = faultTraits(FaultKind::Tls).variants;
        const std::string &fault = m_server.listen.tls->fault;
        if (std::find(variants.begin(), variants.end(), fault) == variants.end())
            error("listen.tls.fault", "there is no TLS fault '" + fault + "'");
    }

    void scenarios()
    {
        for (const Scenario &scenario : m_server.scenarios) {
            using Kind = RuleTarget::Kind;
            if (scenario.key
                && (scenario.key->kind == Kind::State || scenario.key->kind == Kind::Count))
                error("scenarios", "the key of '" + scenario.name
                                       + "' is taken from the request, not from state or count");
        }
        const auto isLetter
            = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
        if (!std::all_of(m_server.locale.begin(), m_server.locale.end(), isLetter))
            error("locale", "'" + m_server.locale + "' is no language: write 'de' or 'pt_BR'");
    }

    void body(const Body &b)
    {
        if (b.kind == Body::Kind::Base64 && !text::decodeBase64(b.content))
            error("bodyBase64", "the body is not base64");
        if (b.kind == Body::Kind::Bucket && !hasBucket(b.content))
            error("bodyBucket", "there is no bucket '" + b.content + "'");
    }

    void response(const Response &r, std::size_t ofHowMany)
    {
        m_response = r.id;
        oneLine("name", "the name", r.name);
        if (r.status < 100 || r.status > 999)
            error("status",
                  "a status is a number from 100 to 999, not " + std::to_string(r.status));
        if (!r.statusTemplate.empty() && !r.isTemplate)
            error("status", "'" + r.statusTemplate
                                + "' is a template, and this response has none: set 'template'");
        if (!r.delay.empty() && !r.isTemplate && !parseDelay(r.delay))
            error("delay",
                  "'" + r.delay + "' is no time: write 200ms, or set 'template' to compute it");
        if (!http::isFieldValue(r.reason))
            error("reason", "the reason holds a line break or another control character");
        headers(r.headers);
        body(r.body);
        behaviour(r.behaviour,
                  {.scope = Scope::Response,
                   .responses = ofHowMany,
                   .longestBody
                   = countsBytes(r.behaviour) ? knownBodyLength(r, m_server.headers) : std::nullopt,
                   .tls = hasTls()});
        m_response.clear();
    }

    void endpoint(const Endpoint &e)
    {
        m_endpoint = e.id;
        if (!m_ids.insert(e.id).second)
            error("id", "two endpoints have the id '" + e.id + "'");
        for (const std::string &method : e.methods) {
            if (!http::isToken(method))
                error("method", "'" + method + "' is not a method");
        }
        if (e.methods.empty())
            error("method", "an endpoint needs a method; ANY stands for all");
        if (const auto pattern = parsePathPattern(e.path, m_server.base); !pattern)
            error("path", pattern.error().message);
        oneLine("path", "the path", e.path);
        oneLine("name", "the name", e.name);
        if (!e.crud.empty() && !hasBucket(e.crud))
            error("crud", "there is no bucket '" + e.crud + "'");
        behaviour(e.behaviour,
                  {.scope = Scope::Endpoint, .longestBody = longestBody(e), .tls = hasTls()});
        std::set<std::string> ids;
        for (const Response &r : e.responses) {
            if (!r.id.empty() && !ids.insert(r.id).second)
                error("responses", "two responses have the id '" + r.id + "'");
            response(r, e.responses.size());
        }
        m_endpoint.clear();
    }

    void folders(const std::vector<Item> &items, const ItemPath &path)
    {
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Folder *folder = items[i].folder();
            if (!folder)
                continue;
            ItemPath own = path;
            own.push_back(i);
            m_folder = own;
            oneLine("folder", "the name", folder->name);
            behaviour(folder->behaviour, {.scope = Scope::Folder, .tls = hasTls()});
            m_folder.clear();
            folders(folder->items, own);
        }
    }

    /// None where a response's length is not known or the endpoint makes its answers itself.
    std::optional<std::uint64_t> longestBody(const Endpoint &e) const
    {
        if (!countsBytes(e.behaviour) || !e.crud.empty() || e.responses.empty())
            return std::nullopt;
        std::uint64_t longest = 0;
        for (const Response &r : e.responses) {
            const std::optional<std::uint64_t> length = knownBodyLength(r, m_server.headers);
            if (!length)
                return std::nullopt;
            longest = std::max(longest, *length);
        }
        return longest;
    }

    bool hasTls() const { return m_server.listen.tls.has_value(); }

    bool hasBucket(const std::string &name) const
    {
        return std::any_of(m_server.buckets.begin(), m_server.buckets.end(),
                           [&](const Bucket &b) { return b.name == name; });
    }

    const Server &m_server;
    std::vector<Finding> m_findings;
    std::set<std::string> m_ids;
    std::string m_endpoint;
    std::string m_response;
    ItemPath m_folder;
};

} // namespace

std::vector<Finding> validate(const Server &server) { return Checker(server).run(); }

std::string findingOwner(const Server &server, const Finding &finding)
{
    if (const Item *item = finding.folder.empty() ? nullptr : itemAt(server, finding.folder))
        return item->folder() ? item->folder()->name : std::string();
    const Endpoint *endpoint
        = finding.endpointId.empty() ? nullptr : findEndpoint(server, finding.endpointId);
    if (!endpoint)
        return server.fallback && !finding.responseId.empty() ? "fallback" : std::string();
    std::string owner = endpointLabel(*endpoint);
    for (const Response &response : endpoint->responses) {
        if (!finding.responseId.empty() && response.id == finding.responseId)
            owner += " \xe2\x80\xba " + responseLabel(response);
    }
    return owner;
}

} // namespace understudy
