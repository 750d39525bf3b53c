// SPDX-License-Identifier: Apache-2.0
#include "core/template/expression_parser.h"

#include "core/template/helper.h"

#include <algorithm>

namespace understudy::handlebars {

bool ExpressionParser::fail(std::string message, std::size_t at)
{
    if (!m_error) {
        const Position position = m_scanner.positionOf(at);
        m_error = Error{ErrorCode::Syntax,
                        std::move(message),
                        {{}, static_cast<int>(position.line), static_cast<int>(position.column)}};
    }
    return false;
}

bool ExpressionParser::unexpected()
{
    if (m_scanner.isAtEnd())
        return fail("the template ends before a tag or block is closed");
    std::string_view what = m_scanner.rest().substr(0, 12);
    what = what.substr(0, what.find('\n'));
    return fail("'" + std::string(what) + "' is not expected here");
}

/// A name with its arguments.
bool ExpressionParser::parseCall(Call &call)
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

void ExpressionParser::classify(Call &call)
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

const Helper *ExpressionParser::findHelper(std::string_view name) const
{
    if (m_options.helpers)
        return m_options.helpers->find(name);
    for (const Helper &helper : builtinHelpers()) {
        if (helper.name == name)
            return &helper;
    }
    return nullptr;
}

bool ExpressionParser::parseParenthesis(Expression &out)
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

bool ExpressionParser::parseArguments(Call &call)
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
std::optional<std::string> ExpressionParser::hashKey()
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

bool ExpressionParser::parseArgument(Expression &out)
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
std::optional<Value> ExpressionParser::parseLiteral()
{
    const char c = m_scanner.peek();
    if (c == '"' || c == '\'') {
        if (auto text = m_scanner.quoted())
            return Value(std::move(*text));
        fail("the text is not closed");
        return std::nullopt;
    }
    if (const auto number = m_scanner.number())
        return m_options.keepsNumbers ? Value::written(*number) : Value(numberOf(*number));
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
bool ExpressionParser::parseName(Expression &out)
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

bool ExpressionParser::parsePath(Expression &out)
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
    path.isScoped = original.starts_with('.') || original == "this" || original.starts_with("this.")
                    || original.starts_with("this/");
    path.isBlockParam = !path.isScoped && !path.isData && path.depth == 0 && !path.parts.empty()
                        && isBlockParam(path.parts.front());
    out.node = std::move(path);
    return true;
}

bool ExpressionParser::parseSegment(Path &path)
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

bool ExpressionParser::isBlockParam(const std::string &name) const
{
    return std::any_of(m_blockParams.begin(), m_blockParams.end(), [&](const auto &names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    });
}

/// `as |a b|`.
bool ExpressionParser::parseBlockParams(std::vector<std::string> &out)
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

bool ExpressionParser::isBlockParams() const
{
    Scanner ahead = m_scanner;
    if (!ahead.skip("as") || !isBlank(ahead.peek()))
        return false;
    ahead.skipBlanks();
    return ahead.peek() == '|';
}

} // namespace understudy::handlebars
