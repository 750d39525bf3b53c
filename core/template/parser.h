// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/template/syntax.h"

#include <string_view>

namespace understudy::handlebars {

class HelperTable;

struct ParseOptions
{
    const HelperTable *helpers = nullptr; ///< null: the built-in ones alone
    bool knownHelpersOnly = false;
    bool ignoreStandalone = false; ///< tags alone on their line keep it
    bool preventIndent = false;    ///< an indented partial is not indented line by line
    bool keepsNumbers = false;     ///< numbers keep the digits they are written with (10.0)
    bool reversesHash = false;     ///< hash arguments come in reverse order (as in Handlebars.js)
};

/// Reads a template of Handlebars 4.7. Errors: Syntax, with line and column; Limit where blocks or
/// parentheses are nested deeper than 100.
Result<Program> parse(std::string_view text, const ParseOptions &options);

} // namespace understudy::handlebars
