// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/yaml/node.h"
#include "core/http/header_list.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::formats::httpfile {

/// `HTTP/1.1 200 OK` with what follows, as REST Client saves it.
struct SavedAnswer
{
    int status = 0;
    std::string reason;
    http::HeaderList headers;
    std::string body;
    yaml::Mark at;
};

/// One request as the file has it; nothing is filled in.
struct WrittenRequest
{
    std::string title;    ///< behind `###`
    std::string name;     ///< of `# @name`
    std::string comments; ///< in front of it
    std::string method = "GET";
    std::string target;
    http::HeaderList headers;
    std::string body;
    bool hasFileBody = false; ///< all of it, or a part, is in another file
    std::vector<SavedAnswer> answers;
    yaml::Mark at;
};

/// What a file has beside requests, none of which has an effect on answers.
struct SideMatter
{
    enum class Kind {
        Script,        ///< `< {% … %}`, `> {% … %}`, `> handler.js`
        BodyFile,      ///< `< ./body.json`
        AnswerFile,    ///< `<> answer.json`
        OutputFile,    ///< `>> file`
        OtherFile,     ///< `import`, `run`
        LonelyAnswer,  ///< a saved answer without a request
        NoHeader,      ///< in the head of a request, but no `name: value`
        NotUnderstood, ///< where a request is expected
        Unclosed       ///< a script without its end
    };
    Kind kind;
    std::string text; ///< the line
    yaml::Mark at;
};

/// A `curl` command in the place of a request, which REST Client takes.
struct WrittenCommand
{
    std::string text;
    yaml::Mark at;
    std::size_t before; ///< it stands before the request of that number
};

struct Document
{
    std::string preamble; ///< the comments of a first block without a request
    std::vector<std::pair<std::string, std::string>> variables;
    std::vector<WrittenRequest> requests;
    std::vector<WrittenCommand> commands;
    std::vector<SideMatter> beside;
};

/// Reads any text; what is not understood is in `beside`.
Document readDocument(std::string_view text);

/// "GET https://h/a HTTP/1.1", "https://h/a": method and target, which may be empty. Nothing for
/// what is no request line.
std::optional<std::pair<std::string, std::string>> readRequestLine(std::string_view line);

/// `HTTP/1.1 200 OK`: status and reason.
std::optional<std::pair<int, std::string>> readStatusLine(std::string_view line);

/// Whether a line of a body would not be read as one: a separator, a reference to a file, a script.
bool isMarkInBody(std::string_view line);

/// The text begins as such a file does: a request, after comments, variables and separators.
bool beginsLikeDocument(std::string_view text);

} // namespace understudy::formats::httpfile
