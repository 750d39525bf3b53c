// SPDX-License-Identifier: Apache-2.0
#include "core/formats/curl/curl.h"

#include "core/base/text.h"
#include "core/formats/curl/command_line.h"
#include "core/formats/format_table.h"
#include "core/formats/notes.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/recorded/url.h"
#include "core/http/header_list.h"
#include "core/model/edit.h"

#include <set>

namespace understudy::formats::curl {

namespace {

constexpr std::size_t kShownWord = 60;

bool isCurl(std::string_view word)
{
    const std::size_t slash = word.find_last_of("/\\");
    if (slash != std::string_view::npos)
        word.remove_prefix(slash + 1);
    return word == "curl" || word == "curl.exe";
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

    void add(const ShellCommand &command)
    {
        if (!isCurl(command.words.front())) {
            m_notes.notServed(shown(command.words.front()), "is not curl; left out", command.at);
            return;
        }
        for (const CurlRequest &request : readCommand(command)) {
            for (const std::string &option : request.unknown)
                m_notes.changed(shown(option), "is no option of curl; left out", command.at);
            if (request.urls.empty())
                m_notes.notServed("curl", "the command has no URL; left out", command.at);
            for (const std::string &url : request.urls)
                addUrl(request, url, command.at);
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
    Server m_server;
    std::set<std::string> m_origins;
    std::set<std::string> m_beside;
    std::set<std::string> m_seen;
};

} // namespace

bool recognise(const Source &source)
{
    std::string_view text = source.text();
    constexpr std::string_view blanks = " \t\r\n";
    while (true) {
        const std::size_t first = text.find_first_not_of(blanks);
        if (first == std::string_view::npos)
            return false;
        text.remove_prefix(first);
        if (text.front() == '#')
            text.remove_prefix(std::min(text.find('\n'), text.size()));
        else if (text.starts_with("$ "))
            text.remove_prefix(2);
        else
            break;
    }
    const std::size_t end = std::min(text.find_first_of(blanks), text.size());
    return end < text.size() && isCurl(text.substr(0, end));
}

LoadOutcome import(const Source &source)
{
    const auto commands = splitCommands(source.text(), source.file().string());
    if (!commands)
        return failed(commands.error());
    CurlTranslator translator(source);
    for (const ShellCommand &command : *commands)
        translator.add(command);
    return translator.finish(source.file());
}

} // namespace understudy::formats::curl
