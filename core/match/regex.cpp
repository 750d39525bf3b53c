// SPDX-License-Identifier: Apache-2.0
#include "core/match/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>

namespace understudy {

namespace {

// Enough for every sensible rule, little enough that a hostile one costs milliseconds, not minutes.
constexpr std::uint32_t kMatchLimit = 200'000;

struct FreeMatchData
{
    void operator()(pcre2_match_data *data) const { pcre2_match_data_free(data); }
};
using MatchData = std::unique_ptr<pcre2_match_data, FreeMatchData>;

struct FreeMatchContext
{
    void operator()(pcre2_match_context *context) const { pcre2_match_context_free(context); }
};

pcre2_match_context *matchContext()
{
    thread_local const std::unique_ptr<pcre2_match_context, FreeMatchContext> context = [] {
        auto *made = pcre2_match_context_create(nullptr);
        pcre2_set_match_limit(made, kMatchLimit);
        return std::unique_ptr<pcre2_match_context, FreeMatchContext>(made);
    }();
    return context.get();
}

} // namespace

struct Regex::Code
{
    explicit Code(pcre2_code *c)
        : code(c)
    {}
    ~Code() { pcre2_code_free(code); }
    Code(const Code &) = delete;
    Code &operator=(const Code &) = delete;

    int match(std::string_view subject, pcre2_match_data *data) const
    {
        return pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), 0, 0,
                           data, matchContext());
    }

    pcre2_code *code;
};

Result<Regex> Regex::compile(std::string_view pattern, Anchoring anchoring, bool ignoreCase)
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF;
    if (anchoring == Anchoring::Whole)
        options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    if (ignoreCase)
        options |= PCRE2_CASELESS;
    pcre2_code *code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                     options, &error, &offset, nullptr);
    if (!code) {
        std::array<PCRE2_UCHAR, 256> text{};
        pcre2_get_error_message(error, text.data(), text.size());
        return Error{ErrorCode::Syntax,
                     "the regular expression '" + std::string(pattern) + "' is broken at position "
                         + std::to_string(offset + 1) + ": "
                         + reinterpret_cast<const char *>(text.data()),
                     {{}, 0, static_cast<int>(offset) + 1}};
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); // without it the interpreter runs, only slower
    Regex regex;
    regex.m_code = std::make_shared<const Code>(code);
    regex.m_pattern = pattern;
    return regex;
}

bool Regex::matches(std::string_view subject) const
{
    thread_local const MatchData data(pcre2_match_data_create(1, nullptr));
    return m_code->match(subject, data.get()) >= 0;
}

std::optional<std::vector<std::pair<std::string, std::string>>>
Regex::namedGroups(std::string_view subject) const
{
    const MatchData data(pcre2_match_data_create_from_pattern(m_code->code, nullptr));
    const int groups = m_code->match(subject, data.get());
    if (groups < 0)
        return std::nullopt;
    std::uint32_t names = 0;
    std::uint32_t entrySize = 0;
    PCRE2_SPTR table = nullptr;
    pcre2_pattern_info(m_code->code, PCRE2_INFO_NAMECOUNT, &names);
    pcre2_pattern_info(m_code->code, PCRE2_INFO_NAMEENTRYSIZE, &entrySize);
    pcre2_pattern_info(m_code->code, PCRE2_INFO_NAMETABLE, &table);
    const PCRE2_SIZE *positions = pcre2_get_ovector_pointer(data.get());
    std::vector<std::pair<std::string, std::string>> out;
    for (std::uint32_t i = 0; i < names; ++i, table += entrySize) {
        const int group = table[0] * 256 + table[1];
        if (group >= groups || positions[2 * group] == PCRE2_UNSET)
            continue;
        out.emplace_back(
            reinterpret_cast<const char *>(table + 2),
            subject.substr(positions[2 * group], positions[2 * group + 1] - positions[2 * group]));
    }
    return out;
}

} // namespace understudy
