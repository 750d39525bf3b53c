// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/http/header_list.h"
#include "core/model/path_pattern.h"
#include "core/model/server.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace understudy::formats::described {

/// What a request needs so that the rule of an answer holds, as far as it can be said.
struct Needs
{
    std::map<std::string, std::string> path;
    std::string query; ///< without the question mark, encoded
    http::HeaderList headers;
    std::string cookies;
    std::string form;
    std::optional<std::string> body;
    bool isJson = false;

    bool hasBody() const { return body || !form.empty(); }
    /// One body: the text, or else the form.
    const std::string &bodyText() const { return body ? *body : form; }
};

/// What to ask an endpoint for, to get its first answer.
struct Question
{
    const Endpoint &endpoint;
    std::string subject; ///< whom notes are about
    std::string target;  ///< a path that fits, and the query, percent-encoded
    Needs needs;
};

/// Where a server is asked on this machine: "http://127.0.0.1:3000".
std::string originOf(const Server &server);

/// For formats that are written as requests: what to ask the endpoints for. What a request cannot
/// say is noted, by the name that the format has for it.
class Asker
{
public:
    /// `noun`: "the command", "the request".
    Asker(Notes &notes, std::string noun)
        : m_notes(notes)
        , m_noun(std::move(noun))
    {}

    /// Calls `ask` for each endpoint that an address leads to; the others are noted.
    void forEachQuestion(const Server &server, const std::function<void(const Question &)> &ask);

private:
    Needs needsOf(const Endpoint &endpoint, const std::string &subject);
    std::string pathText(const PathPattern &pattern, const Needs &needs,
                         const std::string &subject);
    void rule(const Rule &each, Needs &needs, const std::string &subject);
    std::string valueFor(const PathSegment &segment, const std::string &subject);

    Notes &m_notes;
    std::string m_noun;
};

} // namespace understudy::formats::described
