// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/filter_text.h"

#include "core/base/text.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <string>

namespace understudy::filter {

namespace {

// Steps after which a pattern that backtracks without end is given up; PCRE2's own default of ten
// million would hold up a table for seconds.
constexpr std::uint32_t kMatchLimit = 200'000;

// Up to this size a plain search beats what PCRE2 needs to get going.
constexpr std::size_t kShort = 256;

struct MatchContextDeleter
{
    void operator()(pcre2_match_context *context) const { pcre2_match_context_free(context); }
};
struct MatchDataDeleter
{
    void operator()(pcre2_match_data *data) const { pcre2_match_data_free(data); }
};

Result<std::shared_ptr<pcre2_code>> compile(std::string_view pattern, std::uint32_t options)
{
    // Bodies are not always UTF-8: MATCH_INVALID_UTF lets a match run over the good parts.
    if (text::isUtf8(pattern))
        options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    int code = 0;
    PCRE2_SIZE offset = 0;
    std::shared_ptr<pcre2_code> compiled(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()),
                                                       pattern.size(), options, &code, &offset,
                                                       nullptr),
                                         pcre2_code_free);
    if (!compiled) {
        std::array<PCRE2_UCHAR, 256> buffer{};
        pcre2_get_error_message(code, buffer.data(), buffer.size());
        return Error{ErrorCode::Syntax,
                     reinterpret_cast<const char *>(buffer.data()),
                     {{}, 0, static_cast<int>(offset) + 1}};
    }
    // Without a JIT on this machine the interpreter does it; that is not an error.
    pcre2_jit_compile(compiled.get(), PCRE2_JIT_COMPLETE);
    return compiled;
}

} // namespace

TextPattern TextPattern::literal(std::string_view text)
{
    TextPattern out;
    if (auto code = compile(text, PCRE2_LITERAL | PCRE2_CASELESS))
        out.m_code = *code;
    if (std::all_of(text.begin(), text.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        out.m_folded = text::toLower(text);
    return out;
}

TextPattern TextPattern::glob(std::string_view pattern)
{
    std::string expression;
    for (const char c : pattern) {
        if (c == '*')
            expression += ".*";
        else if (static_cast<unsigned char>(c) < 0x80
                 && !std::isalnum(static_cast<unsigned char>(c)))
            expression += std::string("\\") + c;
        else
            expression += c;
    }
    TextPattern out;
    if (auto code = compile(expression, PCRE2_DOTALL | PCRE2_ANCHORED | PCRE2_ENDANCHORED))
        out.m_code = *code;
    return out;
}

Result<TextPattern> TextPattern::regex(std::string_view pattern, bool ignoreCase)
{
    // \C may split a character, which the UTF mode cannot search.
    auto code = compile(pattern, PCRE2_NEVER_BACKSLASH_C | (ignoreCase ? PCRE2_CASELESS : 0U));
    if (!code)
        return code.error();
    TextPattern out;
    out.m_code = *code;
    return out;
}

bool TextPattern::isIn(std::string_view subject) const
{
    if (!m_code)
        return false;
    if (!m_folded.empty() && subject.size() <= kShort) {
        const auto end
            = std::search(subject.begin(), subject.end(), m_folded.begin(), m_folded.end(),
                          [](char c, char folded) { return text::lower(c) == folded; });
        return end != subject.end();
    }
    const std::unique_ptr<pcre2_match_data, MatchDataDeleter> data(
        pcre2_match_data_create(1, nullptr));
    const std::unique_ptr<pcre2_match_context, MatchContextDeleter> context(
        pcre2_match_context_create(nullptr));
    if (!data || !context)
        return false;
    pcre2_set_match_limit(context.get(), kMatchLimit);
    return pcre2_match(m_code.get(), reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(),
                       0, 0, data.get(), context.get())
           >= 0;
}

} // namespace understudy::filter
