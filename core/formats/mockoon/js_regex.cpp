// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/lookup.h"

#include "core/base/text.h"
#include "core/formats/mockoon/js_regex_groups.h"
#include "core/formats/mockoon/js_regex_reader.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace understudy::formats::mockoon {

namespace {

constexpr std::size_t kDeepestGroup = 200;
constexpr std::string_view kBeyondBmp = "\\x{10000}-\\x{10ffff}";

/// Reads an expression of JavaScript without the flags u and v (ECMA-262, section 22.2 with annex
/// B.1.2) and writes it for PCRE2. What JavaScript refuses is refused.
class JavaScriptRegex : private JsRegexReader
{
public:
    explicit JavaScriptRegex(std::string_view text)
        : JsRegexReader(text)
        , m_groups(text)
        , m_closed(m_groups.count + 1, false)
    {}

    Result<std::string> run()
    {
        std::string out = disjunction(0);
        if (m_problem.empty() && !atEnd())
            fail("unmatched ')'");
        if (m_problem.empty())
            return out;
        return Error{ErrorCode::Syntax,
                     "JavaScript refuses the regular expression '" + std::string(m_text)
                         + "' at position " + std::to_string(m_problemAt + 1) + ": " + m_problem,
                     {{}, 0, static_cast<int>(m_problemAt) + 1}};
    }

private:
    /// A piece of an alternative. JavaScript counts a character beyond U+FFFF as two, so what
    /// matches "any" character may match a half of one.
    struct Term
    {
        enum class Kind {
            Definite, ///< begins and ends with whole characters
            Any,      ///< one character, perhaps a half; `halves` is the text without those beyond
            Flexible  ///< neither is known
        };
        Kind kind = Kind::Definite;
        std::string text;
        std::string halves{};
        bool isAssertion = false; ///< cannot be repeated
        bool isLookahead = false;
        bool isBeyondBmp = false; ///< one character beyond U+FFFF
    };
    using Kind = Term::Kind;

    std::string disjunction(std::size_t depth)
    {
        std::string out;
        std::vector<Term> terms;
        while (!atEnd() && peek() != ')') {
            if (take("|")) {
                out += joined(terms, depth) + '|';
                terms.clear();
                continue;
            }
            terms.push_back(term(depth));
        }
        return out + joined(terms, depth);
    }

    /// One `.` between characters that are whole has to be a whole one itself, two are one beyond
    /// U+FFFF as well. Elsewhere a half may be matched, so every character will do.
    static std::string joined(const std::vector<Term> &terms, std::size_t depth)
    {
        std::string out;
        const auto isDefinite
            = [&](std::size_t i) { return i < terms.size() && terms[i].kind == Kind::Definite; };
        for (std::size_t i = 0; i < terms.size(); ++i) {
            const Term &one = terms[i];
            const bool isStart = one.kind == Kind::Any && i > 0 && isDefinite(i - 1) && depth == 0;
            if (isStart && isDefinite(i + 1)) {
                out += one.halves;
            } else if (isStart && i + 1 < terms.size() && terms[i + 1].kind == Kind::Any
                       && isDefinite(i + 2)) {
                out += pairOf(one, terms[i + 1]);
                ++i;
            } else {
                out += one.text;
            }
        }
        return out;
    }

    static std::string pairOf(const Term &first, const Term &second)
    {
        return "(?:" + first.halves + second.halves + "|[" + std::string(kBeyondBmp) + "])";
    }

    Term term(std::size_t depth)
    {
        Term out = atom(depth);
        if (!m_problem.empty())
            return out;
        const auto repeat = quantifier();
        if (!repeat)
            return out;
        if (out.isAssertion)
            fail("nothing to repeat");
        if (out.isBeyondBmp)
            return repeatedHalf(out, *repeat);
        Term repeated{Kind::Flexible, out.text + repeat->text};
        if (out.kind == Kind::Definite && repeat->least > 0)
            repeated.kind = Kind::Definite;
        // Once is as good as often, and what may be left out is: PCRE2 finds less where a lookahead
        // is repeated.
        if (out.isLookahead)
            repeated.text = repeat->least > 0 ? out.text : "(?:" + out.text + "){0}";
        // Two may be the halves of one.
        const bool isPair = repeat->least == 2 && repeat->most == 2U && out.kind == Kind::Any;
        if (isPair && m_at + 1 == m_text.size() && peek() == '$')
            repeated.text = pairOf(out, out);
        else if (isPair)
            repeated.text = "(?:" + out.text + "{2}|[" + std::string(kBeyondBmp) + "])";
        return repeated;
    }

    struct Quantifier
    {
        std::string text;
        std::uint64_t least = 0;
        std::optional<std::uint64_t> most;
    };

    /// `😀+` repeats the second half alone, which no text has.
    Term repeatedHalf(const Term &character, const Quantifier &repeat) const
    {
        return {Kind::Definite, repeat.least > 1 ? "(?!)" : character.text};
    }

    std::optional<Quantifier> quantifier()
    {
        Quantifier out;
        if (isIn(peek(), "*+?") && !atEnd()) {
            out.text = peek();
            out.least = peek() == '+' ? 1 : 0;
            if (peek() == '?')
                out.most = 1;
            ++m_at;
        } else if (auto braces = bracedQuantifier()) {
            out = *std::move(braces);
        } else {
            return std::nullopt;
        }
        if (take("?"))
            out.text += '?';
        return out;
    }

    static std::uint64_t valueOf(std::string_view number)
    {
        std::uint64_t value = 0;
        const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
        return result.ec == std::errc{} ? value : UINT64_MAX;
    }

    /// `{2}`, `{2,}`, `{2,3}`; anything else is text.
    std::optional<Quantifier> bracedQuantifier()
    {
        if (peek() != '{')
            return std::nullopt;
        const std::string_view least = digits(m_at + 1);
        std::size_t at = m_at + 1 + least.size();
        if (least.empty() || at >= m_text.size())
            return std::nullopt;
        Quantifier out;
        out.least = valueOf(least);
        out.most = out.least;
        if (m_text[at] == ',') {
            const std::string_view most = digits(at + 1);
            at += 1 + most.size();
            out.most = most.empty() ? std::nullopt : std::optional(valueOf(most));
        }
        if (at >= m_text.size() || m_text[at] != '}')
            return std::nullopt;
        if (out.most && *out.most < out.least) {
            fail("the numbers in {} are out of order");
            return std::nullopt;
        }
        out.text = m_text.substr(m_at, at + 1 - m_at);
        m_at = at + 1;
        return out;
    }

    Term atom(std::size_t depth)
    {
        const char c = peek();
        if (take("^"))
            return {Kind::Definite, "^", {}, true};
        // The end is the end, not the place before a last line break.
        if (take("$"))
            return {Kind::Definite, "\\z", {}, true};
        if (take("."))
            return {Kind::Any, "[^\\n\\r\\x{2028}\\x{2029}]",
                    "[^\\n\\r\\x{2028}\\x{2029}" + std::string(kBeyondBmp) + ']'};
        if (c == '(')
            return groupTerm(depth);
        if (c == '[')
            return classTerm();
        if (c == '\\')
            return escape();
        if (isIn(c, "*+?") || bracedQuantifier())
            fail("nothing to repeat");
        if (atEnd())
            return {};
        return characterTerm(character());
    }

    Term groupTerm(std::size_t depth)
    {
        ++m_at;
        Term out{Kind::Flexible, "("};
        std::size_t number = 0;
        if (sees("?<=") || sees("?<!")) {
            out.text += m_text.substr(m_at, 3);
            out.isAssertion = true;
            m_at += 3;
        } else if (sees("?=") || sees("?!")) {
            out.text += m_text.substr(m_at, 2);
            out.isLookahead = true;
            m_at += 2;
        } else if (sees("?:")) {
            out.text += m_text.substr(m_at, 2);
            m_at += 2;
        } else if (take("?<")) {
            number = ++m_opened;
            out.text += nameOfGroup(number);
        } else if (peek() == '?') {
            fail("a group that JavaScript does not have");
        } else {
            number = ++m_opened;
        }
        if (depth >= kDeepestGroup)
            fail("groups nested deeper than " + std::to_string(kDeepestGroup)
                 + ", a limit of this program");
        out.text += disjunction(depth + 1);
        if (m_problem.empty() && !take(")"))
            fail("a group has no end");
        m_closed[std::min(number, m_closed.size() - 1)] = number > 0 && number < m_closed.size();
        out.text += ')';
        return out;
    }

    /// Behind "(?<": the name, as PCRE2 takes it; one that it does not take is not needed.
    std::string nameOfGroup(std::size_t number)
    {
        const std::size_t end = m_text.find('>', m_at);
        const std::string_view name
            = end == std::string_view::npos ? "" : m_text.substr(m_at, end - m_at);
        const bool isName = !name.empty() && !isDecimal(name[0])
                            && std::all_of(name.begin(), name.end(), [](char c) {
                                   return isAsciiLetter(c) || isDecimal(c) || c == '_' || c == '$'
                                          || static_cast<unsigned char>(c) >= 0x80;
                               });
        if (!isName) {
            fail("a group's name is broken");
            return {};
        }
        if (m_groups.numberOf(name) != number)
            fail("two groups have one name");
        m_at = end + 1;
        const bool isPlain = name.size() <= 32 && std::all_of(name.begin(), name.end(), [](char c) {
                                 return isAsciiLetter(c) || isDecimal(c) || c == '_';
                             });
        return isPlain ? "?<" + std::string(name) + '>' : std::string();
    }

    Term escape()
    {
        const char c = peek(1);
        if (m_at + 1 >= m_text.size()) {
            fail("a \\ at the end");
            return {};
        }
        if (c == 'b' || c == 'B') {
            m_at += 2;
            return {Kind::Flexible, wordBoundary(c == 'b'), {}, true};
        }
        const char low = text::lower(c);
        if (const auto set = setOf(low)) {
            m_at += 2;
            if (c == low)
                return {Kind::Definite, '[' + std::string(*set) + ']'};
            return {Kind::Any, "[^" + std::string(*set) + ']',
                    "[^" + std::string(*set) + std::string(kBeyondBmp) + ']'};
        }
        if (c >= '1' && c <= '9') {
            const std::string_view number = digits(m_at + 1);
            if (valueOf(number) <= m_groups.count) {
                m_at += 1 + number.size();
                return backReference(valueOf(number));
            }
        }
        if (c == 'k' && !m_groups.names.empty()) {
            const std::size_t end = m_text.find('>', m_at);
            const auto number = peek(2) == '<' && end != std::string_view::npos
                                    ? m_groups.numberOf(m_text.substr(m_at + 3, end - m_at - 3))
                                    : std::nullopt;
            if (!number) {
                fail("a reference to a group that is not there");
                return {};
            }
            m_at = end + 1;
            return backReference(*number);
        }
        return characterTerm(escapedCharacter(false));
    }

    /// Words are of ASCII.
    static std::string wordBoundary(bool isAtOne)
    {
        const std::string word = '[' + std::string(kJsWord) + ']';
        const std::string before = "(?<=" + word + ')';
        const std::string notBefore = "(?<!" + word + ')';
        const std::string after = "(?=" + word + ')';
        const std::string notAfter = "(?!" + word + ')';
        return isAtOne ? "(?:" + before + notAfter + '|' + notBefore + after + ')'
                       : "(?:" + before + after + '|' + notBefore + notAfter + ')';
    }

    /// A group that has matched nothing is an empty text, as one is that has not come to its end.
    Term backReference(std::size_t number) const
    {
        if (!m_closed[number])
            return {Kind::Flexible, "(?:)"};
        const std::string name = std::to_string(number);
        const bool isAlwaysSet = m_text.find_first_of("|?*{") == std::string_view::npos;
        return {Kind::Flexible,
                isAlwaysSet ? "\\g{" + name + '}' : "(?(" + name + ")\\g{" + name + "})"};
    }

    Term classTerm()
    {
        const CharacterClass set = characterClass();
        if (set.members.empty())
            return {Kind::Flexible, set.isNegated ? "[\\s\\S]" : "(?!)"};
        if (!set.isNegated)
            return {set.hasBeyondBmp ? Kind::Flexible : Kind::Definite, '[' + set.members + ']'};
        return {set.hasBeyondBmp ? Kind::Flexible : Kind::Any, "[^" + set.members + ']',
                "[^" + set.members + std::string(kBeyondBmp) + ']'};
    }

    /// A character that stands for itself.
    Term characterTerm(std::uint32_t code)
    {
        return {Kind::Definite, literal(code), {}, false, false, code > 0xFFFF};
    }

    GroupCensus m_groups;
    std::vector<bool> m_closed; ///< by number: the group has come to its end
    std::size_t m_opened = 0;
};

} // namespace

Result<std::string> toPcre(std::string_view regex, bool ignoreCase)
{
    auto out = JavaScriptRegex(regex).run();
    if (!out)
        return out;
    return (ignoreCase ? "(?i)" : "") + *std::move(out);
}

} // namespace understudy::formats::mockoon
