// SPDX-License-Identifier: Apache-2.0
#include "core/template/whitespace.h"

#include <algorithm>

namespace understudy::handlebars {

namespace {

using Body = std::vector<Statement>;

constexpr std::string_view kBlanks = " \t\n\r\v\f";

Content *contentAt(Body &body, std::ptrdiff_t index)
{
    return index >= 0 && index < static_cast<std::ptrdiff_t>(body.size())
               ? std::get_if<Content>(&body[static_cast<std::size_t>(index)])
               : nullptr;
}

bool isInside(const Body &body, std::ptrdiff_t index)
{
    return index >= 0 && index < static_cast<std::ptrdiff_t>(body.size());
}

/// Whether only blanks stand between the beginning of the line and the statement at `index`; of the
/// end of the body where that is its size.
bool isLineBegin(Body &body, std::ptrdiff_t index, bool isRoot)
{
    if (!isInside(body, index - 1))
        return isRoot;
    const Content *before = contentAt(body, index - 1);
    if (!before)
        return false;
    const std::string &text = before->original;
    const std::size_t last = text.find_last_not_of(" \t\r\v\f");
    if (last == std::string::npos)
        return isRoot && !isInside(body, index - 2);
    return text[last] == '\n';
}

/// Whether only blanks stand between the statement at `index` and the end of the line.
bool isLineEnd(Body &body, std::ptrdiff_t index, bool isRoot)
{
    if (!isInside(body, index + 1))
        return isRoot;
    const Content *behind = contentAt(body, index + 1);
    if (!behind)
        return false;
    const std::string &text = behind->original;
    const std::size_t first = text.find_first_not_of(" \t\r\v\f");
    if (first == std::string::npos)
        return isRoot && !isInside(body, index + 2);
    return text[first] == '\n';
}

/// Takes the rest of the line, or all blanks, off what stands behind `index`.
void stripBehind(Body &body, std::ptrdiff_t index, bool all)
{
    Content *content = contentAt(body, index + 1);
    if (!content || (!all && content->isRightStripped))
        return;
    std::string &text = content->text;
    const std::size_t before = text.size();
    if (all) {
        text.erase(0, std::min(text.find_first_not_of(kBlanks), text.size()));
    } else {
        std::size_t end = std::min(text.find_first_not_of(" \t"), text.size());
        if (end < text.size() && text[end] == '\r' && end + 1 < text.size()
            && text[end + 1] == '\n')
            end += 2;
        else if (end < text.size() && (text[end] == '\n' || text[end] == '\r'))
            ++end;
        text.erase(0, end);
    }
    content->isRightStripped = text.size() != before;
}

/// Takes the blanks of the line, or all, off what stands before `index`. Whether there were any.
bool stripBefore(Body &body, std::ptrdiff_t index, bool all)
{
    Content *content = contentAt(body, index - 1);
    if (!content || (!all && content->isLeftStripped))
        return false;
    std::string &text = content->text;
    const std::size_t before = text.size();
    text.resize(text.find_last_not_of(all ? kBlanks : " \t") + 1);
    content->isLeftStripped = text.size() != before;
    return content->isLeftStripped;
}

std::ptrdiff_t endOf(const Body &body) { return static_cast<std::ptrdiff_t>(body.size()); }

constexpr std::ptrdiff_t kBegin = -1;

class Stripper
{
public:
    Stripper(bool ignoreStandalone, bool preventIndent)
        : m_ignoreStandalone(ignoreStandalone)
        , m_preventIndent(preventIndent)
    {}

    /// What a statement asks of those around it.
    struct Wish
    {
        bool exists = false;
        bool open = false;
        bool close = false;
        bool opensAlone = false;  ///< nothing stands behind its opening tag
        bool closesAlone = false; ///< nothing stands before its closing tag
        bool isInline = false;    ///< one tag
    };

    void program(Program &program, bool isRoot)
    {
        Body &body = program.body;
        for (std::ptrdiff_t i = 0; i < endOf(body); ++i) {
            const Wish wish = this->wish(body[static_cast<std::size_t>(i)]);
            if (!wish.exists)
                continue;
            const bool isBegin = isLineBegin(body, i, isRoot);
            const bool isEnd = isLineEnd(body, i, isRoot);
            if (wish.close)
                stripBehind(body, i, true);
            if (wish.open)
                stripBefore(body, i, true);
            if (m_ignoreStandalone)
                continue;
            if (wish.isInline && isBegin && isEnd)
                standalone(body, i);
            auto *block = std::get_if<Block>(&body[static_cast<std::size_t>(i)]);
            if (!block) {
                decorator(body, i, wish, isBegin, isEnd);
                continue;
            }
            Program *first = block->program ? block->program.get() : block->inverse.get();
            Program *last = block->inverse ? block->inverse.get() : block->program.get();
            if (wish.opensAlone && isBegin) {
                stripBehind(first->body, kBegin, false);
                stripBefore(body, i, false);
            }
            if (wish.closesAlone && isEnd) {
                stripBehind(body, i, false);
                stripBefore(last->body, endOf(last->body), false);
            }
        }
    }

private:
    void standalone(Body &body, std::ptrdiff_t i)
    {
        stripBehind(body, i, false);
        auto *partial = std::get_if<Partial>(&body[static_cast<std::size_t>(i)]);
        Content *before = contentAt(body, i - 1);
        std::string indent;
        if (partial && before) {
            const std::string &text = before->original;
            indent = text.substr(text.find_last_not_of(" \t") + 1);
        }
        if (stripBefore(body, i, false) && partial) {
            if (m_preventIndent)
                before->text += indent;
            else
                partial->indent = indent;
        }
    }

    /// A block of a partial or a decorator stands alone like any other.
    void decorator(Body &body, std::ptrdiff_t i, const Wish &wish, bool isBegin, bool isEnd)
    {
        Program *inner = nullptr;
        Statement &statement = body[static_cast<std::size_t>(i)];
        if (auto *decorator = std::get_if<Decorator>(&statement))
            inner = decorator->block.get();
        else if (auto *partial = std::get_if<Partial>(&statement))
            inner = partial->block.get();
        if (!inner)
            return;
        if (wish.opensAlone && isBegin) {
            stripBehind(inner->body, kBegin, false);
            stripBefore(body, i, false);
        }
        if (wish.closesAlone && isEnd) {
            stripBehind(body, i, false);
            stripBefore(inner->body, endOf(inner->body), false);
        }
    }

    Wish wish(Statement &statement)
    {
        if (const auto *mustache = std::get_if<Mustache>(&statement))
            return {true, mustache->strip.open, mustache->strip.close};
        if (const auto *comment = std::get_if<Comment>(&statement))
            return {true, comment->strip.open, comment->strip.close, false, false, true};
        if (auto *block = std::get_if<Block>(&statement))
            return this->block(*block);
        if (auto *partial = std::get_if<Partial>(&statement)) {
            if (!partial->block)
                return {true, partial->strip.open, partial->strip.close, false, false, true};
            return simpleBlock(*partial->block, partial->strip, partial->closeStrip);
        }
        if (auto *decorator = std::get_if<Decorator>(&statement)) {
            if (!decorator->block)
                return {true, decorator->openStrip.open, decorator->openStrip.close};
            return simpleBlock(*decorator->block, decorator->openStrip, decorator->closeStrip);
        }
        return {};
    }

    Wish simpleBlock(Program &inner, Strip open, Strip close)
    {
        program(inner, false);
        Wish out{true,
                 open.open,
                 close.close,
                 isLineEnd(inner.body, kBegin, false),
                 isLineBegin(inner.body, endOf(inner.body), false),
                 false};
        if (open.close)
            stripBehind(inner.body, kBegin, true);
        if (close.open)
            stripBefore(inner.body, endOf(inner.body), true);
        return out;
    }

    Wish block(Block &block)
    {
        if (block.program)
            program(*block.program, false);
        if (block.inverse)
            program(*block.inverse, false);
        Program &first = block.program ? *block.program : *block.inverse;
        Program *inverse = block.program ? block.inverse.get() : nullptr;
        Program *firstInverse = inverse;
        Program *lastInverse = inverse;
        if (inverse && inverse->isChained) {
            firstInverse = std::get<Block>(inverse->body.front()).program.get();
            while (lastInverse->isChained) {
                auto &chained = std::get<Block>(lastInverse->body.back());
                lastInverse = chained.inverse ? chained.inverse.get() : chained.program.get();
            }
        }
        Program &closing = firstInverse ? *firstInverse : first;
        const Wish out{true,
                       block.openStrip.open,
                       block.closeStrip.close,
                       isLineEnd(first.body, kBegin, false),
                       isLineBegin(closing.body, endOf(closing.body), false),
                       false};
        if (block.openStrip.close)
            stripBehind(first.body, kBegin, true);
        if (!inverse) {
            if (block.closeStrip.open)
                stripBefore(first.body, endOf(first.body), true);
            return out;
        }
        if (block.inverseStrip.open)
            stripBefore(first.body, endOf(first.body), true);
        if (block.inverseStrip.close)
            stripBehind(firstInverse->body, kBegin, true);
        if (block.closeStrip.open)
            stripBefore(lastInverse->body, endOf(lastInverse->body), true);
        if (!m_ignoreStandalone && isLineBegin(first.body, endOf(first.body), false)
            && isLineEnd(firstInverse->body, kBegin, false)) {
            stripBefore(first.body, endOf(first.body), false);
            stripBehind(firstInverse->body, kBegin, false);
        }
        return out;
    }

    bool m_ignoreStandalone;
    bool m_preventIndent;
};

} // namespace

void stripWhitespace(Program &root, bool ignoreStandalone, bool preventIndent)
{
    Stripper(ignoreStandalone, preventIndent).program(root, true);
}

} // namespace understudy::handlebars
