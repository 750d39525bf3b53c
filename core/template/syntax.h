// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// A template after it was read. Nodes are plain values; the reader makes them, the renderer walks
/// them.
namespace understudy::handlebars {

struct Helper;

/// Lines count from 1, columns from 1 in bytes.
struct Position
{
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

/// `../a.b`, `@index`, `this`.
struct Path
{
    std::vector<std::string> parts;
    int depth = 0;             ///< how many `../`
    bool isData = false;       ///< `@`
    bool isScoped = false;     ///< begins with `.`, `..` or `this`: no helper is meant
    bool isBlockParam = false; ///< its first part is one of a block around it
    std::string original;
    Position at;

    /// One name, which may be a helper's.
    bool isSimple() const { return parts.size() == 1 && !isScoped && depth == 0 && !isData; }
};

struct Call;

struct Expression
{
    std::variant<Value, Path, std::unique_ptr<Call>> node;
};

/// What stands between braces or parentheses.
struct Call
{
    /// Helper: it has arguments, or is in parentheses. Either: a name alone, a helper's if there is
    /// one. Lookup: no helper can be meant.
    enum class Kind { Helper, Either, Lookup };

    Kind kind = Kind::Lookup;
    Expression callee;              ///< a Path, or a Call in parentheses
    const Helper *helper = nullptr; ///< of the dialect, by the callee's name
    std::vector<Expression> arguments;
    std::vector<std::pair<std::string, Expression>> hash;
    Position at;
};

/// `~` at either end.
struct Strip
{
    bool open = false;
    bool close = false;
};

struct Content
{
    std::string text;
    std::string original;
    bool isRightStripped = false;
    bool isLeftStripped = false;
};

struct Mustache
{
    Call call;
    bool isEscaped = true;
    Strip strip;
};

struct Comment
{
    Strip strip;
};

struct Program;

struct Block
{
    Call call;
    std::unique_ptr<Program> program; ///< null for `{{^x}}` without `{{else}}`
    std::unique_ptr<Program> inverse; ///< may be null
    Strip openStrip;
    Strip inverseStrip;
    Strip closeStrip;
};

/// `{{> name context key=value}}`, and with a block `{{#> name}}…{{/name}}`.
struct Partial
{
    Call call; ///< callee: the name; arguments: at most the context
    std::string indent;
    std::unique_ptr<Program> block; ///< what stands for it where it is not there
    Strip strip;
    Strip closeStrip;
};

/// `{{#*inline "name"}}…{{/inline}}`: a partial for the program that it stands in.
struct Decorator
{
    Call call;
    std::unique_ptr<Program> block; ///< null for `{{* name}}`
    Strip openStrip;
    Strip closeStrip;
};

using Statement = std::variant<Content, Mustache, Comment, Block, Partial, Decorator>;

struct Program
{
    std::vector<Statement> body;
    std::vector<std::string> blockParams;
    bool isChained = false;     ///< the block of `{{else if}}` alone
    bool hasDecorators = false; ///< partials of its own
};

} // namespace understudy::handlebars
