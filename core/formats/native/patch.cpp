// SPDX-License-Identifier: Apache-2.0
// One class and what it needs, over 400 lines: its functions call each other in every direction.
#include "core/formats/native/flow.h"
#include "core/formats/native/lines.h"
#include "core/formats/native/merge.h"
#include "core/formats/native/native.h"
#include "core/formats/native/tables.h"
#include "core/formats/yaml/emit.h"
#include "core/formats/yaml/parse.h"

#include <algorithm>
#include <optional>

/// The edit by lines. A list or map of the text is taken apart into its entries; each goes with the
/// comment lines above it and is kept as it stands, changed further inside, or written anew.
namespace understudy::formats::native {

namespace {

/// The lines of an entry. `body` begins at the entry's column, behind the blanks or dashes of its
/// first line.
struct Piece
{
    std::string lead; ///< blank lines and comments above
    std::string body;
};

std::string spaces(int count)
{
    return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

bool hasOnly(std::string_view text, std::string_view characters)
{
    return text.find_first_not_of(characters) == std::string_view::npos;
}

class Patcher
{
public:
    explicit Patcher(std::string_view text)
        : m_lines(text)
    {}

    /// Nothing, if the text's layout is one that is not taken apart.
    std::optional<std::string> run(const Change &root)
    {
        const Node &old = *root.old;
        std::optional<Piece> changed;
        if (root.kind == Change::Kind::Inner && old.flow) {
            if (auto text = flowText(m_lines, root))
                changed = Piece{{}, *std::move(text) + restOfLine(old)};
        } else if (root.kind == Change::Kind::Inner) {
            changed = inner(root, old.start.line);
        }
        if (!changed)
            return std::nullopt;
        std::string out(m_lines.text(1, old.start.line - 1));
        out += changed->lead;
        out += m_lines.before(old.start.line, old.start.column);
        out += changed->body;
        const std::string rest(m_lines.text(lastLine(old) + 1, m_lines.count()));
        if (!rest.empty())
            endLine(out, m_lines.lineEnd());
        return out + behind(out, rest);
    }

private:
    /// The last line on which there is something of `node`.
    int lastLine(const Node &node) const
    {
        if (!node.isScalar() && !node.flow && !node.alias && !node.items.empty()) {
            const int last = lastLine(node.items.back());
            return node.isMap() ? std::max(last, node.keys.back().at.line) : last;
        }
        int last = node.end.line;
        if (node.end.column == 1 && last > node.start.line)
            --last;
        // Blank lines belong to a block text only where its last line is one.
        const std::string_view content
            = std::string_view(node.text).substr(0, node.text.rfind('\n'));
        const std::string_view end = content.substr(content.rfind('\n') + 1);
        if (node.style == Node::Style::Block && !node.alias && !hasOnly(end, " \t")) {
            while (last > node.start.line && m_lines.isBlank(last))
                --last;
        }
        return last;
    }

    std::optional<Piece> inner(const Change &change, int lowest) const
    {
        return change.old->isMap() ? map(change) : list(change, lowest);
    }

    // --- Maps ---

    bool isTakenApart(const Node &map) const
    {
        const Mark first = map.keys.front().at;
        if (map.start.line != first.line || map.start.column != first.column
            || !hasOnly(m_lines.before(first.line, first.column), " -"))
            return false;
        return std::all_of(map.keys.begin() + 1, map.keys.end(), [&](const Node::Key &key) {
            return key.at.column == first.column
                   && hasOnly(m_lines.before(key.at.line, key.at.column), " ");
        });
    }

    std::optional<Piece> map(const Change &change) const
    {
        const Node &old = *change.old;
        if (old.keys.empty() || !isTakenApart(old))
            return std::nullopt;
        const int column = old.keys.front().at.column;
        std::vector<std::string> leads(1);
        for (std::size_t i = 1; i < old.keys.size(); ++i)
            leads.emplace_back(
                m_lines.text(lastEntryLine(old, i - 1) + 1, old.keys[i].at.line - 1));
        std::vector<Piece> pieces;
        for (const Change::Part &part : change.parts) {
            if (part.oldIndex == Change::kNew)
                pieces.push_back({{}, newEntry(part.key, *part.change.now, column)});
            else
                pieces.push_back({leads[part.oldIndex], entry(old, part, column)});
        }
        return joined(change, leads, std::move(pieces), column);
    }

    int lastEntryLine(const Node &map, std::size_t index) const
    {
        return std::max(map.keys[index].at.line, lastLine(map.items[index]));
    }

    std::string entry(const Node &old, const Change::Part &part, int column) const
    {
        const Mark at = old.keys[part.oldIndex].at;
        const int last = lastEntryLine(old, part.oldIndex);
        const Change &change = part.change;
        if (change.kind == Change::Kind::Keep)
            return std::string(m_lines.from(at.line, column, last));
        const Node &value = *change.old;
        if (change.kind == Change::Kind::Inner && value.start.line > at.line) {
            const int comments
                = value.isList() ? m_lines.commentsAbove(value.start.line, at.line + 1) : 0;
            if (const auto piece = inner(change, at.line + 1)) {
                std::string out(m_lines.from(at.line, column, value.start.line - 1 - comments));
                out += piece->lead;
                out += m_lines.before(value.start.line, value.start.column);
                return out + piece->body;
            }
        }
        if (auto spliced = splice(change, at.line, column))
            return *spliced;
        return newEntry(part.key, *change.now, column);
    }

    // --- Lists ---

    /// Where the dash of each item stands; nothing, if some do not stand below one another.
    std::optional<std::vector<int>> dashes(const Node &list) const
    {
        std::vector<int> lines;
        int lowest = list.start.line;
        for (const Node &item : list.items) {
            int line = item.start.line;
            while (line >= lowest && !isDash(line, list.start.column))
                --line;
            if (line < lowest)
                return std::nullopt;
            if (!hasOnly(m_lines.before(line, list.start.column), lines.empty() ? " -" : " "))
                return std::nullopt;
            lines.push_back(line);
            lowest = lastLine(item) + 1;
        }
        return lines;
    }

    bool isDash(int line, int column) const
    {
        const std::string_view before = m_lines.before(line, column);
        const std::string_view whole = m_lines.at(line);
        return before.size() < whole.size() && whole[before.size()] == '-' && hasOnly(before, " -");
    }

    std::optional<Piece> list(const Change &change, int lowest) const
    {
        const Node &old = *change.old;
        const auto lines = dashes(old);
        if (!lines || lines->empty() || lines->front() != old.start.line)
            return std::nullopt;
        const int column = old.start.column;
        const int comments = m_lines.commentsAbove(lines->front(), lowest);
        std::vector<std::string> leads;
        leads.emplace_back(m_lines.text(lines->front() - comments, lines->front() - 1));
        for (std::size_t i = 1; i < lines->size(); ++i)
            leads.emplace_back(m_lines.text(lastLine(old.items[i - 1]) + 1, (*lines)[i] - 1));
        // New items, and the first one where it has moved, are set apart as the others are.
        const std::string separator
            = leads.size() > 1 ? leads[1].substr(0, leads[1].size() - unspaced(leads[1]).size())
                               : std::string();
        std::vector<Piece> pieces;
        for (const Change::Part &part : change.parts) {
            if (part.oldIndex == Change::kNew) {
                pieces.push_back({separator, newItem(*part.change.now, column)});
                continue;
            }
            Piece piece = item(part.change, (*lines)[part.oldIndex], column);
            piece.lead.insert(0, leads[part.oldIndex]);
            if (part.oldIndex == 0 && !pieces.empty())
                piece.lead.insert(0, separator);
            pieces.push_back(std::move(piece));
        }
        return joined(change, leads, std::move(pieces), column);
    }

    Piece item(const Change &change, int line, int column) const
    {
        const Node &old = *change.old;
        if (change.kind == Change::Kind::Keep)
            return {{}, std::string(m_lines.from(line, column, std::max(line, lastLine(old))))};
        if (change.kind == Change::Kind::Inner) {
            if (const auto piece = inner(change, line + 1)) {
                std::string head(m_lines.from(line, column, old.start.line - 1));
                const std::string_view prefix = m_lines.before(old.start.line, old.start.column);
                if (old.start.line > line)
                    return {{}, head.append(piece->lead).append(prefix).append(piece->body)};
                head = prefix.substr(m_lines.before(line, column).size());
                return {piece->lead, head + piece->body};
            }
        }
        if (auto spliced = splice(change, line, column))
            return {{}, *spliced};
        return {{}, newItem(*change.now, column)};
    }

    // --- Writing ---

    /// Only the value, so that a comment behind it stays. It begins on `line`, the line of its
    /// entry.
    std::optional<std::string> splice(const Change &change, int line, int column) const
    {
        const Node &old = *change.old;
        const Node &now = *change.now;
        const bool isEmpty = old.isScalar() && old.text.empty() && old.style == Node::Style::Plain;
        if (old.start.line != line || old.alias || isEmpty)
            return std::nullopt;
        std::optional<std::string> value;
        if (old.flow && !now.isScalar()) {
            value = flowText(m_lines, change);
        } else if ((old.isScalar() || old.flow) && old.end.line == line
                   && old.style != Node::Style::Block) {
            value = yaml::emit(now);
            value->pop_back();
            if (value->find('\n') != std::string::npos
                || (!now.isScalar() && !now.flow && !now.items.empty()))
                return std::nullopt;
        }
        if (!value)
            return std::nullopt;
        const std::string_view whole = m_lines.at(line);
        const std::size_t skipped = m_lines.before(line, column).size();
        const std::size_t begin = m_lines.before(line, old.start.column).size();
        return std::string(whole.substr(skipped, begin - skipped)) + *value + restOfLine(old);
    }

    /// What stands behind a value on its last line.
    std::string restOfLine(const Node &old) const
    {
        const std::string_view whole = m_lines.at(old.end.line);
        return std::string(whole.substr(m_lines.before(old.end.line, old.end.column).size()));
    }

    std::string newEntry(const std::string &key, const Node &value, int column) const
    {
        Node map = Node::map();
        map.add(key, value);
        return canonical(map, column);
    }

    std::string newItem(const Node &value, int column) const
    {
        Node list = Node::list();
        list.items.push_back(value);
        return canonical(list, column);
    }

    std::string canonical(const Node &node, int column) const
    {
        std::string text
            = yaml::emit(node, column - 1).substr(static_cast<std::size_t>(column) - 1);
        if (m_lines.lineEnd() == "\n")
            return text;
        std::string out;
        for (const char c : text)
            out += c == '\n' ? std::string(m_lines.lineEnd()) : std::string(1, c);
        return out;
    }

    /// Without the blank lines at its beginning.
    static std::string unspaced(const std::string &lead)
    {
        const Lines lines(lead);
        int first = 1;
        while (first <= lines.count() && lines.isBlank(first))
            ++first;
        return std::string(lines.text(first, lines.count()));
    }

    /// A block text that keeps its last blank lines (`|+`) would take those that follow it for its
    /// own.
    static std::string behind(const std::string &text, const std::string &next)
    {
        const std::size_t end = text.find_last_not_of(" \t\r\n");
        const std::string_view blank
            = std::string_view(text).substr(end == std::string::npos ? 0 : end + 1);
        return std::count(blank.begin(), blank.end(), '\n') > 1 ? unspaced(next) : next;
    }

    /// What stays of the lines above an entry that goes: comments that a blank line sets apart from
    /// it.
    static std::string detached(const std::string &lead)
    {
        const Lines lines(lead);
        int last = lines.count() - lines.commentsAbove(lines.count() + 1, 1);
        while (last > 0 && lines.isBlank(last))
            --last;
        return std::string(lines.text(1, last));
    }

    Piece joined(const Change &change, const std::vector<std::string> &leads,
                 std::vector<Piece> pieces, int column) const
    {
        std::vector<bool> kept(leads.size(), false);
        for (const Change::Part &part : change.parts) {
            if (part.oldIndex != Change::kNew)
                kept[part.oldIndex] = true;
        }
        std::string tail;
        for (std::size_t i = leads.size(); i-- > 0;) {
            if (kept[i])
                continue;
            const std::string rest = detached(leads[i]);
            const auto next = std::find_if(
                change.parts.begin(), change.parts.end(), [&](const Change::Part &part) {
                    return part.oldIndex != Change::kNew && part.oldIndex > i;
                });
            std::string &to
                = next == change.parts.end()
                      ? tail
                      : pieces[static_cast<std::size_t>(next - change.parts.begin())].lead;
            to.insert(0, rest);
        }
        Piece out;
        for (Piece &piece : pieces) {
            endLine(piece.lead, m_lines.lineEnd());
            if (out.body.empty()) {
                out = {unspaced(piece.lead), std::move(piece.body)};
                continue;
            }
            endLine(out.body, m_lines.lineEnd());
            out.body += behind(out.body, piece.lead) + spaces(column - 1) + piece.body;
        }
        if (!tail.empty()) {
            endLine(out.body, m_lines.lineEnd());
            out.body += behind(out.body, tail);
        }
        return out;
    }

    Lines m_lines;
};

/// How deep the second line of a JSON text is indented.
int jsonIndent(std::string_view text)
{
    const std::size_t line = text.find('\n');
    const std::size_t word
        = line == std::string_view::npos ? line : text.find_first_not_of(' ', line + 1);
    const int indent = word == std::string_view::npos ? 2 : static_cast<int>(word - line - 1);
    return indent >= 1 && indent <= 8 ? indent : 2;
}

std::optional<std::string> attempt(std::string_view text, const Node &old, const Node &before,
                                   const Node &after, const MergeOptions &options)
{
    const Change change = merge(old, before, after, options);
    if (!old.flow || !JsonValue::parse(text))
        return Patcher(text).run(change);
    std::string out = yaml::emitJson(merged(change), jsonIndent(text));
    if (!text.ends_with('\n'))
        out.pop_back();
    return out;
}

} // namespace

std::string patch(std::string_view text, const Server &before, const Server &after)
{
    const Node was = serverTable().write(before);
    const Node now = serverTable().write(after);
    if (same(was, now))
        return std::string(text);
    const bool mark = text.starts_with("\xef\xbb\xbf");
    const std::string_view body = mark ? text.substr(3) : text;
    const Result<Node> old = yaml::parse(body, {});
    if (old && old->isMap()) {
        for (const bool spellOutIds : {false, true}) {
            const auto out = attempt(body, *old, was, now, {spellOutIds});
            if (!out)
                break;
            const ReadOutcome back = read(*out, {});
            // Values that validate() objects to are in the document and belong in its file too.
            if (same(serverTable().write(back.server), now))
                return (mark ? "\xef\xbb\xbf" : "") + *out;
        }
        if (old->flow && JsonValue::parse(body))
            return yaml::emitJson(now, jsonIndent(body));
    }
    return yaml::emit(now);
}

} // namespace understudy::formats::native
