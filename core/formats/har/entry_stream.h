// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/yaml/node.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::formats::har {

/// A part of a HAR: an entry, or one that cannot be read.
struct StreamedPart
{
    yaml::Mark at;
    std::string problem; ///< why it cannot be read; empty: it is an entry
    std::string entry{}; ///< its text, as UTF-8
    yaml::Node tree{}; ///< of the entry: a map with `request` and `response`; marks from its start
    std::size_t offset = 0; ///< of the entry, in bytes
    std::size_t size = 0;
    bool isRepaired = false; ///< bytes that were not UTF-8 are replaced
};

/// Reads the entries of a HAR one after the other, so that an archive of any size takes no more
/// memory than its largest entry. Whole entries are found wherever they are: what is cut off or
/// damaged in between is said once, with its place. Takes a time that grows with the length of the
/// text alone. One thread.
class EntryStream
{
public:
    /// Puts up to `most` bytes to where it is told and returns how many; 0 at the end.
    using Read = std::function<std::size_t(char *to, std::size_t most)>;

    explicit EntryStream(Read read);

    /// Nothing at the end.
    std::optional<StreamedPart> next();
    /// Whether there is a list of entries, if only an empty one; known behind the first part.
    bool hasList() const { return m_hasList; }
    /// Bytes that have been read.
    std::size_t bytesRead() const { return m_base + m_buffer.size(); }

private:
    struct ObjectEnd
    {
        enum class Kind { Whole, Broken, Cut } kind;
        std::size_t end = 0; ///< Whole: behind the brace; Broken: what cannot stand there
    };

    bool fill();
    void findList();
    void advance(std::size_t to);
    bool findOpen();
    bool isItemStart() const;
    ObjectEnd objectEnd(std::size_t from);
    ObjectEnd wholeObject();
    std::optional<StreamedPart> readObject();
    std::optional<StreamedPart> readWhole(std::size_t end);
    std::optional<StreamedPart> damaged(yaml::Mark at, std::string problem);

    Read m_read;
    std::string m_buffer;     ///< what is held of the text
    std::size_t m_base = 0;   ///< bytes before it
    std::size_t m_at = 0;     ///< everything before has been looked at
    yaml::Mark m_mark{1, 1};  ///< of m_at
    char m_before = 0;        ///< the last character before m_at that is no white space
    std::size_t m_budget = 0; ///< steps that are left: nested beginnings are looked at again
    bool m_isAllRead = false; ///< the buffer ends where the text does
    bool m_hasList = false;
    bool m_hasBegun = false;             ///< the list has been looked for
    bool m_isInList = false;             ///< m_at is between two items of the list
    bool m_isBehind = false;             ///< the list has ended
    bool m_isDamaged = false;            ///< and has said so
    std::optional<yaml::Mark> m_strayed; ///< something that is no object stood in the list
};

} // namespace understudy::formats::har
