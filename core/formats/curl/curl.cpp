// SPDX-License-Identifier: Apache-2.0
#include "core/formats/curl/curl.h"

#include "core/base/text.h"
#include "core/formats/curl/command_line.h"
#include "core/formats/curl/shell_values.h"
#include "core/formats/format_table.h"
#include "core/formats/notes.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/recorded/url.h"
#include "core/http/header_list.h"
#include "core/model/edit.h"

#include <algorithm>
#include <set>

namespace understudy::formats::curl {

namespace {

constexpr std::size_t kShownWord = 60;

bool isCalledScript(const std::filesystem::path &file)
{
    const std::string ending = file.extension().string();
    return text::equalsIgnoreCase(ending, ".sh") || text::equalsIgnoreCase(ending, ".bash");
}

std::string shown(const std::string &word)
{
    return text::inQuotes(recorded::oneLine(text::shortened(word, kShownWord)));
}

class CurlTranslator
{
public:
    explicit CurlTranslator(const Source &source)
        : m_file(source.file().string())
        , m_notes(m_file)
    {
        m_server.name = recorded::oneLine(source.file().stem().string());
    }

    void add(ShellCommand written)
    {
        const ShellCommand command = m_values.take(std::move(written));
        if (command.words.empty())
            return;
        if (!isCurl(command.words.front())) {
            m_notes.notServed(shown(command.words.front()), "is not curl; left out", command.at);
            return;
        }
        for (const CurlRequest &request : readCommand(command)) {
            for (const std::string &option : request.unknown)
                m_notes.changed(shown(option), "is no option of curl; left out", command.at);
            if (request.urls.empty())
                m_notes.notServed("curl", "the command has no URL; left out", command.at);
            for (const std::string &url : request.urls) {
                // A query is not asked for, and may have names with a dollar.
                const std::size_t query = std::min(url.find('?'), url.size());
                addUrl(request,
                       m_values.filled(std::string_view(url).substr(0, query)) + url.substr(query),
                       command.at);
            }
        }
    }

    LoadOutcome finish(const std::filesystem::path &file)
    {
        if (m_server.items.empty())
            return failed({ErrorCode::Invalid,
                           "no command of curl here has a URL of http or https",
                           {m_file, 0, 0}});
        if (m_origins.size() > 1)
            m_notes.changed({}, "the requests go to " + std::to_string(m_origins.size())
                                    + " hosts; one server answers for all");
        std::string unknown;
        for (const std::string &name : m_values.unknown())
            unknown += (unknown.empty() ? "$" : ", $") + name;
        if (!unknown.empty())
            m_notes.changed({}, "no value in the text for " + text::shortened(unknown, 500)
                                    + ": it stays as it stands");
        std::string beside;
        for (const std::string &what : m_beside)
            beside += (beside.empty() ? "" : ", ") + what;
        if (!beside.empty())
            m_notes.changed({}, "the endpoints answer whatever comes with a request: what the "
                                "commands send beside method and path is not asked for ("
                                    + beside + ')');
        assignIds(m_server);
        return succeeded({std::move(m_server), "curl", file, m_notes.take()});
    }

private:
    void addUrl(const CurlRequest &request, const std::string &written, yaml::Mark at)
    {
        // What curl takes for granted.
        const bool hasScheme = written.find("://") != std::string::npos;
        const auto url = recorded::parseUrl(hasScheme ? written : "http://" + written);
        const std::string subject = recorded::oneLine(
            request.method + ' ' + (url ? recorded::literalPath(url->path) : shown(written)));
        if (!url || !http::isToken(request.method)) {
            m_notes.notServed(subject,
                              url ? "it has no method that an endpoint can have; left out"
                                  : "it is no URL of http or https; left out",
                              at);
            return;
        }
        m_origins.insert(url->origin);
        if (!url->query.empty() || !request.query.empty())
            m_beside.insert("a query");
        m_beside.insert(request.beside.begin(), request.beside.end());
        if (!m_seen.insert(subject).second)
            return;
        Endpoint endpoint;
        endpoint.methods = {request.method};
        endpoint.path = recorded::literalPath(url->path);
        endpoint.responses.emplace_back();
        endpoint.responses.back().name = subject;
        m_server.items.emplace_back(std::move(endpoint));
    }

    std::string m_file;
    Notes m_notes;
    ShellValues m_values;
    Server m_server;
    std::set<std::string> m_origins;
    std::set<std::string> m_beside;
    std::set<std::string> m_seen;
};

} // namespace

bool recognise(const Source &source)
{
    return !source.looksLikeJson()
           && (isCalledScript(source.file()) || namesShell(source.text())
               || beginsWithCurl(source.text()));
}

LoadOutcome import(const Source &source)
{
    auto commands = splitCommands(source.text(), source.file().string());
    if (!commands)
        return failed(commands.error());
    CurlTranslator translator(source);
    for (ShellCommand &command : *commands)
        translator.add(std::move(command));
    return translator.finish(source.file());
}

} // namespace understudy::formats::curl
