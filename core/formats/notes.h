// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/yaml/node.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace understudy::formats {

/// Collects what an import or an export has to say. `subject` in front of each message tells whose
/// it is: "GET /users/:id", "GET /users/:id, response 'Found'". Without a mark the place is the
/// file alone.
class Notes
{
public:
    explicit Notes(std::string file)
        : m_file(std::move(file))
    {}

    /// Understood, but not as it stands there: repaired, read as its author meant it, or expressed
    /// in another way.
    void changed(const std::string &subject, const std::string &message, yaml::Mark at = {})
    {
        add(Severity::Note, ErrorCode::Invalid, subject, message, at);
    }

    /// Kept in the document, without effect in this version; or what the other format has no word
    /// for.
    void notServed(const std::string &subject, const std::string &message, yaml::Mark at = {})
    {
        add(Severity::Warning, ErrorCode::Unsupported, subject, message, at);
    }

    /// While it lives, what is said without a mark is said of this place.
    class Within
    {
    public:
        Within(Notes &notes, yaml::Mark at)
            : m_notes(notes)
            , m_outer(std::exchange(notes.m_at, at))
        {}
        ~Within() { m_notes.m_at = m_outer; }
        Within(const Within &) = delete;
        Within &operator=(const Within &) = delete;

    private:
        Notes &m_notes;
        yaml::Mark m_outer;
    };

    std::vector<Problem> take() { return std::move(m_problems); }

private:
    void add(Severity severity, ErrorCode code, const std::string &subject,
             const std::string &message, yaml::Mark at)
    {
        std::string text = subject.empty() ? message : subject + ": " + message;
        // An export has no places that tell one from the other: it says the same thing once.
        if (m_file.empty() && !m_said.insert(text).second)
            return;
        const yaml::Mark place = at.line > 0 ? at : m_at;
        m_problems.push_back(
            {severity, {code, std::move(text), {m_file, place.line, place.column}}});
    }

    std::string m_file;
    yaml::Mark m_at; ///< see Within
    std::vector<Problem> m_problems;
    std::set<std::string> m_said; ///< by an export
};

} // namespace understudy::formats
