// SPDX-License-Identifier: Apache-2.0
#include "core/base/shell.h"
#include "core/formats/curl/curl.h"
#include "core/formats/described/asker.h"
#include "core/formats/notes.h"
#include "core/formats/recorded/fields.h"

namespace understudy::formats::curl {

namespace {

class CommandWriter
{
public:
    explicit CommandWriter(const Server &server)
        : m_server(server)
        , m_notes({})
        , m_origin(described::originOf(server))
    {}

    Exported run()
    {
        if (!m_server.name.empty())
            m_out = "# " + recorded::oneLine(m_server.name) + '\n';
        m_asker.forEachQuestion(m_server, [this](const described::Question &question) {
            for (const std::string &method : question.endpoint.methods)
                m_out += command(method, question) + '\n';
        });
        return {std::move(m_out), m_notes.take()};
    }

private:
    std::string command(const std::string &method, const described::Question &question) const
    {
        const described::Needs &needs = question.needs;
        std::string out = shell::curlCommand(method, m_origin + question.target);
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
            out += " --data-raw " + shell::quote(needs.bodyText());
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
