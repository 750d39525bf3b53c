// SPDX-License-Identifier: Apache-2.0
#include "core/formats/httpfile/lines.h"

#include "core/base/text.h"
#include "core/formats/httpfile/document.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace understudy::formats::httpfile {

namespace {

/// Of REST Client, JetBrains and httpYac; other words in front of a URL are not taken for one
/// where a text is to be recognised.
constexpr std::array<std::string_view, 22> kMethods{
    "GET",    "POST",   "PUT",     "DELETE",    "PATCH",     "HEAD", "OPTIONS", "CONNECT",
    "TRACE",  "LOCK",   "UNLOCK",  "PROPFIND",  "PROPPATCH", "COPY", "MOVE",    "MKCOL",
    "REPORT", "SEARCH", "GRAPHQL", "WEBSOCKET", "GRPC",      "QUERY"};

bool isKnownMethod(std::string_view word)
{
    return std::find(kMethods.begin(), kMethods.end(), word) != kMethods.end();
}

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view each) { return text.starts_with(each); });
}

/// "/path", "{{host}}/path", "https://h", "localhost:3000/a", "h.example/a", "*".
bool looksLikeTarget(std::string_view text)
{
    if (text.empty())
        return false;
    if (startsWithAny(text, {"/", "{{", "?", ":", "http://", "https://"}) || text == "*")
        return true;
    const std::string_view host = text.substr(0, text.find_first_of(" \t/?"));
    // "Note:" and "end." are words.
    if (host.ends_with(':') || host.ends_with('.'))
        return false;
    return host.find_first_of(".:") != std::string_view::npos || text.find('/') < text.find(' ')
           || host == "localhost";
}

bool isWord(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '-';
    });
}

std::string_view withoutVersion(std::string_view target)
{
    const std::size_t at = target.rfind(" HTTP/");
    if (at == std::string_view::npos)
        return target;
    const std::string_view version = text::trim(target.substr(at + 6));
    const bool isVersion
        = !version.empty() && std::all_of(version.begin(), version.end(), [](char c) {
              return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.' || c == ' ';
          });
    return isVersion ? text::trim(target.substr(0, at)) : target;
}

/// `{{`, `{{@`, `{{response`; a variable ends on its line.
bool beginsBlockScript(std::string_view line)
{
    line = text::trim(line);
    if (!line.starts_with("{{"))
        return false;
    line.remove_prefix(2);
    if (line.starts_with('@') || line.starts_with('+'))
        line.remove_prefix(1);
    return line.empty() || isWord(line);
}

bool isBlank(char c) { return c == ' ' || c == '\t'; }

/// A blank that is none of `{{ name }}`.
bool hasBlank(std::string_view text)
{
    std::size_t open = text.find("{{");
    while (open != std::string_view::npos) {
        const std::size_t end = text.find("}}", open);
        if (end == std::string_view::npos)
            break;
        if (text.substr(0, open).find_first_of(" \t") != std::string_view::npos)
            return true;
        text.remove_prefix(end + 2);
        open = text.find("{{");
    }
    return text.find_first_of(" \t") != std::string_view::npos;
}

/// Clients take blanks in a query alone.
bool isSentence(std::string_view target) { return hasBlank(target.substr(0, target.find('?'))); }

} // namespace

std::optional<std::string_view> separatorTitle(std::string_view line)
{
    if (!line.starts_with("###"))
        return std::nullopt;
    line.remove_prefix(std::min(line.find_first_not_of('#'), line.size()));
    return text::trim(line);
}

std::optional<std::string_view> commentText(std::string_view line)
{
    line = text::trim(line);
    if (line.starts_with('#'))
        line.remove_prefix(std::min(line.find_first_not_of('#'), line.size()));
    else if (line.starts_with("//"))
        line.remove_prefix(std::min(line.find_first_not_of('/'), line.size()));
    else
        return std::nullopt;
    return text::trim(line);
}

std::optional<std::string> nameInComment(std::string_view comment)
{
    constexpr std::string_view key = "@name";
    if (!comment.starts_with(key))
        return std::nullopt;
    std::string_view rest = comment.substr(key.size());
    if (rest.empty() || (!isBlank(rest.front()) && rest.front() != '='))
        return std::nullopt;
    rest = text::trim(rest);
    if (rest.starts_with('='))
        rest = text::trim(rest.substr(1));
    return std::string(rest);
}

std::optional<std::pair<std::string, std::string>> variableOf(std::string_view line)
{
    line = text::trim(line);
    const std::size_t sign = line.find('=');
    if (!line.starts_with('@') || sign == std::string_view::npos)
        return std::nullopt;
    std::string_view name = text::trim(line.substr(1, sign - 1));
    // httpYac has `:=` for values that are looked up late.
    if (name.ends_with(':'))
        name = text::trim(name.substr(0, name.size() - 1));
    if (name.empty() || name.find_first_of(" \t{}") != std::string_view::npos)
        return std::nullopt;
    return std::pair(std::string(name), std::string(text::trim(line.substr(sign + 1))));
}

std::optional<std::pair<std::string, std::string>> headerOf(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const std::string_view name = text::trim(line.substr(0, colon));
    if (!http::isToken(name))
        return std::nullopt;
    return std::pair(std::string(name), std::string(text::trim(line.substr(colon + 1))));
}

BodyMark bodyMarkOf(std::string_view line)
{
    if (line.starts_with("??"))
        return BodyMark::ScriptFile;
    if (beginsBlockScript(line))
        return BodyMark::BlockScript;
    if (line.starts_with("<> "))
        return BodyMark::AnswerFile;
    if (line.starts_with(">> ") || line.starts_with(">>! "))
        return BodyMark::OutputFile;
    if (line.starts_with('>')) {
        const std::string_view rest = text::trim(line.substr(1));
        if (rest.starts_with("{%"))
            return BodyMark::Script;
        return line.size() > 1 && isBlank(line[1]) && rest.ends_with(".js") ? BodyMark::ScriptFile
                                                                            : BodyMark::None;
    }
    if (!line.starts_with('<'))
        return BodyMark::None;
    std::string_view rest = line.substr(1);
    if (text::trim(rest).starts_with("{%"))
        return BodyMark::Script;
    // `<@latin1 ./file`: with variables filled in, and in that charset.
    if (rest.starts_with('@')) {
        rest.remove_prefix(1);
        const auto end = std::find_if(rest.begin(), rest.end(), isBlank);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.begin()));
    }
    return !rest.empty() && isBlank(rest.front()) && !text::trim(rest).empty() ? BodyMark::FileBody
                                                                               : BodyMark::None;
}

bool closesScript(std::string_view line) { return line.find("%}") != std::string_view::npos; }

bool isMarkInBody(std::string_view line)
{
    return separatorTitle(line) || bodyMarkOf(line) != BodyMark::None || readStatusLine(line);
}

std::optional<std::pair<std::string, std::string>> readRequestLine(std::string_view line)
{
    line = text::trim(line);
    const std::size_t blank = line.find_first_of(" \t");
    const std::string_view word = line.substr(0, blank);
    if (blank != std::string_view::npos && isWord(word)) {
        const std::string_view target = withoutVersion(text::trim(line.substr(blank)));
        // A method that is known may be in small letters, another one is no word of a text.
        const std::string method = text::toUpper(word);
        const bool canBe
            = isKnownMethod(word)
              || (looksLikeTarget(target) && (isKnownMethod(method) || word == method));
        if (!canBe || isSentence(target))
            return std::nullopt;
        return std::pair(method, std::string(target));
    }
    if (isKnownMethod(line))
        return std::pair(std::string(line), std::string());
    const std::string_view target = withoutVersion(line);
    if (!looksLikeTarget(target) || isSentence(target))
        return std::nullopt;
    return std::pair(std::string("GET"), std::string(target));
}

std::optional<std::pair<int, std::string>> readStatusLine(std::string_view line)
{
    constexpr std::string_view key = "HTTP/";
    if (!line.starts_with(key))
        return std::nullopt;
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || blank == key.size())
        return std::nullopt;
    const std::string_view rest = text::trim(line.substr(blank));
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (rest.size() < 3 || !std::all_of(rest.begin(), rest.begin() + 3, isDigit)
        || (rest.size() > 3 && !isBlank(rest[3])))
        return std::nullopt;
    const int status = (rest[0] - '0') * 100 + (rest[1] - '0') * 10 + (rest[2] - '0');
    // httpYac writes `200 - OK`.
    std::string_view reason = text::trim(rest.substr(3));
    if (reason.starts_with("- "))
        reason = text::trim(reason.substr(2));
    return std::pair(status, std::string(reason));
}

bool beginsLikeDocument(std::string_view text)
{
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    bool isInScript = false;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (isInScript) {
            isInScript = !closesScript(line);
            continue;
        }
        if (text::trim(line).empty() || commentText(line) || variableOf(line))
            continue;
        if (bodyMarkOf(line) == BodyMark::Script) {
            isInScript = !closesScript(line);
            continue;
        }
        if (readStatusLine(line))
            return true;
        const auto request = readRequestLine(line);
        line = text::trim(line);
        return request && !hasBlank(request->second)
               && (isKnownMethod(line.substr(0, line.find_first_of(" \t")))
                       ? looksLikeTarget(request->second)
                       : startsWithAny(line, {"http://", "https://"}));
    }
    return false;
}

} // namespace understudy::formats::httpfile
