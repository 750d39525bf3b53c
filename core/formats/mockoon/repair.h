// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"

#include <boost/json/value.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::mockoon {

/// Reads the values of one JSON object as Mockoon's loader does: what is missing or impossible
/// becomes its default. A missing value is normal in older files; an impossible one is noted. Lives
/// no longer than the object.
class ObjectReader
{
public:
    /// `subject` is put in front of notes.
    ObjectReader(const boost::json::object &object, Notes &notes, std::string subject)
        : m_object(object)
        , m_notes(notes)
        , m_subject(std::move(subject))
    {}

    std::string text(std::string_view key, std::string_view fallback = {}) const;
    /// A whole number in [from, to]; one that is written as text counts too.
    std::int64_t number(std::string_view key, std::int64_t fallback, std::int64_t from,
                        std::int64_t to) const;
    bool flag(std::string_view key, bool fallback) const;
    /// One of `known`, ignoring letter case (with a note); anything else is the fallback. null
    /// counts as missing.
    std::string choice(std::string_view key, std::string_view fallback,
                       std::initializer_list<std::string_view> known) const;
    /// The objects in a list; entries that are none are dropped with a note.
    std::vector<const boost::json::object *> objects(std::string_view key) const;

    const boost::json::object &object() const { return m_object; }
    const std::string &subject() const { return m_subject; }

private:
    void repaired(std::string_view key, const boost::json::value &found,
                  const std::string &used) const;

    const boost::json::object &m_object;
    Notes &m_notes;
    std::string m_subject;
};

} // namespace understudy::formats::mockoon
