// SPDX-License-Identifier: Apache-2.0
#include "core/formats/httpfile/document.h"

#include "core/base/text.h"
#include "core/formats/httpfile/lines.h"

namespace understudy::formats::httpfile {

namespace {

using Kind = SideMatter::Kind;

constexpr std::size_t kShownLine = 60;

/// Where the line after the last one belongs.
enum class Part { Start, Head, Body, AnswerHead, AnswerBody, Script, Command, Skipped };

std::string withoutBlankEnd(std::string text)
{
    while (!text.empty() && std::string_view("\n \t").find(text.back()) != std::string_view::npos)
        text.pop_back();
    return text;
}

class DocumentReader
{
public:
    Document run(std::string_view text)
    {
        if (text.starts_with("\xEF\xBB\xBF"))
            text.remove_prefix(3);
        for (std::string_view line : text::split(text, '\n')) {
            ++m_line;
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            read(line);
        }
        if (m_part == Part::Script)
            m_out.beside.push_back({Kind::Unclosed, {}, m_scriptAt});
        endBlock();
        return std::move(m_out);
    }

private:
    void read(std::string_view line)
    {
        if (m_part == Part::Script) {
            // Braces of a block's own may stand anywhere in it.
            const bool isBlock = m_scriptEnd == "}}";
            if (isBlock ? text::trim(line).starts_with(m_scriptEnd)
                        : line.find(m_scriptEnd) != std::string_view::npos)
                m_part = m_behindScript;
            return;
        }
        if (const auto title = separatorTitle(line)) {
            endBlock();
            m_title = *title;
            return;
        }
        switch (m_part) {
        case Part::Start:
            start(line);
            break;
        case Part::Head:
            head(line);
            break;
        case Part::Body:
            body(line);
            break;
        case Part::AnswerHead:
            answerHead(line);
            break;
        case Part::AnswerBody:
            answerBody(line);
            break;
        case Part::Command:
            m_out.commands.back().text.append(line).append("\n");
            break;
        case Part::Script:
        case Part::Skipped:
            break;
        }
    }

    yaml::Mark markOf(std::string_view line) const
    {
        const std::size_t first = line.find_first_not_of(" \t");
        return {m_line, first == std::string_view::npos ? 1 : static_cast<int>(first) + 1};
    }

    void meet(Kind kind, std::string_view line)
    {
        m_out.beside.push_back({kind, text::shortened(text::trim(line), kShownLine), markOf(line)});
    }

    void endBlock()
    {
        if (m_request) {
            // A version may stand behind the last line of a URL.
            if (auto line = readRequestLine(m_request->method + ' ' + m_request->target))
                m_request->target = std::move(line->second);
            m_request->body = withoutBlankEnd(std::move(m_request->body));
            endAnswer(m_request->answers);
            m_out.requests.push_back(*std::move(m_request));
        } else if (m_isAnswerOfLast) {
            endAnswer(m_out.requests.back().answers);
        } else if (m_out.requests.empty() && m_out.preamble.empty()) {
            m_out.preamble = std::move(m_comments);
        }
        m_request.reset();
        m_isAnswerOfLast = false;
        m_isAfterBlank = true;
        m_title.clear();
        m_name.clear();
        m_comments.clear();
        m_part = Part::Start;
    }

    static void endAnswer(std::vector<SavedAnswer> &answers)
    {
        if (!answers.empty())
            answers.back().body = withoutBlankEnd(std::move(answers.back().body));
    }

    void start(std::string_view line)
    {
        if (text::trim(line).empty())
            return;
        if (const auto comment = commentText(line)) {
            readComment(*comment);
        } else if (auto variable = variableOf(line)) {
            m_out.variables.push_back(*std::move(variable));
        } else if (const BodyMark mark = bodyMarkOf(text::trim(line)); mark != BodyMark::None) {
            // A file in front of a request is a script.
            if (mark == BodyMark::FileBody)
                meet(Kind::Script, line);
            else
                readMark(mark, line);
        } else if (line.starts_with("import ") || line.starts_with("run ")) {
            meet(Kind::OtherFile, line);
        } else if (text::trim(line).starts_with("curl ")) {
            m_out.commands.push_back(
                {std::string(line) + '\n', markOf(line), m_out.requests.size()});
            m_part = Part::Command;
        } else if (const auto status = readStatusLine(line)) {
            beginAnswer(*status, line);
        } else {
            beginRequest(line);
        }
    }

    void readComment(std::string_view comment)
    {
        if (auto name = nameInComment(comment)) {
            m_name = *std::move(name);
        } else if (!comment.empty() && !comment.starts_with('@')) {
            m_comments += (m_comments.empty() ? "" : "\n") + std::string(comment);
        }
    }

    void beginRequest(std::string_view line)
    {
        auto read = readRequestLine(line);
        if (!read) {
            meet(Kind::NotUnderstood, line);
            m_part = Part::Skipped;
            return;
        }
        WrittenRequest &request = m_request.emplace();
        request.title = std::move(m_title);
        request.name = std::move(m_name);
        request.comments = std::move(m_comments);
        request.method = std::move(read->first);
        request.target = std::move(read->second);
        request.at = markOf(line);
        m_part = Part::Head;
    }

    void head(std::string_view line)
    {
        const std::string_view plain = text::trim(line);
        if (plain.empty()) {
            m_part = Part::Body;
            m_isAfterBlank = true;
        } else if (!plain.starts_with("??") && isContinuation(line, plain)) {
            m_request->target += plain;
        } else if (const BodyMark mark = bodyMarkOf(line); mark != BodyMark::None) {
            readMark(mark, line);
        } else if (auto header = headerOf(line)) {
            m_request->headers.push_back({std::move(header->first), std::move(header->second)});
        } else if (!commentText(line)) {
            meet(Kind::NoHeader, line);
        }
    }

    bool isContinuation(std::string_view line, std::string_view plain) const
    {
        if (!m_request->headers.empty())
            return false;
        return plain.front() == '?' || plain.front() == '&'
               || (plain.front() == '/' && !plain.starts_with("//") && line.front() != '/');
    }

    void body(std::string_view line)
    {
        const BodyMark mark = bodyMarkOf(line);
        const auto status = m_isAfterBlank ? readStatusLine(line) : std::nullopt;
        m_isAfterBlank = text::trim(line).empty() || mark != BodyMark::None;
        if (mark != BodyMark::None)
            readMark(mark, line);
        else if (status)
            beginAnswer(*status, line);
        else
            m_request->body.append(line).append("\n");
    }

    void beginAnswer(const std::pair<int, std::string> &status, std::string_view line)
    {
        if (!m_request && m_out.requests.empty()) {
            meet(Kind::LonelyAnswer, line);
            m_part = Part::Skipped;
            return;
        }
        m_isAnswerOfLast = !m_request;
        std::vector<SavedAnswer> &answers
            = m_request ? m_request->answers : m_out.requests.back().answers;
        endAnswer(answers);
        answers.push_back({status.first, status.second, {}, {}, markOf(line)});
        m_part = Part::AnswerHead;
    }

    SavedAnswer &answer()
    {
        return (m_request ? *m_request : m_out.requests.back()).answers.back();
    }

    void answerHead(std::string_view line)
    {
        if (text::trim(line).empty()) {
            m_part = Part::AnswerBody;
            m_isAfterBlank = true;
        } else if (auto header = headerOf(line)) {
            answer().headers.push_back({std::move(header->first), std::move(header->second)});
        } else {
            meet(Kind::NoHeader, line);
        }
    }

    void answerBody(std::string_view line)
    {
        const auto status = m_isAfterBlank ? readStatusLine(line) : std::nullopt;
        m_isAfterBlank = text::trim(line).empty();
        if (status)
            beginAnswer(*status, line);
        else if (line.starts_with("<> "))
            meet(Kind::AnswerFile, line);
        else
            answer().body.append(line).append("\n");
    }

    void readMark(BodyMark mark, std::string_view line)
    {
        switch (mark) {
        case BodyMark::Script:
            beginScript(line, "%}", closesScript(line));
            break;
        case BodyMark::BlockScript:
            beginScript(line, "}}", false);
            break;
        case BodyMark::ScriptFile:
            meet(Kind::Script, line);
            break;
        case BodyMark::AnswerFile:
            meet(Kind::AnswerFile, line);
            break;
        case BodyMark::OutputFile:
            meet(Kind::OutputFile, line);
            break;
        case BodyMark::FileBody:
            meet(Kind::BodyFile, line);
            if (m_request)
                m_request->hasFileBody = true;
            break;
        case BodyMark::None:
            break;
        }
    }

    void beginScript(std::string_view line, std::string_view end, bool isClosed)
    {
        meet(Kind::Script, line);
        if (isClosed)
            return;
        m_scriptEnd = end;
        m_scriptAt = markOf(line);
        m_behindScript = m_part;
        m_part = Part::Script;
    }

    Document m_out;
    Part m_part = Part::Start;
    Part m_behindScript = Part::Start;
    int m_line = 0;
    std::string m_title;
    std::string m_name;
    std::string m_comments;
    std::optional<WrittenRequest> m_request;
    bool m_isAfterBlank = true;
    bool m_isAnswerOfLast = false; ///< it stands in a block of its own
    std::string_view m_scriptEnd;
    yaml::Mark m_scriptAt;
};

} // namespace

Document readDocument(std::string_view text) { return DocumentReader().run(text); }

} // namespace understudy::formats::httpfile
