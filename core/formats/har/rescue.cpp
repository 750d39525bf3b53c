// SPDX-License-Identifier: Apache-2.0
#include "core/formats/har/rescue.h"

#include "core/formats/har/entry_stream.h"

#include <optional>

namespace understudy::formats::har {

namespace {

/// Gives a text that is in memory.
EntryStream::Read readerOf(std::string_view text)
{
    return [text](char *to, std::size_t most) mutable {
        const std::size_t given = text.copy(to, most);
        text.remove_prefix(given);
        return given;
    };
}

/// Where a mark of the list can be put: in what is left out, but no line break.
std::optional<std::size_t> roomFor(std::string_view text, std::size_t from, std::size_t end)
{
    for (std::size_t at = end; at > from; --at) {
        if (text[at - 1] != '\n')
            return at - 1;
    }
    return std::nullopt;
}

/// Blanks for characters, so that lines and columns stay.
void appendBlanked(std::string &out, std::string_view text, std::optional<std::size_t> room,
                   char mark)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (room == i)
            out += mark;
        else if (text[i] == '\n')
            out += '\n';
        else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U)
            out += ' ';
    }
}

} // namespace

Rescued rescueEntries(std::string_view text)
{
    Rescued out;
    std::size_t done = 0;
    EntryStream stream(readerOf(text));
    while (const auto part = stream.next()) {
        if (!part->problem.empty())
            continue;
        const bool isFirst = out.entries == 0;
        const std::string_view between = text.substr(done, part->offset - done);
        const auto room = roomFor(between, 0, between.size());
        if (!isFirst && !room)
            continue;
        if (!room)
            out.text = "[";
        appendBlanked(out.text, between, room, isFirst ? '[' : ',');
        out.text += text.substr(part->offset, part->size);
        done = part->offset + part->size;
        ++out.entries;
    }
    if (out.entries > 0)
        out.text += ']';
    return out;
}

} // namespace understudy::formats::har
