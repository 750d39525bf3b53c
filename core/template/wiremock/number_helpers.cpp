// SPDX-License-Identifier: Apache-2.0
// Sums, with the decimals that Java's BigDecimal keeps.
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/java_number.h"
#include "core/template/wiremock/values.h"

#include <algorithm>
#include <cmath>

namespace understudy::wiremock {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

/// A number and the digits behind its point; a text that is none is 0.
struct Operand
{
    long double value = 0;
    int scale = 0;
};

Operand operandOf(const Value &value)
{
    const std::string text = textOf(value);
    const double number = handlebars::numberOf(text);
    if (text.empty() || !std::isfinite(number))
        return {};
    Operand out{std::strtold(text.c_str(), nullptr), 0};
    const std::size_t point = text.find('.');
    const std::size_t exponent = text.find_first_of("eE");
    if (point != std::string::npos)
        out.scale = static_cast<int>(std::min(exponent, text.size()) - point - 1);
    return out;
}

Value math(HelperCall &call)
{
    constexpr int kMostDigits = 18;
    if (call.size() < 3)
        return inlineError("All maths functions require two operands and an operator as parameters "
                           "e.g. 3 '+' 2");
    const Operand a = operandOf(call[0]);
    const Operand b = operandOf(call[2]);
    const std::string sign = textOf(call[1]);
    const int larger = std::max(a.scale, b.scale);
    Operand out;
    if (sign == "+") {
        out = {a.value + b.value, larger};
    } else if (sign == "-") {
        out = {a.value - b.value, larger};
    } else if (sign == "*" || sign == "x") {
        out = {a.value * b.value, a.scale + b.scale};
    } else if (sign == "/" || sign == "%") {
        if (b.value == 0)
            return call.fail("/ by zero");
        out = sign == "/" ? Operand{a.value / b.value, a.scale}
                          : Operand{std::fmod(a.value, b.value), larger};
    } else {
        return inlineError(sign + " is not a valid mathematical operator");
    }
    return Value::written(fixed(out.value, std::min(out.scale, kMostDigits), Rounding::HalfUp));
}

constexpr std::array kHelpers{
    Helper{"math", "a operator b", "a + - * / or % b.", math},
};

} // namespace

std::span<const Helper> numberHelpers() { return kHelpers; }

} // namespace understudy::wiremock
