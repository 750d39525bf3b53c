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
        m_out += "@baseUrl = " + described::originOf(m_server) + '\n';
        m_asker.forEachQuestion(m_server,
                                [this](const described::Question &question) { write(question); });
        return {std::move(m_out), m_notes.take()};
    }

private:
    void write(const described::Question &question)
    {
        const Endpoint &endpoint = question.endpoint;
        const std::string content = contentOf(question.needs, question.subject);
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
            m_out.append(method == "ANY" ? "GET" : method).append(" {{baseUrl}}");
            m_out.append(question.target).append("\n").append(content);
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
        const std::string &body = needs.bodyText();
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
