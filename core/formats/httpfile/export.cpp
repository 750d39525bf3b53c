// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/formats/described/asker.h"
#include "core/formats/described/variables.h"
#include "core/formats/httpfile/document.h"
#include "core/formats/httpfile/httpfile.h"
#include "core/formats/recorded/fields.h"
#include "core/model/edit.h"

#include <algorithm>
#include <cctype>

namespace understudy::formats::httpfile {

namespace {

/// A name as both clients take it.
std::string nameFor(const std::string &id)
{
    std::string out;
    for (const char c : id)
        out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return out;
}

bool hasMark(const std::string &body)
{
    const std::vector<std::string_view> lines = text::split(body, '\n');
    return std::any_of(lines.begin(), lines.end(), isMarkInBody);
}

class RequestWriter
{
public:
    explicit RequestWriter(Server server)
        : m_server(std::move(server))
        , m_notes({})
        , m_asker(m_notes, "the request")
    {}

    Exported run()
    {
        if (!m_server.name.empty())
            m_out = "# " + recorded::oneLine(m_server.name) + '\n';
        m_out += std::string("@baseUrl = ") + (m_server.listen.tls ? "https" : "http")
                 + "://127.0.0.1:" + std::to_string(m_server.listen.port) + '\n';
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
        const std::string target = "{{baseUrl}}" + m_asker.pathText(*pattern, needs, subject)
                                   + (needs.query.empty() ? "" : '?' + needs.query);
        const std::string content = contentOf(needs, subject);
        for (const std::string &method : endpoint.methods) {
            const bool isOneOfMany = endpoint.methods.size() > 1;
            m_out += "\n### "
                     + recorded::oneLine(endpoint.name.empty() ? method + ' ' + endpoint.path
                                                               : endpoint.name);
            m_out += "\n# @name " + nameFor(endpoint.id)
                     + (isOneOfMany ? '_' + nameFor(text::toLower(method)) : "") + '\n';
            for (const std::string_view line : text::split(endpoint.description, '\n')) {
                if (!text::trim(line).empty())
                    m_out += "# " + recorded::oneLine(std::string(text::trim(line))) + '\n';
            }
            m_out.append(method == "ANY" ? "GET" : method).append(" ").append(target);
            m_out.append("\n").append(content);
        }
    }

    /// Headers and body.
    std::string contentOf(const described::Needs &needs, const std::string &subject)
    {
        std::string head;
        for (const http::HeaderField &field : needs.headers)
            head += field.name + ": " + field.value + '\n';
        if (!needs.cookies.empty())
            head += "Cookie: " + needs.cookies + '\n';
        if (!http::findHeader(needs.headers, "Content-Type")) {
            if (needs.isJson)
                head += "Content-Type: application/json\n";
            else if (!needs.body && !needs.form.empty())
                head += "Content-Type: application/x-www-form-urlencoded\n";
        }
        const std::string body = needs.body ? *needs.body : needs.form;
        if (hasMark(body))
            m_notes.notServed(subject, "a line of the body of its request means something else in "
                                       "such a file, as '###' does");
        if (described::findMention(head + body).exists())
            m_notes.notServed(subject, "its request has a text in {{double braces}}, which the "
                                       "client takes for a variable");
        return head + (body.empty() ? "" : '\n' + body + '\n');
    }

    Server m_server;
    Notes m_notes;
    described::Asker m_asker;
    std::string m_out;
};

} // namespace

Result<Exported> write(const Server &server, const std::filesystem::path &)
{
    Server copy = server;
    assignIds(copy);
    return RequestWriter(std::move(copy)).run();
}

} // namespace understudy::formats::httpfile
