// SPDX-License-Identifier: Apache-2.0
#include "core/formats/har/entry_stream.h"

#include "core/base/json_value.h"
#include "core/base/text.h"
#include "core/formats/har/recorded_entry.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/yaml/parse.h"

#include <algorithm>
#include <utility>

namespace understudy::formats::har {

namespace {

constexpr std::size_t kChunk = std::size_t{256} * 1024;
/// The list of entries stands before this, if the file has one.
constexpr std::size_t kLongestHead = std::size_t{16} * 1024 * 1024;
constexpr std::size_t kLargestEntry = std::size_t{256} * 1024 * 1024;
constexpr yaml::Bounds kEntryBounds{.bytes = kLargestEntry,
                                    .values = 4'000'000,
                                    .depth = static_cast<int>(JsonValue::kMaxDepth) - 4};

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Behind the quote that closes the one at `from`; 0 where something cannot stand in a text, npos
/// where the text ends before it does.
std::size_t behindText(std::string_view text, std::size_t from)
{
    for (std::size_t at = from + 1; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"')
            return at + 1;
        if (static_cast<unsigned char>(c) < 0x20)
            return 0;
        if (c == '\\')
            ++at;
    }
    return std::string_view::npos;
}

bool mayBeEntry(std::string_view text)
{
    return text.find("\"request\"") != std::string_view::npos
           && text.find("\"response\"") != std::string_view::npos;
}

/// A place in a part of the file, as one in the file.
yaml::Mark inFile(const yaml::Mark &start, const Place &where)
{
    if (where.line <= 0)
        return start;
    return {start.line + where.line - 1,
            where.line == 1 ? start.column + std::max(0, where.column - 1) : where.column};
}

} // namespace

EntryStream::EntryStream(Read read)
    : m_read(std::move(read))
{}

/// Reads on; the held part grows by as much as it has, so that looking at it again costs no more
/// than reading it did.
bool EntryStream::fill()
{
    if (m_isAllRead)
        return false;
    if (m_at > kChunk) {
        m_base += m_at;
        m_buffer.erase(0, m_at);
        m_at = 0;
    }
    const std::size_t held = m_buffer.size();
    const std::size_t wanted = std::max(kChunk, held - m_at);
    m_buffer.resize(held + wanted);
    const std::size_t got = std::min(wanted, m_read(m_buffer.data() + held, wanted));
    m_buffer.resize(held + got);
    m_budget += 16 * got;
    m_isAllRead = got == 0;
    return got > 0;
}

/// Goes behind the bracket of `"entries": [`, or stays at the beginning where there is none.
void EntryStream::findList()
{
    m_hasBegun = true;
    m_budget += 100'000;
    while (true) {
        const std::size_t key = m_buffer.find("\"entries\"");
        const std::size_t open = key == std::string::npos ? key : m_buffer.find('[', key);
        if (open != std::string::npos) {
            advance(open + 1);
            m_isInList = true;
            m_hasList = true;
            return;
        }
        if (m_buffer.size() >= kLongestHead || !fill())
            return;
    }
}

void EntryStream::advance(std::size_t to)
{
    for (; m_at < to; ++m_at) {
        const char c = m_buffer[m_at];
        if (c == '\n') {
            ++m_mark.line;
            m_mark.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++m_mark.column;
        }
        if (!isBlank(c))
            m_before = c;
    }
}

/// Goes to the next opening brace; false at the end. In the list, what stands before it is looked
/// at.
bool EntryStream::findOpen()
{
    while (true) {
        const std::size_t open = m_buffer.find('{', m_at);
        const std::size_t end = std::min(open, m_buffer.size());
        for (std::size_t i = m_at; i < end && m_isInList; ++i) {
            const char c = m_buffer[i];
            if (c == ']') {
                m_isInList = false;
                m_isBehind = true;
            } else if (!isBlank(c) && c != ',') {
                advance(i);
                m_strayed = m_mark;
                m_isInList = false;
            }
        }
        advance(end);
        if (open != std::string::npos || !fill())
            return open != std::string::npos;
    }
}

/// It stands in a list, as far as one can tell.
bool EntryStream::isItemStart() const
{
    return m_before == 0 || m_before == ',' || m_before == '[' || m_before == '}';
}

EntryStream::ObjectEnd EntryStream::objectEnd(std::size_t from)
{
    constexpr std::string_view outside = "{}[],:\"0123456789+-.eEtrufalsn \t\r\n";
    std::size_t depth = 0;
    std::size_t at = from;
    const auto done = [&](ObjectEnd::Kind kind) {
        m_budget -= std::min(m_budget, at - from);
        return ObjectEnd{kind, at};
    };
    while (at < m_buffer.size()) {
        const char c = m_buffer[at];
        if (c == '"') {
            const std::size_t behind = behindText(m_buffer, at);
            if (behind == 0)
                return done(ObjectEnd::Kind::Broken);
            if (behind == std::string::npos)
                break;
            at = behind;
            continue;
        }
        ++at;
        if (c == '{') {
            ++depth;
        } else if (c == '}') {
            if (--depth == 0)
                return done(ObjectEnd::Kind::Whole);
        } else if (outside.find(c) == std::string_view::npos) {
            return done(ObjectEnd::Kind::Broken);
        }
    }
    at = m_buffer.size();
    return done(ObjectEnd::Kind::Cut);
}

/// Where the object at m_at ends; reads on as far as it takes.
EntryStream::ObjectEnd EntryStream::wholeObject()
{
    while (true) {
        const ObjectEnd end = objectEnd(m_at);
        if (end.kind != ObjectEnd::Kind::Cut || m_buffer.size() - m_at >= kLargestEntry || !fill())
            return end;
    }
}

std::optional<StreamedPart> EntryStream::damaged(yaml::Mark at, std::string problem)
{
    if (std::exchange(m_isDamaged, true))
        return std::nullopt;
    StreamedPart part;
    part.at = at;
    part.problem = std::move(problem);
    return part;
}

/// A whole object ends at `end`.
std::optional<StreamedPart> EntryStream::readWhole(std::size_t end)
{
    const std::string_view bytes = std::string_view(m_buffer).substr(m_at, end - m_at);
    const yaml::Mark start = m_mark;
    if (!m_isInList && !mayBeEntry(bytes)) {
        advance(end);
        return std::nullopt;
    }
    m_budget -= std::min(m_budget, bytes.size());
    StreamedPart part;
    part.at = start;
    part.isRepaired = !text::isUtf8(bytes);
    part.entry = part.isRepaired ? text::asUtf8(std::string(bytes)) : std::string(bytes);
    part.offset = m_base + m_at;
    part.size = bytes.size();
    auto tree = yaml::parse(part.entry, {}, kEntryBounds);
    const auto read = tree ? readRecorded(*tree) : tree.error();
    if (read) {
        part.tree = *std::move(tree);
        advance(end);
        m_isInList = !m_isBehind;
        m_isDamaged = false;
        return part;
    }
    if (tree && m_isInList) {
        part.problem = read.error().message;
        advance(end);
        return part;
    }
    // Whole ones may be in it.
    advance(m_at + 1);
    if (!std::exchange(m_isInList, false))
        return std::nullopt;
    return damaged(inFile(start, read.error().where),
                   "the entry is damaged: " + read.error().message);
}

std::optional<StreamedPart> EntryStream::readObject()
{
    const ObjectEnd end = wholeObject();
    if (end.kind == ObjectEnd::Kind::Whole)
        return readWhole(end.end);
    const yaml::Mark start = m_mark;
    advance(m_at + 1);
    if (!std::exchange(m_isInList, false))
        return std::nullopt;
    return damaged(start, end.kind == ObjectEnd::Kind::Broken ? "the entry is damaged"
                          : m_isAllRead ? "the file ends within this entry: it was cut off"
                                        : "the entry is damaged, or larger than 256 MiB");
}

std::optional<StreamedPart> EntryStream::next()
{
    if (!m_hasBegun)
        findList();
    while (true) {
        const bool wasInList = m_isInList;
        const bool isAtEnd = !findOpen();
        if (const auto strayed = std::exchange(m_strayed, std::nullopt)) {
            if (auto part = damaged(*strayed, "something that is no entry is in the list here"))
                return part;
        }
        if (isAtEnd) {
            m_isInList = false;
            return wasInList && !m_isBehind
                       ? damaged(m_mark, "the file ends before its list of entries does: it was "
                                         "cut off")
                       : std::nullopt;
        }
        if (!isItemStart() || m_budget == 0) {
            advance(m_at + 1);
            m_isInList = false;
        } else if (auto part = readObject()) {
            return part;
        }
    }
}

} // namespace understudy::formats::har
