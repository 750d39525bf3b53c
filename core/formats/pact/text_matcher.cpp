// SPDX-License-Identifier: Apache-2.0
#include "core/formats/pact/text_matcher.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/java_pattern.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"

#include <algorithm>
#include <array>

namespace understudy::formats::pact {

using recorded::textOf;
using yaml::Node;

namespace {

/// A matcher that asks for the same of every text.
struct PatternRow
{
    std::string_view kind;
    std::string_view pattern;
};

constexpr std::array kTextPatterns{
    PatternRow{"integer", "^-?\\d+$"},
    PatternRow{"decimal", "^-?\\d+\\.\\d+$"},
    PatternRow{"number", "^-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?$"},
    PatternRow{"boolean", "^(?:true|false)$"},
    PatternRow{"null", "^$"},
    PatternRow{"notEmpty", "[\\s\\S]"},
    PatternRow{"semver", "^\\d+\\.\\d+\\.\\d+(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?$"},
};

/// Dates: the key that holds the format, and the one that is taken without it.
struct DateRow
{
    std::string_view kind;
    std::string_view key;
    std::string_view usual;
};

constexpr std::array kDateKinds{
    DateRow{"date", "date", "yyyy-MM-dd"},
    DateRow{"time", "time", "HH:mm:ss"},
    DateRow{"timestamp", "timestamp", "yyyy-MM-dd'T'HH:mm:ss"},
    DateRow{"datetime", "datetime", "yyyy-MM-dd'T'HH:mm:ss"},
};

/// What one run of a letter stands for.
std::string runPattern(char letter, std::size_t length)
{
    const std::string exactly = "{" + std::to_string(length) + "}";
    switch (letter) {
    case 'y':
    case 'u':
        return length == 2 ? "\\d{2}" : "\\d{4,}";
    case 'M':
    case 'L':
        return length > 2 ? "[^\\d\\s]+" : length == 2 ? "\\d{2}" : "\\d{1,2}";
    case 'd':
    case 'H':
    case 'h':
    case 'k':
    case 'K':
    case 'm':
    case 's':
        return length == 1 ? "\\d{1,2}" : "\\d{2}";
    case 'S':
        return "\\d" + exactly;
    case 'E':
    case 'G':
        return "[^\\d\\s]+";
    case 'a':
        return "[AaPp]\\.?[Mm]\\.?";
    case 'X':
        return "(?:Z|[+-]\\d{2}(?::?\\d{2})?)";
    case 'Z':
    case 'x':
        return "(?:[+-]\\d{2}(?::?\\d{2})?|Z)";
    default:
        return "[^\\s]+";
    }
}

bool isLetter(char c) { return text::lower(c) >= 'a' && text::lower(c) <= 'z'; }

} // namespace

std::string datePattern(std::string_view format)
{
    std::string out = "^";
    for (std::size_t i = 0; i < format.size();) {
        const char c = format[i];
        if (c == '\'') {
            const std::size_t end = std::min(format.find('\'', i + 1), format.size());
            out += end == i + 1 ? "'" : asPattern(format.substr(i + 1, end - i - 1));
            i = end + 1;
        } else if (isLetter(c)) {
            const std::size_t end = std::min(format.find_first_not_of(c, i), format.size());
            out += runPattern(c, end - i);
            i = end;
        } else {
            out += asPattern(format.substr(i, 1));
            ++i;
        }
    }
    return out + "$";
}

std::optional<std::string> patternOf(const Node &matcher, const std::string &example,
                                     const Translation &scope)
{
    const std::string kind = kindOf(matcher);
    if (kind == "type")
        return std::nullopt;
    if (kind == "equality")
        return "^" + asPattern(example) + "$";
    if (kind == "regex") {
        const std::string regex = "^(?:" + withoutUnicodeEscapes(textOf(&matcher, "regex")) + ")$";
        if (Regex::compile(regex))
            return regex;
        scope.changed("the expression "
                          + text::inQuotes(recorded::oneLine(textOf(&matcher, "regex")))
                          + " cannot be read here; any value is taken",
                      matcher.start);
        return std::nullopt;
    }
    if (kind == "include")
        return asPattern(textOf(&matcher, "value"));
    const auto *const fixed = std::find_if(kTextPatterns.begin(), kTextPatterns.end(),
                                           [&](const PatternRow &row) { return row.kind == kind; });
    if (fixed != kTextPatterns.end())
        return std::string(fixed->pattern);
    const auto *const date = std::find_if(kDateKinds.begin(), kDateKinds.end(),
                                          [&](const DateRow &row) { return row.kind == kind; });
    if (date != kDateKinds.end()) {
        std::string format = textOf(&matcher, date->key);
        if (format.empty())
            format = textOf(&matcher, "format");
        constexpr std::size_t kLongest = 200;
        if (format.size() <= kLongest)
            return datePattern(format.empty() ? date->usual : std::string_view(format));
        scope.notServed("the format of a date is too long; any value will do", matcher.start);
        return std::nullopt;
    }
    scope.notServed("the matcher " + text::inQuotes(recorded::oneLine(kind))
                        + " has no word here; any value will do",
                    matcher.start);
    return std::nullopt;
}

Rule textRule(const RuleTarget &target, const std::string &example, const MatcherSet *matchers,
              const Translation &scope)
{
    if (!matchers || matchers->matchers.empty())
        return leaf(target, RuleOperator::Equals, example);
    std::vector<Rule> rules;
    for (const Node *matcher : matchers->matchers) {
        const auto pattern = patternOf(*matcher, example, scope);
        rules.push_back(pattern ? leaf(target, RuleOperator::Matches, *pattern)
                                : leaf(target, RuleOperator::Absent, false));
    }
    return matchers->isAnyOf ? anyOf(std::move(rules)) : allOf(std::move(rules));
}

} // namespace understudy::formats::pact
