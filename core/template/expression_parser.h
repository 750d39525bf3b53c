// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/template/parser.h"
#include "core/template/scanner.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::handlebars {

/// The half of the recursive descent that stays within one tag: names, paths, literals and calls.
/// The first error ends it: every function returns false then. A name stands where the scanner
/// does; what was read is behind it afterwards.
class ExpressionParser
{
protected:
    static constexpr int kMaxDepth = 100; ///< of blocks and parentheses

    ExpressionParser(std::string_view text, const ParseOptions &options)
        : m_scanner(text)
        , m_options(options)
    {}

    bool fail(std::string message, std::size_t at);
    bool fail(std::string message) { return fail(std::move(message), m_scanner.at()); }
    bool unexpected();

    /// A name with its arguments.
    bool parseCall(Call &call);
    bool parseArguments(Call &call);
    bool parseParenthesis(Expression &out);
    /// What is called, or names a partial: a path, or a literal that stands for one.
    bool parseName(Expression &out);
    /// `as |a b|`, if it stands here.
    bool parseBlockParams(std::vector<std::string> &out);

    Scanner m_scanner;
    const ParseOptions &m_options;
    std::optional<Error> m_error;
    std::vector<std::vector<std::string>> m_blockParams; ///< of the blocks around
    int m_depth = 0;

private:
    void classify(Call &call);
    const Helper *findHelper(std::string_view name) const;
    std::optional<std::string> hashKey();
    bool parseArgument(Expression &out);
    std::optional<Value> parseLiteral();
    bool parsePath(Expression &out);
    bool parseSegment(Path &path);
    bool isBlockParam(const std::string &name) const;
    bool isBlockParams() const;
};

} // namespace understudy::handlebars
