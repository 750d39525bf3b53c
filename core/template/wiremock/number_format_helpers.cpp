// SPDX-License-Identifier: Apache-2.0
// Numbers and texts by a pattern: java.text.DecimalFormat and java.util.Formatter, in English.
#include "core/template/letter_case.h"
#include "core/template/utf16.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/java_number.h"
#include "core/template/wiremock/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace understudy::wiremock {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

Value numberFormat(HelperCall &call)
{
    const double number = call[0].number();
    if (std::isnan(number))
        return {};
    const std::string style
        = call.size() > 1 ? textOf(call[1]) : optionOr(call, "format", "number");
    if (style == "integer")
        return formatNumber(number, "#,##0");
    if (style == "percent")
        return formatNumber(number, "#,##0%");
    if (style == "currency")
        return formatNumber(number, "$#,##0.00");
    return formatNumber(number, style == "number" ? "#,##0.###" : style);
}

/// `%[number$][flags][width][.precision]conversion`.
struct Directive
{
    std::size_t number = 0; ///< from 1; 0: the next
    std::string flags;
    std::size_t width = 0;
    int precision = -1;
    char conversion = 's';

    bool has(char flag) const { return flags.find(flag) != std::string::npos; }
};

class FormatReader
{
public:
    explicit FormatReader(std::string_view rest)
        : m_rest(rest)
    {}

    /// Behind a `%`. Nothing where it is no directive.
    std::optional<Directive> read()
    {
        Directive out;
        const std::string_view before = m_rest;
        const std::size_t number = digits();
        if (number > 0 && m_rest.starts_with('$')) {
            out.number = number;
            m_rest.remove_prefix(1);
        } else {
            m_rest = before;
        }
        while (!m_rest.empty() && std::string_view("-#+ 0,(").find(m_rest[0]) != m_rest.npos) {
            out.flags += m_rest[0];
            m_rest.remove_prefix(1);
        }
        constexpr std::size_t kMost = 10'000;
        out.width = std::min(digits(), kMost);
        if (m_rest.starts_with('.')) {
            m_rest.remove_prefix(1);
            out.precision = static_cast<int>(std::min<std::size_t>(digits(), kMost));
        }
        if (m_rest.empty())
            return std::nullopt;
        out.conversion = m_rest[0];
        m_rest.remove_prefix(1);
        return out;
    }

    std::string_view rest() const { return m_rest; }

private:
    std::size_t digits()
    {
        std::size_t value = 0;
        const auto [end, error]
            = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        if (error != std::errc())
            return 0;
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        return value;
    }

    std::string_view m_rest;
};

std::string withSign(std::string digits, const Directive &form)
{
    if (form.has(','))
        digits = withCommas(std::move(digits));
    if (!digits.starts_with('-') && (form.has('+') || form.has(' ')))
        digits.insert(0, 1, form.has('+') ? '+' : ' ');
    if (form.has('0') && digits.size() < form.width) {
        const bool isSigned = !digits.empty() && (digits[0] < '0' || digits[0] > '9');
        digits.insert(isSigned ? 1 : 0, form.width - digits.size(), '0');
    }
    return digits;
}

/// As far as a long goes.
std::int64_t wholeOf(double number)
{
    constexpr double kMost = 9.2e18;
    return static_cast<std::int64_t>(std::clamp(number, -kMost, kMost));
}

/// Nothing where the value is not of the kind that the conversion takes.
std::optional<std::string> converted(const Value &value, const Directive &form)
{
    constexpr int kUsualDigits = 6;
    const double number = value.number();
    const int precision = form.precision < 0 ? kUsualDigits : std::min(form.precision, 18);
    std::array<char, 64> buffer{};
    switch (form.conversion) {
    case 'd':
        if (std::isnan(number) || number != std::trunc(number))
            return std::nullopt;
        return withSign(std::to_string(wholeOf(number)), form);
    case 'x':
    case 'X':
        if (std::isnan(number) || number != std::trunc(number))
            return std::nullopt;
        std::snprintf(buffer.data(), buffer.size(), "%llx",
                      static_cast<unsigned long long>(wholeOf(number)));
        return handlebars::inCase(withSign(buffer.data(), form), form.conversion == 'X');
    case 'f':
        if (!std::isfinite(number))
            return std::nullopt;
        return withSign(fixed(number, precision, Rounding::HalfUp), form);
    case 'e':
        if (!std::isfinite(number))
            return std::nullopt;
        std::snprintf(buffer.data(), buffer.size(), "%.*e", precision, number);
        return withSign(buffer.data(), form);
    case 'b':
        return value.ifBool() ? value.text() : value.isMissing() ? "false" : "true";
    case 's':
    case 'S':
    case 'c': {
        std::string text = value.isMissing() ? std::string("null") : textOf(value);
        if (form.precision >= 0)
            text = handlebars::fromUtf16(
                handlebars::toUtf16(text).substr(0, static_cast<std::size_t>(form.precision)));
        return form.conversion == 'S' ? handlebars::inCase(text, true) : text;
    }
    default:
        return std::nullopt;
    }
}

Value stringFormat(HelperCall &call)
{
    const std::string format = textOf(call[0]);
    std::string_view rest = format;
    std::string out;
    std::size_t next = 1;
    while (true) {
        const std::size_t percent = rest.find('%');
        out.append(rest.substr(0, percent));
        if (percent == std::string_view::npos)
            return out;
        FormatReader reader(rest.substr(percent + 1));
        const auto form = reader.read();
        rest = reader.rest();
        if (form && (form->conversion == '%' || form->conversion == 'n')) {
            out += form->conversion == '%' ? '%' : '\n';
            continue;
        }
        const std::size_t number = form ? form->number > 0 ? form->number : next++ : 0;
        if (!form || number >= call.size())
            return call.fail("'stringFormat': '" + format + "' asks for more than there is");
        auto text = converted(call[number], *form);
        if (!text)
            return call.fail("'stringFormat': %" + std::string(1, form->conversion)
                             + " does not take '" + textOf(call[number]) + '\'');
        if (!call.fits(out.size() + text->size() + form->width))
            return {};
        const std::size_t length = handlebars::utf16Length(*text);
        if (length < form->width)
            text->insert(form->has('-') ? text->size() : 0, form->width - length, ' ');
        out += *text;
    }
}

constexpr std::array kHelpers{
    Helper{"numberFormat", "number [pattern | integer | percent | currency]",
           "A number by a pattern such as #,##0.00.", numberFormat},
    Helper{"stringFormat", "format value…", "Java's String.format: %s %d %.2f.", stringFormat},
};

} // namespace

std::span<const Helper> numberFormatHelpers() { return kHelpers; }

} // namespace understudy::wiremock
