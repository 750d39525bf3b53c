// SPDX-License-Identifier: Apache-2.0
#include "core/model/validate.h"

#include "core/base/text.h"
#include "core/model/edit.h"
#include "core/model/path_pattern.h"

#include <algorithm>
#include <set>

namespace understudy {

namespace {

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
        behaviour(m_server.behaviour);
        if (!m_server.base.empty() && !m_server.base.starts_with('/'))
            error("base", "the base path begins with '/'");
        std::set<std::string> names;
        for (const Bucket &bucket : m_server.buckets) {
            if (!names.insert(bucket.name).second)
                error("buckets", "two buckets are called '" + bucket.name + "'");
        }
        if (m_server.fallback)
            response(*m_server.fallback);
        forEachEndpoint(m_server, [this](const EndpointVisit &visit) { endpoint(visit.endpoint); });
        folders(m_server.items);
        return std::move(m_findings);
    }

private:
    void error(std::string field, std::string message)
    {
        m_findings.push_back(
            {Severity::Error, m_endpoint, m_response, std::move(field), std::move(message)});
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

    void latency(const LatencyModel &model, const std::string &field)
    {
        if (const auto *uniform = std::get_if<UniformLatency>(&model);
            uniform && uniform->from > uniform->to)
            error(field, "the first duration must not be longer than the second");
        if (const auto *lognormal = std::get_if<LognormalLatency>(&model)) {
            if (lognormal->median.count() <= 0)
                error(field, "the median must be longer than 0");
            else if (lognormal->p99 && *lognormal->p99 <= lognormal->median)
                error(field, "p99 (" + formatDuration(*lognormal->p99)
                                 + ") must be longer than the median ("
                                 + formatDuration(lognormal->median) + ")");
        }
    }

    void behaviour(const Behaviour &b)
    {
        if (b.latency.connect)
            latency(*b.latency.connect, "behaviour.latency");
        if (b.latency.head)
            latency(*b.latency.head, "behaviour.latency");
        if (b.latency.body)
            latency(*b.latency.body, "behaviour.latency");
        for (const Fault &fault : b.faults) {
            if (fault.during && fault.during->from >= fault.during->to)
                error("behaviour.faults", "'during' ends before it begins");
        }
    }

    void body(const Body &b)
    {
        if (b.kind == Body::Kind::Base64 && !text::decodeBase64(b.content))
            error("bodyBase64", "the body is not base64");
        if (b.kind == Body::Kind::Bucket && !hasBucket(b.content))
            error("bodyBucket", "there is no bucket '" + b.content + "'");
    }

    void response(const Response &r)
    {
        m_response = r.id;
        if (r.status < 100 || r.status > 999)
            error("status",
                  "a status is a number from 100 to 999, not " + std::to_string(r.status));
        if (!http::isFieldValue(r.reason))
            error("reason", "the reason holds a line break or another control character");
        headers(r.headers);
        body(r.body);
        behaviour(r.behaviour);
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
        if (!e.crud.empty() && !hasBucket(e.crud))
            error("crud", "there is no bucket '" + e.crud + "'");
        behaviour(e.behaviour);
        std::set<std::string> ids;
        for (const Response &r : e.responses) {
            if (!r.id.empty() && !ids.insert(r.id).second)
                error("responses", "two responses have the id '" + r.id + "'");
            response(r);
        }
        m_endpoint.clear();
    }

    void folders(const std::vector<Item> &items)
    {
        for (const Item &item : items) {
            if (const Folder *folder = item.folder()) {
                behaviour(folder->behaviour);
                folders(folder->items);
            }
        }
    }

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
};

} // namespace

std::vector<Finding> validate(const Server &server) { return Checker(server).run(); }

} // namespace understudy
