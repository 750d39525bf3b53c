// SPDX-License-Identifier: Apache-2.0
// What is drawn: the same for the same seed and request.
#include "core/template/letter_case.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/values.h"

#include <algorithm>
#include <limits>

namespace understudy::wiremock {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHex = "0123456789abcdef";

std::string printable(char from, char to)
{
    std::string out(1, from);
    while (out.back() < to)
        out += static_cast<char>(out.back() + 1);
    return out;
}

std::string signsOf(const std::string &type)
{
    if (type == "ALPHANUMERIC")
        return std::string(kLetters).append(kDigits);
    if (type == "ALPHABETIC")
        return std::string(kLetters);
    if (type == "NUMERIC")
        return std::string(kDigits);
    if (type == "HEXADECIMAL")
        return std::string(kHex);
    return type == "ALPHANUMERIC_AND_SYMBOLS" ? printable('!', '}') : printable(' ', '~');
}

std::string drawn(HelperCall &call, std::string_view signs, std::size_t length)
{
    std::string out;
    for (std::size_t i = 0; i < length; ++i)
        out += signs[static_cast<std::size_t>(
            call.scope()->random(0, static_cast<std::int64_t>(signs.size()) - 1))];
    return out;
}

std::string uuid(HelperCall &call)
{
    std::string out = drawn(call, kHex, 36);
    for (const std::size_t dash : {8U, 13U, 18U, 23U})
        out[dash] = '-';
    out[14] = '4';
    out[19] = kHex[8 + static_cast<std::size_t>(call.scope()->random(0, 3))];
    return out;
}

Value randomValue(HelperCall &call)
{
    constexpr std::int64_t kUsual = 36;
    constexpr std::int64_t kMost = 1'000'000;
    if (!call.scope())
        return "";
    const std::string type = optionOr(call, "type", "ALPHANUMERIC");
    const Value &length = call.option("length");
    const std::int64_t wanted
        = length.isUndefined() ? kUsual : handlebars::wholeNumber(length.number());
    const auto size = static_cast<std::size_t>(std::clamp<std::int64_t>(wanted, 0, kMost));
    const std::string made = type == "UUID" ? uuid(call) : drawn(call, signsOf(type), size);
    return handlebars::inCase(made, call.option("uppercase").isTruthy());
}

/// The upper bound is not among them.
Value randomInt(HelperCall &call)
{
    const Value &lower = call.option("lower");
    const Value &upper = call.option("upper");
    const std::int64_t from = lower.isUndefined() ? std::numeric_limits<std::int32_t>::min()
                                                  : handlebars::wholeNumber(lower.number());
    const std::int64_t to = upper.isUndefined() ? std::numeric_limits<std::int32_t>::max()
                                                : handlebars::wholeNumber(upper.number());
    if (from >= to)
        return call.fail("bound must be greater than origin");
    return call.scope() ? Value(call.scope()->random(from, to - 1)) : Value();
}

Value randomDecimal(HelperCall &call)
{
    const Value &lower = call.option("lower");
    const Value &upper = call.option("upper");
    const double from = lower.isUndefined() ? std::numeric_limits<double>::min() : lower.number();
    const double to = upper.isUndefined() ? std::numeric_limits<double>::max() : upper.number();
    if (!(from < to))
        return call.fail("bound must be greater than origin");
    return call.scope() ? Value(from + call.scope()->random() * (to - from)) : Value();
}

constexpr std::array kHelpers{
    Helper{"randomValue", "[length=] [type=] [uppercase=]",
           "Drawn signs: ALPHANUMERIC, ALPHABETIC, NUMERIC, HEXADECIMAL, UUID.", randomValue},
    Helper{"randomInt", "[lower=] [upper=]", "A whole number below the upper bound, drawn.",
           randomInt},
    Helper{"randomDecimal", "[lower=] [upper=]", "A number between two, drawn.", randomDecimal},
};

} // namespace

std::span<const Helper> randomHelpers() { return kHelpers; }

} // namespace understudy::wiremock
