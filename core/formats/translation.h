// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/recorded/answer.h"
#include "core/model/server.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats {

/// One request and its answer on the way from another tool's words to ours: whom notes are about,
/// and whether it can be served in the end.
class Translation
{
public:
    /// `unit`: what the tool calls it, "expectation".
    Translation(Notes &notes, std::string subject, std::string_view unit)
        : m_notes(notes)
        , m_subject(std::move(subject))
        , m_unit(unit)
    {}

    bool isServed() const { return m_isServed; }
    const std::string &subject() const { return m_subject; }
    recorded::AnswerScope answerScope(yaml::Mark at) const { return {m_notes, m_subject, at}; }

    void changed(const std::string &message, yaml::Mark at) const
    {
        m_notes.changed(m_subject, message, at);
    }
    void notServed(const std::string &message, yaml::Mark at) const
    {
        m_notes.notServed(m_subject, message, at);
    }
    /// Without it the answer would go to requests that it is not for.
    void switchOff(const std::string &message, yaml::Mark at);
    /// Says of each key of a map that is not among the known ones that it has no effect.
    void noteOthers(const yaml::Node &map, std::span<const std::string_view> known,
                    std::string_view what) const;
    /// Gives an endpoint its path, "/" and off where that is none.
    void setPath(Endpoint &endpoint, std::string path, yaml::Mark at);
    /// The JSON that a text or a tree stands for, called `what` in messages; off where it is none,
    /// or nested more deeply than a mock file may be.
    std::optional<JsonValue> json(const yaml::Node &node, const std::string &what);
    /// Answers with a file of the import's folder or below; false and a note where it is none.
    bool setFile(Response &response, const std::string &path, yaml::Mark at) const;
    /// The status of a response; 200 without one, 500 and a note where it is none of HTTP.
    void setStatus(Response &response, const yaml::Node *status) const;

private:
    Notes &m_notes;
    std::string m_subject;
    std::string_view m_unit;
    bool m_isServed = true;
};

/// Values nested more deeply are kept as texts, or are off: a mock file could not hold them.
inline constexpr std::size_t kDeepestJson = 60;

/// A body of that value.
Body jsonBody(JsonValue value);

/// As many requests of a file are read; the order of more would take too long to keep.
inline constexpr std::size_t kMostTranslated = 10'000;

/// The endpoints as a server has them. They stand in the order in which the other tool tries them,
/// which is kept by priorities where ours would be another; their own do not count.
std::vector<Item> itemsInOrder(std::vector<Endpoint> endpoints);

} // namespace understudy::formats
