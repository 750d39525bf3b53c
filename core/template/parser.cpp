// SPDX-License-Identifier: Apache-2.0
// Over 400 lines: one recursive descent, whose functions share the place in the text and the first
// error.
#include "core/template/parser.h"

#include "core/template/helper.h"
#include "core/template/scanner.h"
#include "core/template/whitespace.h"

#include <algorithm>

namespace understudy::handlebars {

namespace {

constexpr int kMaxDepth = 100;

bool isBlank(char c) { return std::string_view(" \t\n\r\v\f").find(c) != std::string_view::npos; }

/// What `{{` begins.
enum class Tag {
    Mustache,
    Unescaped, ///< `{{{`
    Ampersand,
    Comment,
    Block,     ///< `{{#`, and `{{#*`
    Inverse,   ///< `{{^name`
    Else,      ///< `{{^}}`, `{{else}}`
    ElseChain, ///< `{{else name`
    End,
    Partial,
    PartialBlock,
    Decorator, ///< `{{*`
    RawBlock,
    RawEnd
};

struct Opened
{
    Tag tag = Tag::Mustache;
    bool strips = false;
    bool isDecorator = false; ///< `{{#*`
    std::size_t begin = 0;
};

/// A recursive descent over the text. The first error ends it: every function returns false then.
class Parser
{
public:
    Parser(std::string_view text, const ParseOptions &options)
        : m_scanner(text)
        , m_options(options)
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
    bool fail(std::string message, std::size_t at)
    {
        if (!m_error) {
            const Position position = m_scanner.positionOf(at);
            m_error
                = Error{ErrorCode::Syntax,
                        std::move(message),
                        {{}, static_cast<int>(position.line), static_cast<int>(position.column)}};
        }
        return false;
    }
    bool fail(std::string message) { return fail(std::move(message), m_scanner.at()); }

    bool unexpected()
    {
        if (m_scanner.isAtEnd())
            return fail("the template ends before a tag or block is closed");
        std::string_view what = m_scanner.rest().substr(0, 12);
        what = what.substr(0, what.find('\n'));
        return fail("'" + std::string(what) + "' is not expected here");
    }

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
            const Opened opened = open();
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

    /// Looks at what `{{` begins, and moves behind its signs.
    Opened open()
    {
        Opened out;
        out.begin = m_scanner.at();
        if (m_scanner.skip("{{{{")) {
            out.tag = m_scanner.skip("/") ? Tag::RawEnd : Tag::RawBlock;
            return out;
        }
        m_scanner.skip("{{");
        out.strips = m_scanner.skip("~");
        if (m_scanner.skip("#")) {
            if (m_scanner.skip(">")) {
                out.tag = Tag::PartialBlock;
            } else {
                out.tag = Tag::Block;
                out.isDecorator = m_scanner.skip("*");
            }
        } else if (m_scanner.skip(">")) {
            out.tag = Tag::Partial;
        } else if (m_scanner.skip("/")) {
            out.tag = Tag::End;
        } else if (m_scanner.skip("&")) {
            out.tag = Tag::Ampersand;
        } else if (m_scanner.skip("{")) {
            out.tag = Tag::Unescaped;
        } else if (m_scanner.skip("*")) {
            out.tag = Tag::Decorator;
        } else if (m_scanner.peek() == '!') {
            out.tag = Tag::Comment;
        } else if (m_scanner.skip("^")) {
            out.tag = isClosedHere() ? Tag::Else : Tag::Inverse;
        } else if (const std::size_t behind = behindElse(); behind > 0) {
            m_scanner.moveTo(behind);
            out.tag = isClosedHere() ? Tag::Else : Tag::ElseChain;
        }
        return out;
    }

    /// The place behind `else`, if that stands here alone; else 0.
    std::size_t behindElse() const
    {
        Scanner ahead = m_scanner;
        ahead.skipBlanks();
        if (!ahead.skip("else"))
            return 0;
        const char next = ahead.peek();
        return next == '~' || next == '}' || isBlank(next) ? ahead.at() : 0;
    }

    bool isClosedHere() const
    {
        Scanner ahead = m_scanner;
        ahead.skipBlanks();
        ahead.skip("~");
        return ahead.skip("}}");
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

    /// `as |a b|`.
    bool parseBlockParams(std::vector<std::string> &out)
    {
        m_scanner.skipBlanks();
        if (!isBlockParams())
            return true;
        m_scanner.skip("as");
        m_scanner.skipBlanks();
        m_scanner.skip("|");
        while (true) {
            m_scanner.skipBlanks();
            if (m_scanner.skip("|"))
                return !out.empty() || unexpected();
            const auto name = m_scanner.name();
            if (!name)
                return unexpected();
            out.emplace_back(*name);
            m_scanner.moveTo(m_scanner.at() + name->size());
        }
    }

    bool isBlockParams() const
    {
        Scanner ahead = m_scanner;
        if (!ahead.skip("as") || !isBlank(ahead.peek()))
            return false;
        ahead.skipBlanks();
        return ahead.peek() == '|';
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
        const Opened opened = open();
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
        const Opened opened = open();
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

    /// A name with its arguments.
    bool parseCall(Call &call)
    {
        m_scanner.skipBlanks();
        call.at = m_scanner.position();
        if (m_scanner.peek() == '(') {
            if (!parseParenthesis(call.callee))
                return false;
        } else if (!parseName(call.callee)) {
            return false;
        }
        if (!parseArguments(call))
            return false;
        classify(call);
        return true;
    }

    void classify(Call &call)
    {
        const auto *path = std::get_if<Path>(&call.callee.node);
        const bool isSimple = path && path->isSimple() && !path->isBlockParam;
        const bool hasArguments = !call.arguments.empty() || !call.hash.empty();
        if (isSimple)
            call.helper = findHelper(path->parts.front());
        if (path && path->isBlockParam)
            call.kind = Call::Kind::Lookup;
        else if (hasArguments)
            call.kind = Call::Kind::Helper;
        else if (isSimple && (call.helper || !m_options.knownHelpersOnly))
            call.kind = Call::Kind::Either;
    }

    const Helper *findHelper(std::string_view name) const
    {
        if (m_options.helpers)
            return m_options.helpers->find(name);
        for (const Helper &helper : builtinHelpers()) {
            if (helper.name == name)
                return &helper;
        }
        return nullptr;
    }

    bool parseParenthesis(Expression &out)
    {
        if (++m_depth > kMaxDepth)
            return fail("parentheses are nested deeper than 100 levels");
        m_scanner.skip("(");
        auto call = std::make_unique<Call>();
        if (!parseCall(*call))
            return false;
        if (call->kind == Call::Kind::Either)
            call->kind = Call::Kind::Helper;
        m_scanner.skipBlanks();
        if (!m_scanner.skip(")"))
            return unexpected();
        out.node = std::move(call);
        --m_depth;
        return true;
    }

    bool parseArguments(Call &call)
    {
        while (true) {
            m_scanner.skipBlanks();
            const char c = m_scanner.peek();
            if (c == '}' || c == '~' || c == ')' || c == '\0' || isBlockParams())
                break;
            if (auto key = hashKey()) {
                call.hash.emplace_back(std::move(*key), Expression{});
                if (!parseArgument(call.hash.back().second))
                    return false;
                continue;
            }
            if (!call.hash.empty())
                return unexpected();
            call.arguments.emplace_back();
            if (!parseArgument(call.arguments.back()))
                return false;
        }
        if (m_options.reversesHash)
            std::reverse(call.hash.begin(), call.hash.end());
        return true;
    }

    /// `key=`, and moves behind it.
    std::optional<std::string> hashKey()
    {
        Scanner ahead = m_scanner;
        std::string key;
        if (ahead.peek() == '[') {
            auto bracketed = ahead.bracketed();
            if (!bracketed)
                return std::nullopt;
            key = std::move(*bracketed);
        } else {
            const auto name = ahead.name();
            if (!name)
                return std::nullopt;
            key = std::string(*name);
            ahead.moveTo(ahead.at() + name->size());
        }
        ahead.skipBlanks();
        if (!ahead.skip("="))
            return std::nullopt;
        m_scanner = ahead;
        return key;
    }

    bool parseArgument(Expression &out)
    {
        m_scanner.skipBlanks();
        if (m_scanner.peek() == '(')
            return parseParenthesis(out);
        if (auto literal = parseLiteral()) {
            out.node = std::move(*literal);
            return true;
        }
        return !m_error && parsePath(out);
    }

    /// A text, a number, true, false, null or undefined.
    std::optional<Value> parseLiteral()
    {
        const char c = m_scanner.peek();
        if (c == '"' || c == '\'') {
            if (auto text = m_scanner.quoted())
                return Value(std::move(*text));
            fail("the text is not closed");
            return std::nullopt;
        }
        if (const auto number = m_scanner.number())
            return Value(numberOf(*number));
        const auto name = m_scanner.name();
        if (!name)
            return std::nullopt;
        const char next = m_scanner.peek(name->size());
        if (!isBlank(next) && next != '}' && next != '~' && next != ')' && next != '|')
            return std::nullopt;
        std::optional<Value> out;
        if (*name == "true")
            out = Value(true);
        else if (*name == "false")
            out = Value(false);
        else if (*name == "null")
            out = Value(nullptr);
        else if (*name == "undefined")
            out = Value();
        if (out)
            m_scanner.moveTo(m_scanner.at() + name->size());
        return out;
    }

    /// What is called, or names a partial: a path, or a literal that stands for one.
    bool parseName(Expression &out)
    {
        m_scanner.skipBlanks();
        const std::size_t begin = m_scanner.at();
        const char quote = m_scanner.peek();
        auto literal = parseLiteral();
        if (m_error)
            return false;
        if (!literal)
            return parsePath(out);
        Path path;
        path.at = m_scanner.positionOf(begin);
        path.original = quote == '"' || quote == '\''
                            ? *literal->ifText()
                            : std::string(m_scanner.slice(begin, m_scanner.at()));
        path.parts = {path.original};
        out.node = std::move(path);
        return true;
    }

    bool parsePath(Expression &out)
    {
        Path path;
        path.at = m_scanner.position();
        path.isData = m_scanner.skip("@");
        if (path.isData)
            path.original = "@";
        while (true) {
            if (!parseSegment(path))
                return false;
            const char c = m_scanner.peek();
            const char next = m_scanner.peek(1);
            const bool goesOn = (c == '.' || c == '/') && next != '\0' && !isBlank(next)
                                && std::string_view("=~})|").find(next) == std::string_view::npos;
            if (!goesOn)
                break;
            path.original += c;
            m_scanner.moveTo(m_scanner.at() + 1);
        }
        const std::string_view original = path.original;
        path.isScoped = original.starts_with('.') || original == "this"
                        || original.starts_with("this.") || original.starts_with("this/");
        path.isBlockParam = !path.isScoped && !path.isData && path.depth == 0 && !path.parts.empty()
                            && isBlockParam(path.parts.front());
        out.node = std::move(path);
        return true;
    }

    bool parseSegment(Path &path)
    {
        if (m_scanner.peek() == '[') {
            auto name = m_scanner.bracketed();
            if (!name)
                return unexpected();
            path.original += *name;
            path.parts.push_back(std::move(*name));
            return true;
        }
        std::string name;
        if (m_scanner.skip("..")) {
            name = "..";
        } else if (m_scanner.skip(".")) {
            name = ".";
        } else if (const auto found = m_scanner.name()) {
            name = std::string(*found);
            m_scanner.moveTo(m_scanner.at() + found->size());
        } else {
            return unexpected();
        }
        path.original += name;
        if (name != ".." && name != "." && name != "this") {
            path.parts.push_back(std::move(name));
            return true;
        }
        if (!path.parts.empty())
            return fail("'" + path.original + "' is no path: '" + name
                        + "' stands at the beginning or not at all");
        path.depth += name == ".." ? 1 : 0;
        return true;
    }

    bool isBlockParam(const std::string &name) const
    {
        return std::any_of(m_blockParams.begin(), m_blockParams.end(), [&](const auto &names) {
            return std::find(names.begin(), names.end(), name) != names.end();
        });
    }

    Scanner m_scanner;
    const ParseOptions &m_options;
    std::optional<Error> m_error;
    std::vector<std::vector<std::string>> m_blockParams;
    int m_depth = 0;
    int m_links = 0; ///< `{{else name}}` of the whole template
};

} // namespace

Result<Program> parse(std::string_view text, const ParseOptions &options)
{
    return Parser(text, options).run();
}

} // namespace understudy::handlebars
