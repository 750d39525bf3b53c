// SPDX-License-Identifier: Apache-2.0
#include "core/formats/httpfile/httpfile.h"

#include "core/base/text.h"
#include "core/formats/curl/command_line.h"
#include "core/formats/described/endpoints.h"
#include "core/formats/format_table.h"
#include "core/formats/httpfile/document.h"
#include "core/formats/recorded/answer.h"
#include "core/formats/recorded/fields.h"
#include "core/model/edit.h"

#include <algorithm>
#include <array>

namespace understudy::formats::httpfile {

namespace {

/// Methods of these files that are no requests of HTTP which an endpoint answers.
constexpr std::array<std::string_view, 3> kOtherProtocols{"WEBSOCKET", "GRPC", "CONNECT"};

std::string saidOf(SideMatter::Kind kind)
{
    switch (kind) {
    case SideMatter::Kind::BodyFile:
        return "the body is in another file: it is not compared";
    case SideMatter::Kind::AnswerFile:
        return "the answer is in another file: put its text in this place to have it sent";
    case SideMatter::Kind::OutputFile:
        return "where a client writes the answer has no effect on it";
    case SideMatter::Kind::OtherFile:
        return "other files are not read: import them, too";
    case SideMatter::Kind::LonelyAnswer:
        return "there is no request before this answer; left out";
    case SideMatter::Kind::NoHeader:
        return "is no header; left out";
    case SideMatter::Kind::NotUnderstood:
        return "is no request; left out, with what follows up to ###";
    case SideMatter::Kind::Unclosed:
        return "the script that begins here does not end: what stands behind it is not read";
    case SideMatter::Kind::Script:
        break;
    }
    return {};
}

class DocumentTranslator
{
public:
    DocumentTranslator(const Document &document, const Source &source)
        : m_document(document)
        , m_file(source.file().string())
        , m_notes(m_file)
        , m_builder(m_notes, "the file")
    {
        for (const auto &[name, value] : document.variables)
            m_variables.set(name, value);
    }

    LoadOutcome run(const Source &source)
    {
        std::size_t command = 0;
        const auto addCommands = [&](std::size_t before) {
            for (; command < m_document.commands.size()
                   && m_document.commands[command].before <= before;
                 ++command)
                addCommand(m_document.commands[command]);
        };
        for (std::size_t i = 0; i < m_document.requests.size(); ++i) {
            addCommands(i);
            addRequest(m_document.requests[i]);
        }
        addCommands(m_document.requests.size());
        if (m_builder.isEmpty())
            return failed(nothingFound());
        Server server;
        server.name = recorded::oneLine(source.file().stem().string());
        server.description = m_document.preamble;
        server.items = m_builder.finish(m_variables);
        say();
        assignIds(server);
        return succeeded({std::move(server), "http", source.file(), m_notes.take()});
    }

private:
    Error nothingFound() const
    {
        const auto &beside = m_document.beside;
        const auto strange = std::find_if(beside.begin(), beside.end(), [](const SideMatter &each) {
            return each.kind == SideMatter::Kind::NotUnderstood
                   || each.kind == SideMatter::Kind::LonelyAnswer
                   || each.kind == SideMatter::Kind::Unclosed;
        });
        const yaml::Mark at = strange == beside.end() ? yaml::Mark{1, 1} : strange->at;
        return {ErrorCode::Invalid,
                "there is no request of HTTP here: a request is a line like 'GET https://h/path', "
                "and ### stands between two of them",
                {m_file, at.line, at.column}};
    }

    void addRequest(const WrittenRequest &written)
    {
        described::Request request;
        const bool isGraphQl = written.method == "GRAPHQL";
        request.method = isGraphQl ? "POST" : written.method;
        described::readAddress(m_variables.filled(written.target), request);
        if (std::find(kOtherProtocols.begin(), kOtherProtocols.end(), request.method)
                != kOtherProtocols.end()
            || written.target == "*" || written.target.empty()) {
            m_notes.notServed(
                recorded::oneLine(text::shortened(written.method + ' ' + written.target, 120)),
                "it is no request that an endpoint answers; left out", written.at);
            return;
        }
        if (const http::HeaderField *host = http::findHeader(written.headers, "Host");
            host && request.host.empty())
            request.host = text::toLower(m_variables.filled(host->value));
        described::Draft *draft
            = m_builder.add(request, {written.title.empty() ? written.name : written.title,
                                      written.comments, written.at});
        if (!draft)
            return;
        const std::size_t first = draft->examples.size();
        for (const SavedAnswer &answer : written.answers)
            addAnswer(answer, *draft);
        for (std::size_t i = first + 1; i < draft->examples.size(); ++i)
            draft->examples[i].sameAs = first;
        if (written.answers.empty())
            return;
        recorded::RequestFacts &facts = draft->examples[first].facts;
        facts = described::factsOf(request, draft->path);
        if (!written.hasFileBody)
            addBody(written, isGraphQl, facts);
    }

    void addAnswer(const SavedAnswer &saved, described::Draft &draft)
    {
        const recorded::AnswerScope scope{m_notes, draft.subject, saved.at};
        described::Example example;
        Response &response = example.response;
        response.status = described::endingStatus(saved.status, scope);
        recorded::setReason(response, saved.reason);
        for (const http::HeaderField &field : saved.headers)
            recorded::addHeader(response, field.name, field.value, scope);
        recorded::setText(response, saved.body, {}, scope);
        draft.examples.push_back(std::move(example));
    }

    void addBody(const WrittenRequest &written, bool isGraphQl, recorded::RequestFacts &facts)
    {
        std::string body = m_variables.filled(written.body);
        if (body.empty() || !described::isKnown(body))
            return;
        const http::HeaderField *kind = http::findHeader(written.headers, "X-REQUEST-TYPE");
        if (isGraphQl || (kind && text::equalsIgnoreCase(kind->value, "GraphQL"))) {
            const std::size_t blank = std::min(body.find("\n\n"), body.size());
            described::addGraphQl(facts, body.substr(0, blank), body.substr(blank));
            return;
        }
        const http::HeaderField *type = http::findHeader(written.headers, "Content-Type");
        const std::string mediaType = type ? type->value : std::string();
        if (text::toLower(mediaType).find("x-www-form-urlencoded") != std::string::npos)
            body = joinedForm(body);
        facts.addBody(std::move(body), mediaType);
    }

    /// A form may stand on several lines.
    static std::string joinedForm(const std::string &body)
    {
        std::string out;
        for (const std::string_view line : text::split(body, '\n'))
            out += text::trim(line);
        return out;
    }

    void addCommand(const WrittenCommand &command)
    {
        const auto read = curl::splitCommands(command.text, m_file);
        if (!read) {
            m_notes.notServed("curl", read.error().message + "; left out", command.at);
            return;
        }
        for (const curl::ShellCommand &each : *read) {
            if (each.words.front() != "curl")
                continue;
            for (const curl::CurlRequest &asked : curl::readCommand(each)) {
                if (asked.urls.empty())
                    m_notes.notServed("curl", "the command has no URL; left out", command.at);
                for (const std::string &url : asked.urls) {
                    described::Request request;
                    request.method = asked.method;
                    described::readAddress(m_variables.filled(url), request);
                    m_builder.add(request, {{}, {}, command.at});
                }
            }
        }
    }

    void say()
    {
        described::Tally scripts;
        for (const SideMatter &each : m_document.beside) {
            if (each.kind == SideMatter::Kind::Script)
                scripts.meet(each.at);
            else
                m_notes.notServed(recorded::oneLine(each.text), saidOf(each.kind), each.at);
        }
        scripts.say(m_notes, "script", "scripts", ": not run");
    }

    const Document &m_document;
    std::string m_file;
    Notes m_notes;
    described::Variables m_variables;
    described::EndpointBuilder m_builder;
};

bool isCalledHttp(const std::filesystem::path &file)
{
    const std::string ending = file.extension().string();
    return text::equalsIgnoreCase(ending, ".http") || text::equalsIgnoreCase(ending, ".rest");
}

/// Text for people, whose headings are `###`, too.
bool isCalledMarkdown(const std::filesystem::path &file)
{
    const std::string ending = file.extension().string();
    return text::equalsIgnoreCase(ending, ".md") || text::equalsIgnoreCase(ending, ".markdown");
}

} // namespace

bool recognise(const Source &source)
{
    const bool isJson = source.looksLikeJson() && !text::trim(source.text()).starts_with("{{");
    return !isJson && !isCalledMarkdown(source.file())
           && (isCalledHttp(source.file()) || beginsLikeDocument(source.text()));
}

LoadOutcome import(const Source &source)
{
    const std::string text = text::asUtf8(std::string(source.text()));
    const Document document = readDocument(text);
    LoadOutcome outcome = DocumentTranslator(document, source).run(source);
    if (text.size() != source.text().size() && !outcome.servers.empty()) {
        Notes notes(source.file().string());
        notes.changed({}, "bytes that are not UTF-8 are replaced");
        std::vector<Problem> said = notes.take();
        outcome.servers.front().problems.push_back(std::move(said.front()));
    }
    return outcome;
}

} // namespace understudy::formats::httpfile
