// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/template/letter_case.h"
#include "core/template/mockoon/helpers.h"
#include "core/template/utf16.h"

#include <algorithm>
#include <cmath>

namespace understudy::mockoon {

using handlebars::fromUtf16;
using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::toUtf16;
using handlebars::utf16Length;
using handlebars::Value;

namespace {

Value inCase(HelperCall &call, bool upper)
{
    if (!call[0].isText())
        return call.fail("'" + std::string(call.name()) + "' takes a text");
    return handlebars::inCase(call[0].text(), upper);
}

Value lowercase(HelperCall &call) { return inCase(call, false); }
Value uppercase(HelperCall &call) { return inCase(call, true); }

/// A number that an index is made of: NaN is 0.
double whole(const Value &value)
{
    const double number = value.number();
    return std::isnan(number) ? 0 : std::trunc(number);
}

Value substr(HelperCall &call)
{
    const std::u16string text = toUtf16(call[0].text());
    const auto size = static_cast<double>(text.size());
    double from = whole(call[1]);
    if (from < 0)
        from = std::max(size + from, 0.0);
    const double length = call[2].isUndefined() ? size : whole(call[2]);
    const double to = std::min(from + length, size);
    if (from >= to)
        return "";
    return fromUtf16(std::u16string_view(text).substr(static_cast<std::size_t>(from),
                                                      static_cast<std::size_t>(to - from)));
}

Value indexOf(HelperCall &call)
{
    const std::u16string text
        = call[0].isText() || call[0].isNumber() ? toUtf16(call[0].text()) : std::u16string();
    const double from = std::min(std::max(whole(call[2]), 0.0), static_cast<double>(text.size()));
    const std::size_t found = text.find(toUtf16(call[1].text()), static_cast<std::size_t>(from));
    return found == std::u16string::npos ? Value(-1) : Value(found);
}

/// `$&`, `$1` and their like in what replaces (ECMA-262 GetSubstitution, without groups).
std::string substitution(const std::string &by, const std::string &text, std::size_t at,
                         std::size_t size)
{
    std::string out;
    for (std::size_t i = 0; i < by.size(); ++i) {
        const char next = by[i] == '$' && i + 1 < by.size() ? by[i + 1] : '\0';
        if (next == '$')
            out += '$';
        else if (next == '&')
            out.append(text, at, size);
        else if (next == '`')
            out.append(text, 0, at);
        else if (next == '\'')
            out.append(text, at + size);
        else {
            out += by[i];
            continue;
        }
        ++i;
    }
    return out;
}

Value replaced(HelperCall &call, bool all)
{
    if (!call[0].isText() || !call[1].isText() || !call[2].isText())
        return "";
    const std::string text = call[0].text();
    const std::string search = call[1].text();
    if (search.empty())
        return text;
    std::string out;
    std::size_t at = 0;
    while (true) {
        const std::size_t found = text.find(search, at);
        if (found == std::string::npos)
            break;
        out.append(text, at, found - at);
        out += substitution(call[2].text(), text, found, search.size());
        at = found + search.size();
        if (!call.fits(out.size()))
            return {};
        if (!all)
            break;
    }
    return out.append(text, at);
}

Value replace(HelperCall &call) { return replaced(call, false); }
Value replaceAll(HelperCall &call) { return replaced(call, true); }

Value split(HelperCall &call)
{
    if (!call[0].isText() || call[0].text().empty())
        return "";
    const std::string text = call[0].text();
    const std::string by = call[1].isText() && call[1].isTruthy() ? call[1].text() : " ";
    JsonArray out;
    std::size_t at = 0;
    for (std::size_t found = text.find(by); found != std::string::npos; found = text.find(by, at)) {
        out.push_back(text.substr(at, found - at));
        at = found + by.size();
    }
    out.push_back(text.substr(at));
    return Value(std::move(out));
}

Value padded(HelperCall &call, bool atStart)
{
    constexpr double kMost = 1'000'000;
    const std::u16string text = toUtf16(call[0].text());
    const double wanted = std::min(whole(call[1]), kMost);
    const std::u16string by = call[2].isUndefined() ? u" " : toUtf16(call[2].text());
    if (wanted <= static_cast<double>(text.size()) || by.empty())
        return fromUtf16(text);
    const std::size_t missing = static_cast<std::size_t>(wanted) - text.size();
    std::u16string pad;
    while (pad.size() < missing)
        pad += by;
    pad.resize(missing);
    return fromUtf16(atStart ? pad + text : text + pad);
}

Value padStart(HelperCall &call) { return padded(call, true); }
Value padEnd(HelperCall &call) { return padded(call, false); }

Value concat(HelperCall &call)
{
    if (call[0].ifList()) {
        JsonArray out = call.copiedList(call[0]);
        for (const Value &value : call.arguments().subspan(1)) {
            if (value.ifList())
                std::ranges::move(call.copiedList(value), std::back_inserter(out));
            else
                out.push_back(call.copied(value));
        }
        return Value(std::move(out));
    }
    std::string out;
    for (const Value &value : call.arguments()) {
        if (value.isMissing())
            out += value.isUndefined() ? "undefined" : "null";
        else
            value.appendTo(out);
    }
    return out;
}

Value newline(HelperCall &) { return "\n"; }

/// Of a block, what stands in it.
std::string given(HelperCall &call) { return call.isBlock() ? call.captured() : call[0].text(); }

std::string asUrl(std::string text)
{
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.resize(text.find_last_not_of('=') + 1);
    return text;
}

Value base64(HelperCall &call) { return Value::safe(text::encodeBase64(given(call))); }
Value base64url(HelperCall &call) { return Value::safe(asUrl(text::encodeBase64(given(call)))); }

Value decoded(HelperCall &call)
{
    std::string text = given(call);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    return Value::safe(text::asUtf8(text::decodeBase64(text).value_or(std::string())));
}

Value len(HelperCall &call)
{
    if (const JsonArray *list = call[0].ifList())
        return list->size();
    return call[0].isText() && !call[0].isSafe() ? Value(utf16Length(call[0].text())) : Value(0);
}

constexpr std::array kHelpers{
    Helper{"lowercase", "text", "In lower case.", lowercase},
    Helper{"uppercase", "text", "In upper case.", uppercase},
    Helper{"substr", "text from [length]", "A part of a text.", substr},
    Helper{"indexOf", "text search [position]", "Where a text stands in another, from 0.", indexOf},
    Helper{"replace", "text search by", "Replaces a text where it stands first.", replace},
    Helper{"replaceAll", "text search by", "Replaces a text everywhere.", replaceAll},
    Helper{"split", "text [separator]", "The parts of a text as a list.", split},
    Helper{"padStart", "value [length] [char]", "A text made longer at its beginning.", padStart},
    Helper{"padEnd", "value [length] [char]", "A text made longer at its end.", padEnd},
    Helper{"concat", "a b…", "Texts or lists as one.", concat},
    Helper{"newline", "", "A line break.", newline},
    Helper{"base64", "text", "Base64 of a text or a block.", base64},
    Helper{"base64Decode", "text", "The text that base64 stands for.", decoded},
    Helper{"base64url", "text", "The same for URLs, without padding.", base64url},
    Helper{"base64urlDecode", "text", "The text that it stands for.", decoded},
    Helper{"len", "value", "How many items or characters there are.", len},
};

} // namespace

std::span<const Helper> textHelpers() { return kHelpers; }

} // namespace understudy::mockoon
