// SPDX-License-Identifier: Apache-2.0
#include "core/template/parser.h"

#include "core/template/expression_parser.h"
#include "core/template/tag.h"
#include "core/template/whitespace.h"

#include <algorithm>

namespace understudy::handlebars {

namespace {

/// The half of the recursive descent that goes from tag to tag.
class Parser : ExpressionParser
{
public:
    Parser(std::string_view text, const ParseOptions &options)
        : ExpressionParser(text, options)
    {}

    Result<Program> run()
    {
        Program root;
        parseBody(root);
        if (!m_error && !m_scanner.isAtEnd())
            unexpected();
        if (m_error)
            return *m_error;
        stripWhitespace(root, m_options.ignoreStandalone, m_options.preventIndent);
        return root;
    }

private:
    /// Statements up to a tag that is not theirs: an end, an else, or the end of the text.
    bool parseBody(Program &program)
    {
        if (++m_depth > kMaxDepth) {
            m_error = Error{ErrorCode::Limit, "blocks are nested deeper than 100 levels", {}};
            return false;
        }
        while (!m_error && !m_scanner.isAtEnd()) {
            parseContent(program);
            if (m_scanner.isAtEnd())
                break;
            const std::size_t before = m_scanner.at();
            const Opened opened = openTag(m_scanner);
            if (opened.tag == Tag::End || opened.tag == Tag::Else || opened.tag == Tag::ElseChain
                || opened.tag == Tag::RawEnd) {
                m_scanner.moveTo(before);
                break;
            }
            parseTag(opened, program);
        }
        --m_depth;
        return !m_error;
    }

    static void addContent(Program &program, std::string text)
    {
        if (text.empty())
            return;
        Content content;
        content.original = text;
        content.text = std::move(text);
        program.body.emplace_back(std::move(content));
    }

    /// Text up to the next tag. A backslash before it makes it text, two make one backslash.
    void parseContent(Program &program)
    {
        while (true) {
            const std::size_t begin = m_scanner.at();
            const std::size_t found = m_scanner.rest().find("{{");
            if (found == std::string_view::npos) {
                addContent(program, std::string(m_scanner.rest()));
                m_scanner.moveTo(begin + m_scanner.rest().size());
                return;
            }
            std::string text(m_scanner.rest().substr(0, found));
            m_scanner.moveTo(begin + found);
            const bool isDouble = text.ends_with("\\\\");
            const bool isEscaped = !isDouble && text.ends_with('\\');
            if (isDouble || isEscaped)
                text.pop_back();
            addContent(program, std::move(text));
            if (!isEscaped)
                return;
            const std::string_view rest = m_scanner.rest();
            std::size_t end = rest.find("{{", 2);
            end = std::min(end, rest.size());
            for (int slashes = 0;
                 slashes < 2 && end < rest.size() && rest[end - 1] == '\\' && end > 2; ++slashes)
                --end;
            addContent(program, std::string(rest.substr(0, end)));
            m_scanner.moveTo(m_scanner.at() + end);
            if (!m_scanner.rest().starts_with('\\'))
                return;
        }
    }

    /// `}}` or `~}}`; `}}}` closes something else.
    bool close(bool &strips)
    {
        m_scanner.skipBlanks();
        if (m_scanner.rest().starts_with("}}}"))
            return unexpected();
        strips = m_scanner.skip("~");
        return m_scanner.skip("}}") || unexpected();
    }

    bool parseTag(const Opened &opened, Program &program)
    {
        switch (opened.tag) {
        case Tag::Comment:
            return parseComment(opened, program);
        case Tag::Mustache:
        case Tag::Unescaped:
        case Tag::Ampersand:
            return parseMustache(opened, program);
        case Tag::Block:
            return opened.isDecorator ? parseDecorator(opened, program, true)
                                      : parseBlock(opened, program, false);
        case Tag::Inverse:
            return parseBlock(opened, program, true);
        case Tag::Partial:
        case Tag::PartialBlock:
            return parsePartial(opened, program);
        case Tag::Decorator:
            return parseDecorator(opened, program, false);
        case Tag::RawBlock:
            return parseRawBlock(opened, program);
        case Tag::Else:
        case Tag::ElseChain:
        case Tag::End:
        case Tag::RawEnd:
            break;
        }
        return unexpected();
    }

    bool parseComment(const Opened &opened, Program &program)
    {
        Comment comment;
        comment.strip.open = opened.strips;
        const std::string_view rest = m_scanner.rest();
        const bool isLong = rest.starts_with("!--");
        std::size_t end = std::string_view::npos;
        if (isLong) {
            // Up to `--}}` or `--~}}`, and nothing else.
            for (std::size_t at = rest.find("--", 3); at != std::string_view::npos;
                 at = rest.find("--", at + 1)) {
                const std::string_view behind = rest.substr(at + 2, 3);
                comment.strip.close = behind == "~}}";
                if (comment.strip.close || behind.starts_with("}}")) {
                    end = at + (comment.strip.close ? 5 : 4);
                    break;
                }
            }
        } else {
            end = rest.find("}}");
            if (end != std::string_view::npos) {
                comment.strip.close = end > 0 && rest[end - 1] == '~';
                end += 2;
            }
        }
        if (end == std::string_view::npos)
            return fail("the comment is not closed", opened.begin);
        m_scanner.moveTo(m_scanner.at() + end);
        program.body.emplace_back(comment);
        return true;
    }

    bool parseMustache(const Opened &opened, Program &program)
    {
        Mustache mustache;
        mustache.isEscaped = opened.tag == Tag::Mustache;
        mustache.strip.open = opened.strips;
        if (!parseCall(mustache.call))
            return false;
        m_scanner.skipBlanks();
        if (opened.tag == Tag::Unescaped && !m_scanner.skip("}"))
            return unexpected();
        if (!close(mustache.strip.close))
            return false;
        program.body.emplace_back(std::move(mustache));
        return true;
    }

    bool parseProgram(Program &program)
    {
        m_blockParams.push_back(program.blockParams);
        parseBody(program);
        m_blockParams.pop_back();
        return !m_error;
    }

    bool parseBlock(const Opened &opened, Program &program, bool isInverted)
    {
        Block block;
        block.openStrip.open = opened.strips;
        auto body = std::make_unique<Program>();
        if (!parseCall(block.call) || !parseBlockParams(body->blockParams)
            || !close(block.openStrip.close) || !parseProgram(*body))
            return false;
        Strip elseStrip;
        if (!parseElse(block, elseStrip))
            return false;
        Strip end;
        if (!parseEnd(nameOf(block.call), opened.begin, end))
            return false;
        finishBlock(block, std::move(body), elseStrip, end, isInverted);
        program.body.emplace_back(std::move(block));
        return true;
    }

    /// What stands between `{{else}}` and the end of a block, into `block.inverse`.
    bool parseElse(Block &block, Strip &strip)
    {
        if (m_scanner.isAtEnd())
            return true;
        const std::size_t before = m_scanner.at();
        const Opened opened = openTag(m_scanner);
        if (opened.tag != Tag::Else && opened.tag != Tag::ElseChain) {
            m_scanner.moveTo(before);
            return true;
        }
        strip.open = opened.strips;
        block.inverse = std::make_unique<Program>();
        if (opened.tag == Tag::Else)
            return close(strip.close) && parseProgram(*block.inverse);
        constexpr int kMostLinks = 500;
        if (++m_links > kMostLinks)
            return fail("more than 500 'else' are chained");
        Block chained;
        chained.openStrip.open = opened.strips;
        auto body = std::make_unique<Program>();
        if (!parseCall(chained.call) || !parseBlockParams(body->blockParams) || !close(strip.close)
            || !parseProgram(*body))
            return false;
        chained.openStrip.close = strip.close;
        Strip inner;
        if (!parseElse(chained, inner))
            return false;
        finishBlock(chained, std::move(body), inner, inner, false);
        block.inverse->body.emplace_back(std::move(chained));
        block.inverse->isChained = true;
        return true;
    }

    static void finishBlock(Block &block, std::unique_ptr<Program> body, Strip elseStrip, Strip end,
                            bool isInverted)
    {
        block.program = std::move(body);
        block.closeStrip = end;
        if (block.inverse) {
            block.inverseStrip = elseStrip;
            if (block.inverse->isChained)
                std::get<Block>(block.inverse->body.front()).closeStrip = end;
        }
        if (isInverted)
            std::swap(block.program, block.inverse);
    }

    static std::string nameOf(const Call &call)
    {
        const auto *path = std::get_if<Path>(&call.callee.node);
        return path ? path->original : std::string();
    }

    bool parseEnd(const std::string &name, std::size_t begin, Strip &strip)
    {
        const std::size_t before = m_scanner.at();
        if (m_scanner.isAtEnd())
            return fail("'" + name + "' is not closed", begin);
        const Opened opened = openTag(m_scanner);
        if (opened.tag != Tag::End) {
            m_scanner.moveTo(before);
            return unexpected();
        }
        strip.open = opened.strips;
        m_scanner.skipBlanks();
        Expression closing;
        if (!parseName(closing))
            return false;
        const std::string closes = std::get<Path>(closing.node).original;
        if (closes != name)
            return fail("'" + name + "' is closed by '" + closes + "'", before);
        return close(strip.close);
    }

    bool parsePartial(const Opened &opened, Program &program)
    {
        Partial partial;
        partial.strip.open = opened.strips;
        partial.call.at = m_scanner.positionOf(opened.begin);
        m_scanner.skipBlanks();
        if (m_scanner.peek() == '(' ? !parseParenthesis(partial.call.callee)
                                    : !parseName(partial.call.callee))
            return false;
        if (!parseArguments(partial.call))
            return false;
        if (partial.call.arguments.size() > 1)
            return fail("a partial takes one context, not "
                            + std::to_string(partial.call.arguments.size()),
                        opened.begin);
        std::vector<std::string> blockParams;
        if (opened.tag == Tag::PartialBlock && !parseBlockParams(blockParams))
            return false;
        if (!close(partial.strip.close))
            return false;
        if (opened.tag == Tag::PartialBlock) {
            partial.block = std::make_unique<Program>();
            if (!parseProgram(*partial.block)
                || !parseEnd(nameOf(partial.call), opened.begin, partial.closeStrip))
                return false;
        }
        program.body.emplace_back(std::move(partial));
        return true;
    }

    bool parseDecorator(const Opened &opened, Program &program, bool hasBlock)
    {
        Decorator decorator;
        decorator.openStrip.open = opened.strips;
        if (!parseCall(decorator.call) || !close(decorator.openStrip.close))
            return false;
        if (hasBlock) {
            decorator.block = std::make_unique<Program>();
            if (!parseProgram(*decorator.block)
                || !parseEnd(nameOf(decorator.call), opened.begin, decorator.closeStrip))
                return false;
            program.hasDecorators = true;
        }
        program.body.emplace_back(std::move(decorator));
        return true;
    }

    /// Everything up to `{{{{/name}}}}` as it is; raw blocks in it count.
    bool parseRawBlock(const Opened &opened, Program &program)
    {
        Block block;
        if (!parseCall(block.call))
            return false;
        m_scanner.skipBlanks();
        if (!m_scanner.skip("}}}}"))
            return unexpected();
        const std::string end = "{{{{/" + nameOf(block.call) + "}}}}";
        const std::size_t begin = m_scanner.at();
        int depth = 0;
        while (true) {
            const std::size_t found = m_scanner.rest().find("{{{{");
            if (found == std::string_view::npos)
                return fail("the raw block '" + nameOf(block.call) + "' is not closed",
                            opened.begin);
            m_scanner.moveTo(m_scanner.at() + found);
            if (m_scanner.peek(4) != '/') {
                ++depth;
                m_scanner.moveTo(m_scanner.at() + 4);
            } else if (depth > 0) {
                --depth;
                m_scanner.moveTo(m_scanner.at() + 5);
            } else {
                break;
            }
        }
        if (!m_scanner.rest().starts_with(end))
            return fail("'" + nameOf(block.call) + "' is closed by another name");
        block.program = std::make_unique<Program>();
        addContent(*block.program, std::string(m_scanner.slice(begin, m_scanner.at())));
        m_scanner.skip(end);
        program.body.emplace_back(std::move(block));
        return true;
    }

    int m_links = 0; ///< `{{else name}}` of the whole template
};

} // namespace

Result<Program> parse(std::string_view text, const ParseOptions &options)
{
    return Parser(text, options).run();
}

} // namespace understudy::handlebars
