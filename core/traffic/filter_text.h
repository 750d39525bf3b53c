// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <memory>
#include <string>
#include <string_view>

struct pcre2_real_code_8;

namespace understudy::filter {

/// A text to look for: literal without letter case, a glob, or a regular expression. PCRE2 does all
/// three, so that bodies are searched at its speed. A value; immutable; any thread.
class TextPattern
{
public:
    /// Looks for `text` anywhere, letter case aside.
    static TextPattern literal(std::string_view text);
    /// The whole of a text; `*` stands for any characters.
    static TextPattern glob(std::string_view pattern);
    /// Errors: Syntax with PCRE2's message, `where.column` counted within `pattern`.
    static Result<TextPattern> regex(std::string_view pattern, bool ignoreCase);

    bool isIn(std::string_view subject) const;

private:
    std::shared_ptr<pcre2_real_code_8> m_code;
    std::string
        m_folded; ///< an ASCII literal in lower case: short texts are searched without PCRE2
};

} // namespace understudy::filter
