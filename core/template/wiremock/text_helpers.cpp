// SPDX-License-Identifier: Apache-2.0
// Texts: those of Handlebars.java's StringHelpers, and WireMock's own.
#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/template/letter_case.h"
#include "core/template/utf16.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/values.h"

#include <algorithm>
#include <cmath>

namespace understudy::wiremock {

using handlebars::fromUtf16;
using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::toUtf16;
using handlebars::Value;

namespace {

/// Longer paddings are of no use to anybody.
constexpr std::size_t kMaxWidth = 100'000;

/// Of a padding.
std::size_t sizeOf(const Value &value)
{
    const auto number = handlebars::wholeNumber(value.number());
    return number < 0 ? 0 : std::min(static_cast<std::size_t>(number), kMaxWidth);
}

Value lower(HelperCall &call) { return handlebars::inCase(textOf(call[0]), false); }
Value upper(HelperCall &call) { return handlebars::inCase(textOf(call[0]), true); }

std::string withFirstUpper(const std::string &text)
{
    const std::u16string units = toUtf16(text);
    if (units.empty())
        return text;
    // Half of a pair is no letter.
    const std::size_t first
        = std::min<std::size_t>((units[0] & 0xFC00U) == 0xD800U ? 2 : 1, units.size());
    return handlebars::inCase(fromUtf16(units.substr(0, first)), true)
           + fromUtf16(units.substr(first));
}

Value capitalizeFirst(HelperCall &call) { return withFirstUpper(textOf(call[0])); }

Value capitalize(HelperCall &call)
{
    const bool isFully = call.option("fully").isTruthy();
    std::string out;
    std::string word;
    const auto flush = [&] {
        out += withFirstUpper(isFully ? handlebars::inCase(word, false) : word);
        word.clear();
    };
    for (const char c : textOf(call[0])) {
        if (c == ' ' || c == '\t' || c == '\n') {
            flush();
            out += c;
        } else {
            word += c;
        }
    }
    flush();
    return out;
}

std::u16string padding(HelperCall &call, std::size_t count)
{
    const std::u16string by = toUtf16(optionOr(call, "pad", " "));
    std::u16string out;
    while (!by.empty() && out.size() < count)
        out += by;
    out.resize(std::min(out.size(), count));
    return out;
}

Value padded(HelperCall &call, double shareBefore)
{
    const std::u16string text = toUtf16(textOf(call[0]));
    const std::size_t size = sizeOf(call.option("size"));
    const std::size_t missing = size > text.size() ? size - text.size() : 0;
    const auto before = static_cast<std::size_t>(static_cast<double>(missing) * shareBefore);
    return fromUtf16(padding(call, before) + text + padding(call, missing - before));
}

Value center(HelperCall &call) { return padded(call, 0.5); }
Value ljust(HelperCall &call) { return padded(call, 0); }
Value rjust(HelperCall &call) { return padded(call, 1); }

std::string replacedAll(HelperCall &call, const std::string &text, const std::string &what,
                        const std::string &by)
{
    if (what.empty())
        return text;
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = text.find(what); at != std::string::npos && call.fits(out.size());
         at = text.find(what, from)) {
        out.append(text, from, at - from);
        out += by;
        from = at + what.size();
    }
    return out.append(text, from);
}

Value cut(HelperCall &call)
{
    return replacedAll(call, textOf(call[0]), call.size() > 1 ? textOf(call[1]) : " ", "");
}

Value replace(HelperCall &call)
{
    return replacedAll(call, textOf(call[0]), textOf(call[1]), textOf(call[2]));
}

Value defaultIfEmpty(HelperCall &call)
{
    return call[0].isEmpty() || textOf(call[0]).empty() ? call[1] : call[0];
}

Value substring(HelperCall &call)
{
    const std::u16string text = toUtf16(textOf(call[0]));
    const std::int64_t from = handlebars::wholeNumber(call[1].number());
    const auto size = static_cast<std::int64_t>(text.size());
    const std::int64_t to = call.size() > 2 ? handlebars::wholeNumber(call[2].number()) : size;
    if (from < 0 || from > to || to > size)
        return call.fail("begin " + std::to_string(from) + ", end " + std::to_string(to)
                         + ", length " + std::to_string(text.size()));
    return fromUtf16(std::u16string_view(text).substr(static_cast<std::size_t>(from),
                                                      static_cast<std::size_t>(to - from)));
}

Value slugify(HelperCall &call)
{
    // Letters of every alphabet stay; what is neither letter nor digit nor blank goes.
    std::string out;
    for (const char c : handlebars::inCase(textOf(call[0]), false)) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || byte >= 0x80U)
            out += c;
        else if (std::isspace(byte) && !out.empty() && out.back() != '-')
            out += '-';
    }
    while (out.ends_with('-'))
        out.pop_back();
    return out;
}

Value stripTags(HelperCall &call)
{
    const std::string text = textOf(call[0]);
    std::string out;
    bool mayEnd = true; // there is a '>' further on
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = mayEnd && text[i] == '<' ? text.find('>', i) : std::string::npos;
        mayEnd = mayEnd && (text[i] != '<' || end != std::string::npos);
        if (end != std::string::npos)
            i = end + 1;
        else
            out += text[i++];
    }
    return out;
}

Value abbreviate(HelperCall &call)
{
    constexpr std::u16string_view kDots = u"...";
    const std::u16string text = toUtf16(textOf(call[0]));
    const auto most = static_cast<std::size_t>(
        std::max<std::int64_t>(0, handlebars::wholeNumber(call[1].number())));
    if (most <= kDots.size())
        return call.fail("Minimum abbreviation width is 4");
    if (text.size() <= most)
        return fromUtf16(text);
    return fromUtf16(text.substr(0, most - kDots.size()).append(kDots));
}

/// Breaks at blanks; words that are longer stay whole.
Value wordWrap(HelperCall &call)
{
    const std::string text = textOf(call[0]);
    const std::size_t most = sizeOf(call[1]);
    std::string out;
    std::size_t length = 0;
    for (const std::string_view word : text::split(text, ' ')) {
        const std::size_t size = handlebars::utf16Length(word);
        if (!out.empty()) {
            const bool fits = length + 1 + size <= most;
            out += fits ? ' ' : '\n';
            length = fits ? length + 1 : 0;
        }
        out += word;
        length += size;
    }
    return out;
}

Value trim(HelperCall &call)
{
    const std::string text = textOrBlock(call).value_or("");
    constexpr const char *kBlanks = " \t\n\r\v\f";
    const std::size_t first = text.find_first_not_of(kBlanks);
    return first == std::string::npos
               ? std::string()
               : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// A regular expression of a template; an inline error where it is broken.
std::optional<Regex> regexOf(const std::string &pattern, Regex::Anchoring anchoring)
{
    auto regex = Regex::compile(pattern, anchoring);
    return regex ? std::optional(*std::move(regex)) : std::nullopt;
}

Value matches(HelperCall &call)
{
    if (call.size() < 2)
        return inlineError("You must specify the string to be matched and the regular expression");
    const auto regex = regexOf(textOf(call[1]), Regex::Anchoring::Whole);
    if (!regex)
        return inlineError("Invalid regex string " + textOf(call[1]));
    const MatchVerdict verdict = regex->match(textOf(call[0]), workOf(call));
    if (verdict == MatchVerdict::Undecided)
        return call.fail("the regular expression takes too many steps on this text");
    if (!call.isBlock())
        return verdict == MatchVerdict::Yes;
    if (verdict == MatchVerdict::Yes)
        call.body();
    return {};
}

Value contains(HelperCall &call)
{
    if (call.size() < 2)
        return inlineError("You must specify the string or array to be matched and the regular "
                           "expression");
    bool isIn = false;
    if (const JsonArray *list = call[0].ifList()) {
        const std::string what = textOf(call[1]);
        isIn = std::any_of(list->begin(), list->end(), [&](const JsonValue &item) {
            return textOf(Value::ofJson(item)) == what;
        });
    } else {
        isIn = textOf(call[0]).find(textOf(call[1])) != std::string::npos;
    }
    if (!call.isBlock())
        return isIn;
    if (isIn)
        call.body();
    return {};
}

/// The first match; with a variable the groups of all of them.
Value regexExtract(HelperCall &call)
{
    const std::string subject = textOf(call[0]);
    const std::string pattern = textOf(call[1]);
    const auto regex = regexOf(pattern, Regex::Anchoring::Search);
    if (!regex)
        return inlineError("Invalid regex string " + pattern);
    const Value &otherwise = call.option("default");
    constexpr std::size_t kMost = 100'000;
    const bool wantsGroups = call.size() > 2;
    const auto matches = regex->findAll(subject, workOf(call), wantsGroups ? kMost : 1);
    if (!matches)
        return call.fail(matches.error().message);
    if (matches->empty()) {
        if (otherwise.isUndefined())
            return inlineError("Nothing matched " + pattern);
        return wantsGroups ? assigned(call, call[2], otherwise) : otherwise;
    }
    if (!wantsGroups)
        return *matches->front().front();
    JsonArray groups;
    for (const Regex::Groups &match : *matches) {
        for (std::size_t i = 1; i < match.size(); ++i)
            groups.push_back(match[i] ? JsonValue(std::string(*match[i])) : JsonValue());
    }
    return assigned(call, call[2], several(std::move(groups)));
}

constexpr std::array kHelpers{
    Helper{"lower", "text", "In lower case.", lower},
    Helper{"upper", "text", "In upper case.", upper},
    Helper{"capitalizeFirst", "text", "With a capital in front.", capitalizeFirst},
    Helper{"capitalize", "text [fully=]", "Every word with a capital in front.", capitalize},
    Helper{"center", "text size= [pad=]", "A text in the middle of so many characters.", center},
    Helper{"ljust", "text size= [pad=]", "A text filled up behind.", ljust},
    Helper{"rjust", "text size= [pad=]", "A text filled up in front.", rjust},
    Helper{"cut", "text [what]", "A text without another, or without blanks.", cut},
    Helper{"replace", "text what by", "A text with another in the place of a third.", replace},
    Helper{"defaultIfEmpty", "value default", "A value, or another if it is empty.",
           defaultIfEmpty},
    Helper{"substring", "text from [to]", "A part of a text.", substring},
    Helper{"slugify", "text", "As a part of a URL: 'a-b' for 'A b!'.", slugify},
    Helper{"stripTags", "text", "Without tags of HTML.", stripTags},
    Helper{"abbreviate", "text most", "At most so long, with dots at the end.", abbreviate},
    Helper{"wordWrap", "text most", "On lines of at most so many characters.", wordWrap},
    Helper{"trim", "text | block", "Without blanks at both ends.", trim},
    Helper{"matches", "text regex", "Whether all of a text matches.", matches},
    Helper{"contains", "text-or-list value", "Whether it contains the value.", contains},
    Helper{"regexExtract", "text regex [variable] [default=]", "What a regular expression finds.",
           regexExtract},
};

} // namespace

std::span<const Helper> textHelpers() { return kHelpers; }

} // namespace understudy::wiremock
