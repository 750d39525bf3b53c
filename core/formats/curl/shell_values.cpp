// SPDX-License-Identifier: Apache-2.0
#include "core/formats/curl/shell_values.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace understudy::formats::curl {

namespace {

/// No URL is longer; and so `A=$A$A` does not grow for ever.
constexpr std::size_t kMaxValue = 8192;

/// Before a command, or around several, of which each is looked at for itself.
constexpr std::array<std::string_view, 16> kShellWords{
    "if",   "then", "elif", "else", "fi",   "while",   "until", "do",
    "done", "!",    "{",    "}",    "time", "command", "exec",  "sudo"};
constexpr std::array<std::string_view, 4> kDeclaring{"export", "readonly", "declare", "local"};
/// What a script does before it asks for something.
constexpr std::array<std::string_view, 11> kPreparing{
    "set", "cd", "source", ".", "echo", "printf", "unset", "shopt", "sleep", "trap", "umask"};

template<std::size_t N>
bool isOneOf(const std::array<std::string_view, N> &words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// The length of the name of a variable at the beginning of a text; 0 where there is none.
std::size_t nameLength(std::string_view text)
{
    if (text.empty() || std::isdigit(static_cast<unsigned char>(text.front())) != 0)
        return 0;
    const auto end = std::find_if(text.begin(), text.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_';
    });
    return static_cast<std::size_t>(end - text.begin());
}

bool isAssignment(std::string_view word)
{
    const std::size_t length = nameLength(word);
    return length > 0 && word.substr(length).starts_with('=');
}

} // namespace

bool ShellValues::assign(std::string_view word)
{
    if (!isAssignment(word))
        return false;
    const std::size_t sign = word.find('=');
    m_values.insert_or_assign(std::string(word.substr(0, sign)), filled(word.substr(sign + 1)));
    return true;
}

ShellCommand ShellValues::take(ShellCommand command)
{
    std::vector<std::string> &words = command.words;
    const auto first = std::find_if(words.begin(), words.end(), [this](const std::string &word) {
        return !assign(word) && !isOneOf(kShellWords, word);
    });
    words.erase(words.begin(), first);
    if (!words.empty() && isOneOf(kDeclaring, words.front())) {
        std::for_each(words.begin() + 1, words.end(),
                      [this](const std::string &word) { assign(word); });
        words.clear();
    }
    return command;
}

std::string ShellValues::filled(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t sign = std::min(text.find('$'), text.size());
        out.append(text.substr(0, sign));
        text.remove_prefix(sign);
        const std::size_t brace = text.starts_with("${") ? 1 : 0;
        const std::string_view behind = text.substr(std::min(1 + brace, text.size()));
        const std::size_t length = nameLength(behind);
        const std::string_view name = behind.substr(0, length);
        if (length == 0 || (brace > 0 && !behind.substr(length).starts_with('}'))) {
            out.append(text.substr(0, 1));
            text.remove_prefix(std::min<std::size_t>(1, text.size()));
            continue;
        }
        const std::string_view written = text.substr(0, 1 + length + 2 * brace);
        const auto value = m_values.find(name);
        if (value != m_values.end() && out.size() + value->second.size() <= kMaxValue) {
            out += value->second;
        } else {
            out += written;
            m_unknown.emplace(name);
        }
        text.remove_prefix(written.size());
    }
    return out;
}

bool beginsWithCurl(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text::trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.starts_with("$ "))
            line = text::trim(line.substr(2));
        if (line.empty() || line.starts_with('#'))
            continue;
        const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
        const std::string_view word = line.substr(0, blank);
        if (isCurl(word))
            return blank < line.size();
        // `NAME=value curl …` is both.
        if (isAssignment(word) && line.find("curl ") != std::string_view::npos)
            return true;
        if (!isAssignment(word) && !isOneOf(kPreparing, word) && !isOneOf(kDeclaring, word))
            return false;
    }
    return false;
}

bool namesShell(std::string_view text)
{
    return text.starts_with("#!")
           && text.substr(0, text.find('\n')).find("sh") != std::string_view::npos;
}

bool isCurl(std::string_view word)
{
    const std::size_t slash = word.find_last_of("/\\");
    if (slash != std::string_view::npos)
        word.remove_prefix(slash + 1);
    return word == "curl" || word == "curl.exe";
}

} // namespace understudy::formats::curl
