// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/http/header_list.h"
#include "core/model/path_pattern.h"
#include "core/model/server.h"

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
};

/// For formats that are written as requests: what to ask an endpoint for. What a request cannot say
/// is noted, by the name that the format has for it.
class Asker
{
public:
    /// `noun`: "the command", "the request".
    Asker(Notes &notes, std::string noun)
        : m_notes(notes)
        , m_noun(std::move(noun))
    {}

    /// What its first answer wants.
    Needs needsOf(const Endpoint &endpoint, const std::string &subject);
    /// A path that fits, percent-encoded.
    std::string pathText(const PathPattern &pattern, const Needs &needs,
                         const std::string &subject);

private:
    void rule(const Rule &each, Needs &needs, const std::string &subject);
    std::string valueFor(const PathSegment &segment, const std::string &subject);

    Notes &m_notes;
    std::string m_noun;
};

} // namespace understudy::formats::described
