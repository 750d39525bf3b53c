// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// The kinds of lines that .http files have, of REST Client for Visual Studio Code and of the HTTP
/// Client of JetBrains.
namespace understudy::formats::httpfile {

/// `###`, and what stands behind it.
std::optional<std::string_view> separatorTitle(std::string_view line);
/// A comment, `# …` or `// …`, without its sign.
std::optional<std::string_view> commentText(std::string_view line);
/// `@name x` in a comment.
std::optional<std::string> nameInComment(std::string_view comment);
/// `@name = value`.
std::optional<std::pair<std::string, std::string>> variableOf(std::string_view line);
/// `name: value`.
std::optional<std::pair<std::string, std::string>> headerOf(std::string_view line);

/// What a line in a body, or behind it, is instead of text.
enum class BodyMark {
    None,
    FileBody,
    Script,      ///< `> {% … %}`
    BlockScript, ///< of httpYac: `{{`, `{{response`, up to a line `}}`
    ScriptFile,  ///< also an assertion of httpYac: `?? status == 200`
    AnswerFile,
    OutputFile
};
BodyMark bodyMarkOf(std::string_view line);

/// A script that begins on this line ends on it, too.
bool closesScript(std::string_view line);

} // namespace understudy::formats::httpfile
