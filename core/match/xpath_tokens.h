// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// XPath 1.0 as far as names have to be understood in it: pugixml evaluates, but knows neither
/// namespaces nor an end.
namespace understudy::xpath {

struct Token
{
    enum class Kind {
        Test,     ///< a name test: "a", "q:a", "q:*", "*"
        Axis,     ///< a name in front of "::"
        Function, ///< a name in front of "(": functions and node types
        Operator, ///< "and", "div", "=", "+", "|", …
        Literal,  ///< quoted text, quotes included
        Number,
        Variable, ///< "$x"
        Mark,     ///< "/", "//", "(", ")", "[", "]", "@", ",", "::", ".", ".."
    };
    Kind kind = Kind::Mark;
    std::string_view text; ///< a view into the expression

    bool is(std::string_view mark) const { return kind == Kind::Mark && text == mark; }
};

/// Cuts an expression into tokens (XPath 1.0, section 3.7). What is no token ends the list: pugixml
/// says what is wrong with it.
std::vector<Token> tokensOf(std::string_view expression);

} // namespace understudy::xpath
