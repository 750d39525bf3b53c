// SPDX-License-Identifier: Apache-2.0
#include "core/base/shell.h"
#include "core/formats/curl/curl.h"
#include "core/formats/described/asker.h"
#include "core/formats/notes.h"
#include "core/formats/recorded/fields.h"
#include "core/model/edit.h"
#include "core/model/path_pattern.h"

namespace understudy::formats::curl {

namespace {

class CommandWriter
{
public:
    explicit CommandWriter(const Server &server)
        : m_server(server)
        , m_notes({})
        , m_origin((server.listen.tls ? "https" : "http") + std::string("://127.0.0.1:")
                   + std::to_string(server.listen.port))
    {}

    Exported run()
    {
        if (!m_server.name.empty())
            m_out = "# " + recorded::oneLine(m_server.name) + '\n';
        forEachEndpoint(m_server, [this](const EndpointVisit &visit) { endpoint(visit); });
        return {std::move(m_out), m_notes.take()};
    }

private:
    void endpoint(const EndpointVisit &visit)
    {
        const Endpoint &endpoint = visit.endpoint;
        const std::string subject = endpointLabel(endpoint);
        const auto pattern = parsePathPattern(endpoint.path, m_server.base);
        if (!visit.enabled || !pattern || pattern->rank == PathPattern::Rank::Regex) {
            m_notes.notServed(
                subject, visit.enabled ? "no address follows from a regular expression; left out"
                                       : "it is switched off; left out");
            return;
        }
        const described::Needs needs = m_asker.needsOf(endpoint, subject);
        for (const std::string &method : endpoint.methods)
            m_out += command(method, *pattern, needs, subject) + '\n';
    }

    std::string command(const std::string &method, const PathPattern &pattern,
                        const described::Needs &needs, const std::string &subject)
    {
        const std::string query = needs.query.empty() ? "" : '?' + needs.query;
        std::string out = shell::curlCommand(
            method, m_origin + m_asker.pathText(pattern, needs, subject) + query);
        if (needs.hasBody() && (method == "GET" || method == "ANY"))
            out += " -X GET";
        for (const http::HeaderField &field : needs.headers) {
            // With a colon a header without a value would be left out.
            const std::string line = field.name + (field.value.empty() ? ";" : ": " + field.value);
            out += " -H " + shell::quote(line);
        }
        if (!needs.cookies.empty())
            out += " -H " + shell::quote("Cookie: " + needs.cookies);
        if (needs.isJson)
            out += " -H 'Content-Type: application/json'";
        if (needs.hasBody())
            out += " --data-raw " + shell::quote(needs.body ? *needs.body : needs.form);
        return out;
    }

    const Server &m_server;
    Notes m_notes;
    described::Asker m_asker{m_notes, "the command"};
    std::string m_origin;
    std::string m_out;
};

} // namespace

Result<Exported> write(const Server &server, const std::filesystem::path &)
{
    return CommandWriter(server).run();
}

} // namespace understudy::formats::curl
