// SPDX-License-Identifier: Apache-2.0
#include "core/base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <limits>
#include <mutex>

namespace understudy {

namespace {

// PCRE2 starts its own match limit anew at every position of the text, and does not count the
// characters a repeat runs over, so it bounds nothing. Instead every item of a pattern is compiled
// with a callout in front (PCRE2_AUTO_CALLOUT), and the callouts take the work from the budget.
constexpr std::uint64_t kStepWork = 12;

// Callouts cost several times what most matches do. A short text is tried without them first, as
// far as PCRE2's own limit lets it: at every position so many steps, each over the rest of the text
// at most. Where that is not enough the callouts decide.
constexpr std::size_t kShortText = 256;
constexpr std::uint32_t kShortLimit = 200;

// The compiled code keeps what it may have to come back to on a stack. The small one serves nearly
// everything; the large one is made for the match that needs it and given back at once.
constexpr std::size_t kSmallStack = 256 * 1024;
constexpr std::size_t kLargeStack = 64 * 1024 * 1024;
// The same for machines where the interpreter runs, in KiB.
constexpr std::uint32_t kHeapLimit = 64 * 1024;

struct FreeMatchData
{
    void operator()(pcre2_match_data *data) const { pcre2_match_data_free(data); }
};
using MatchData = std::unique_ptr<pcre2_match_data, FreeMatchData>;

struct FreeMatchContext
{
    void operator()(pcre2_match_context *context) const { pcre2_match_context_free(context); }
};

struct FreeJitStack
{
    void operator()(pcre2_jit_stack *stack) const { pcre2_jit_stack_free(stack); }
};
using JitStack = std::unique_ptr<pcre2_jit_stack, FreeJitStack>;

/// What the callouts of one match know.
struct MatchWork
{
    WorkBudget &budget;
    std::uint32_t backReferences; ///< the highest group a back reference names; 0 = there is none
    std::size_t position = 0;
};

/// A step costs itself and the bytes that were passed since the last one. What a back reference
/// compares is not seen here, so the longest text it may compare is counted.
int countWork(pcre2_callout_block *block, void *data)
{
    auto &work = *static_cast<MatchWork *>(data);
    const std::size_t at = block->current_position;
    std::uint64_t units
        = kStepWork + (at > work.position ? at - work.position : work.position - at);
    work.position = at;
    if (work.backReferences > 0) {
        std::uint64_t longest = 0;
        const std::uint32_t groups = std::min(block->capture_top, work.backReferences + 1);
        for (std::uint32_t i = 1; i < groups; ++i) {
            const PCRE2_SIZE from = block->offset_vector[2 * i];
            const PCRE2_SIZE to = block->offset_vector[2 * i + 1];
            if (from != PCRE2_UNSET && to != PCRE2_UNSET && to > from)
                longest = std::max<std::uint64_t>(longest, to - from);
        }
        units += longest;
    }
    return work.budget.spend(units) ? 0 : PCRE2_ERROR_CALLOUT;
}

using MatchContext = std::unique_ptr<pcre2_match_context, FreeMatchContext>;

MatchContext makeContext(std::uint32_t matchLimit)
{
    MatchContext made(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(made.get(), matchLimit);
    pcre2_set_depth_limit(made.get(), std::numeric_limits<std::uint32_t>::max());
    pcre2_set_heap_limit(made.get(), kHeapLimit);
    return made;
}

/// The small stack of this thread.
pcre2_jit_stack *smallStack()
{
    thread_local const JitStack stack(pcre2_jit_stack_create(32 * 1024, kSmallStack, nullptr));
    return stack.get();
}

/// This thread's, for matches with callouts.
pcre2_match_context *countedContext(pcre2_jit_stack *stack)
{
    thread_local const MatchContext context
        = makeContext(std::numeric_limits<std::uint32_t>::max());
    pcre2_jit_stack_assign(context.get(), nullptr, stack ? stack : smallStack());
    return context.get();
}

/// This thread's, for short texts.
pcre2_match_context *shortContext()
{
    thread_local const MatchContext context = [] {
        MatchContext made = makeContext(kShortLimit);
        pcre2_jit_stack_assign(made.get(), nullptr, smallStack());
        return made;
    }();
    return context.get();
}

PCRE2_SPTR units(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

} // namespace

struct Regex::Code
{
    Code(pcre2_code *c, std::string_view text, std::uint32_t o)
        : code(c)
        , pattern(text)
        , options(o)
    {
        pcre2_pattern_info(code, PCRE2_INFO_BACKREFMAX, &backReferences);
    }
    ~Code()
    {
        pcre2_code_free(code);
        pcre2_code_free(counted);
    }
    Code(const Code &) = delete;
    Code &operator=(const Code &) = delete;

    /// The number of groups, PCRE2_ERROR_NOMATCH, or another error where a limit was met.
    /// `from`: where it begins to search; what is before it was paid for by an earlier search.
    int match(std::string_view subject, pcre2_match_data *data, WorkBudget &budget,
              std::size_t from = 0) const
    {
        // The search for where a match can begin makes no callouts.
        if (!budget.spend(kStepWork + (from == 0 ? subject.size() : 0)))
            return PCRE2_ERROR_CALLOUT;
        const std::uint64_t size = subject.size();
        if (size <= kShortText && budget.mayTry(kShortLimit * size * size)) {
            const int result
                = pcre2_match(code, units(subject), subject.size(), from, 0, data, shortContext());
            if (result != PCRE2_ERROR_MATCHLIMIT && result != PCRE2_ERROR_JIT_STACKLIMIT)
                return result;
        }
        if (!hasCounted())
            return PCRE2_ERROR_NOMEMORY;
        int result = runCounted(subject, from, data, budget, nullptr);
        if (result == PCRE2_ERROR_JIT_STACKLIMIT) {
            const JitStack large(pcre2_jit_stack_create(1024 * 1024, kLargeStack, nullptr));
            if (large && budget.spend(kStepWork + subject.size()))
                result = runCounted(subject, from, data, budget, large.get());
        }
        return result;
    }

    /// Makes the code with callouts where it is not there yet; false if it would be too large.
    bool hasCounted() const
    {
        std::call_once(countedOnce, [this] {
            int error = 0;
            PCRE2_SIZE offset = 0;
            counted = pcre2_compile(units(pattern), pattern.size(), options | PCRE2_AUTO_CALLOUT,
                                    &error, &offset, nullptr);
            if (counted)
                pcre2_jit_compile(counted, PCRE2_JIT_COMPLETE);
        });
        return counted != nullptr;
    }

    /// Callouts make it several times as large.
    bool isNearTheLargest() const
    {
        constexpr std::size_t kSmall = 8192;
        std::size_t size = 0;
        pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size);
        return size > kSmall;
    }

    int runCounted(std::string_view subject, std::size_t from, pcre2_match_data *data,
                   WorkBudget &budget, pcre2_jit_stack *stack) const
    {
        MatchWork work{budget, backReferences};
        work.position = from;
        pcre2_match_context *context = countedContext(stack);
        pcre2_set_callout(context, countWork, &work);
        return pcre2_match(counted, units(subject), subject.size(), from, 0, data, context);
    }

    pcre2_code *code; ///< without callouts
    std::string pattern;
    std::uint32_t options;
    std::uint32_t backReferences = 0;
    mutable std::once_flag countedOnce;
    mutable pcre2_code *counted = nullptr; ///< with callouts, made when it is first needed
};

Result<Regex> Regex::compile(std::string_view pattern, Anchoring anchoring, bool ignoreCase,
                             Flavour flavour)
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    std::uint32_t options = PCRE2_UTF | PCRE2_UCP;
    options |= flavour == Flavour::IRegexp ? PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C
                                           : PCRE2_MATCH_INVALID_UTF;
    if (anchoring == Anchoring::Whole)
        options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    if (ignoreCase)
        options |= PCRE2_CASELESS;
    // With a lookahead at the begin PCRE2 (10.42) takes the character that it saw there for one
    // that has been passed, and then misses it: `(?=-)[a-c]*?-` does not find "-".
    const auto has
        = [pattern](std::string_view what) { return pattern.find(what) != pattern.npos; };
    if (has("(?=") || has("(*pla:") || has("(*positive_lookahead:"))
        options |= PCRE2_NO_START_OPTIMIZE;
    pcre2_code *code
        = pcre2_compile(units(pattern), pattern.size(), options, &error, &offset, nullptr);
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
    regex.m_code = std::make_shared<const Code>(code, pattern, options);
    if (regex.m_code->isNearTheLargest() && !regex.m_code->hasCounted()) {
        return Error{ErrorCode::Syntax,
                     "the regular expression '" + std::string(pattern)
                         + "' is too large; repeat less, or shorter pieces",
                     {}};
    }
    regex.m_pattern = pattern;
    return regex;
}

MatchVerdict Regex::match(std::string_view subject, WorkBudget &budget) const
{
    thread_local const MatchData data(pcre2_match_data_create(1, nullptr));
    const int result = m_code->match(subject, data.get(), budget);
    if (result >= 0)
        return MatchVerdict::Yes;
    // A text that is not UTF-8 matches no expression that needs UTF-8.
    const bool isNoMatch = result == PCRE2_ERROR_NOMATCH
                           || (result <= PCRE2_ERROR_UTF8_ERR1 && result >= PCRE2_ERROR_UTF8_ERR21);
    return isNoMatch ? MatchVerdict::No : MatchVerdict::Undecided;
}

bool Regex::matches(std::string_view subject) const
{
    WorkBudget budget(kConditionWork);
    return match(subject, budget) == MatchVerdict::Yes;
}

std::optional<std::vector<std::pair<std::string, std::string>>>
Regex::namedGroups(std::string_view subject) const
{
    const MatchData data(pcre2_match_data_create_from_pattern(m_code->code, nullptr));
    WorkBudget budget(kConditionWork);
    const int groups = m_code->match(subject, data.get(), budget);
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

Result<std::vector<Regex::Groups>> Regex::findAll(std::string_view subject, WorkBudget &budget,
                                                  std::size_t most) const
{
    const MatchData data(pcre2_match_data_create_from_pattern(m_code->code, nullptr));
    std::vector<Groups> out;
    std::size_t from = 0;
    while (out.size() < most && from <= subject.size()) {
        const int result = m_code->match(subject, data.get(), budget, from);
        const bool isNoMatch
            = result == PCRE2_ERROR_NOMATCH
              || (result <= PCRE2_ERROR_UTF8_ERR1 && result >= PCRE2_ERROR_UTF8_ERR21);
        if (isNoMatch)
            break;
        if (result < 0)
            return Error{
                ErrorCode::Limit, "the regular expression takes too many steps on this text", {}};
        const PCRE2_SIZE *positions = pcre2_get_ovector_pointer(data.get());
        Groups groups;
        for (std::uint32_t i = 0; i < pcre2_get_ovector_count(data.get()); ++i) {
            const PCRE2_SIZE begin = positions[2 * i];
            const PCRE2_SIZE end = positions[2 * i + 1];
            const bool isThere = begin != PCRE2_UNSET && end >= begin;
            groups.push_back(isThere ? std::optional(subject.substr(begin, end - begin))
                                     : std::nullopt);
        }
        if (!groups.front())
            break; // `\K` behind its own end
        const bool isEmpty = groups.front()->empty();
        from = std::max<std::size_t>(positions[1], from);
        out.push_back(std::move(groups));
        if (!isEmpty)
            continue;
        // The next one begins behind the next character.
        constexpr unsigned kLead = 0xC0;
        constexpr unsigned kFollows = 0x80;
        for (++from; from < subject.size(); ++from) {
            if ((static_cast<unsigned char>(subject[from]) & kLead) != kFollows)
                break;
        }
    }
    return out;
}

} // namespace understudy
