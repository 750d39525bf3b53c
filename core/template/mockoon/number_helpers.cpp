// SPDX-License-Identifier: Apache-2.0
#include "core/template/mockoon/helpers.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace understudy::mockoon {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

/// From left to right; what is no number is skipped, but for the first.
template<class Step>
Value folded(HelperCall &call, Step step)
{
    if (call.size() == 0)
        return "";
    if (call.size() == 1)
        return call[0];
    double result = call[0].number();
    for (std::size_t i = 1; i < call.size(); ++i) {
        const double next = call[i].number();
        if (!std::isnan(next))
            result = step(result, next);
    }
    return result;
}

Value add(HelperCall &call)
{
    return folded(call, [](double a, double b) { return a + b; });
}
Value subtract(HelperCall &call)
{
    return folded(call, [](double a, double b) { return a - b; });
}
Value multiply(HelperCall &call)
{
    return folded(call, [](double a, double b) { return a * b; });
}
Value divide(HelperCall &call)
{
    return folded(call, [](double a, double b) { return b == 0 ? a : a / b; });
}

Value modulo(HelperCall &call)
{
    const double by = call[1].number();
    if (call.size() < 2 || by == 0)
        return "";
    return std::fmod(call[0].number(), by);
}

Value ceil(HelperCall &call)
{
    return call.size() == 0 ? Value("") : Value(std::ceil(call[0].number()));
}
Value floor(HelperCall &call)
{
    return call.size() == 0 ? Value("") : Value(std::floor(call[0].number()));
}
/// Halves go up, also those below zero.
Value round(HelperCall &call)
{
    if (call.size() == 0)
        return "";
    const double value = call[0].number();
    return std::floor(value) + (value - std::floor(value) >= 0.5 ? 1 : 0);
}

std::string fixed(double value, int digits)
{
    constexpr std::size_t kExact = 1100; // of every digit that a double can have
    std::array<char, kExact + 400> text{};
    std::snprintf(text.data(), text.size(), "%.*f", static_cast<int>(kExact), value);
    std::string_view exact(text.data());
    const std::string_view behind
        = exact.substr(exact.find('.') + 1).substr(static_cast<std::size_t>(digits));
    // Exactly between two: away from zero (ECMA-262 Number::toFixed).
    if (behind.starts_with('5') && behind.find_first_not_of('0', 1) == std::string_view::npos)
        value = std::nextafter(value, value < 0 ? -HUGE_VAL : HUGE_VAL);
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

Value toFixed(HelperCall &call)
{
    constexpr double kMostDigits = 100;
    double value = call[0].number();
    if (std::isnan(value))
        value = 0;
    const double digits = call[1].number();
    if (std::fabs(value) >= 1e21)
        return handlebars::numberText(value);
    return fixed(value, std::isnan(digits)
                            ? 0
                            : static_cast<int>(std::min(std::max(digits, 0.0), kMostDigits)));
}

Value parseInt(HelperCall &call)
{
    const std::string text = call[0].text();
    std::size_t at = text.find_first_not_of(" \t\n\r\v\f");
    if (at == std::string::npos)
        return "";
    const bool isNegative = text[at] == '-';
    at += text[at] == '-' || text[at] == '+' ? 1 : 0;
    double value = 0;
    const std::size_t first = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
        value = value * 10 + (text[at] - '0');
    return at == first ? Value("") : Value(isNegative ? -value : value);
}

constexpr std::array kHelpers{
    Helper{"add", "a b…", "The sum.", add},
    Helper{"subtract", "a b…", "The first less all others.", subtract},
    Helper{"multiply", "a b…", "The product.", multiply},
    Helper{"divide", "a b…", "The first divided by all others.", divide},
    Helper{"modulo", "a b", "What a division leaves.", modulo},
    Helper{"ceil", "number", "The next whole number above.", ceil},
    Helper{"floor", "number", "The next whole number below.", floor},
    Helper{"round", "number", "The nearest whole number.", round},
    Helper{"toFixed", "number [digits]", "A number with so many digits behind the point.", toFixed},
    Helper{"parseInt", "text", "The whole number that a text begins with.", parseInt},
};

} // namespace

std::span<const Helper> numberHelpers() { return kHelpers; }

} // namespace understudy::mockoon
