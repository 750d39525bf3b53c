// SPDX-License-Identifier: Apache-2.0
// Numbers, characters, ids.
#include "core/base/text.h"
#include "core/template/faker/faker.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace understudy::faker {

using handlebars::Value;

namespace {

constexpr double kMostInteger = 9007199254740991.0;
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHex = "0123456789abcdef";

std::int64_t wholeNumber(const Arguments &a, double most = kMostInteger)
{
    double least = a.number("min", 0);
    double max = a.number("max", most);
    if (a.place(0).isNumber())
        max = *a.place(0).ifNumber();
    const double step = std::max(a.number("multipleOf", 1), 1.0);
    least = std::ceil(least / step);
    max = std::floor(max / step);
    const auto bounded = [](double value) {
        constexpr double kBound = 9.2e18;
        return std::isnan(value) ? 0
                                 : static_cast<std::int64_t>(std::clamp(value, -kBound, kBound));
    };
    return bounded(static_cast<double>(a.draw(bounded(least), bounded(max))) * step);
}

Value integer(const Arguments &a) { return static_cast<double>(wholeNumber(a)); }

Value real(const Arguments &a)
{
    double max = a.number("max", 1);
    const double min = a.number("min", 0);
    if (a.place(0).isNumber())
        max = *a.place(0).ifNumber();
    double value = min + (max - min) * a.unit();
    const double digits = a.number("fractionDigits", -1);
    double step = a.number("multipleOf", a.number("precision", 0));
    if (digits >= 0)
        step = std::pow(10.0, -digits);
    if (step > 0) {
        const double parts = std::round(1 / step);
        value = parts >= 1 ? std::floor(value * parts) / parts : std::floor(value / step) * step;
    }
    return value;
}

std::string inBase(std::int64_t value, std::uint64_t base)
{
    std::string out;
    std::uint64_t left
        = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    do {
        out.insert(out.begin(), kHex[static_cast<std::size_t>(left % base)]);
        left /= base;
    } while (left > 0);
    return value < 0 ? '-' + out : out;
}

Value hexNumber(const Arguments &a) { return inBase(wholeNumber(a, 15), 16); }
Value octalNumber(const Arguments &a) { return inBase(wholeNumber(a, 7), 8); }
Value binaryNumber(const Arguments &a) { return inBase(wholeNumber(a, 1), 2); }
Value bigInteger(const Arguments &a)
{
    return std::to_string(wholeNumber(a, 999'999'999'999'999.0));
}

Value romanNumeral(const Arguments &a)
{
    static constexpr std::array<std::pair<int, std::string_view>, 13> kParts{{{1000, "M"},
                                                                              {900, "CM"},
                                                                              {500, "D"},
                                                                              {400, "CD"},
                                                                              {100, "C"},
                                                                              {90, "XC"},
                                                                              {50, "L"},
                                                                              {40, "XL"},
                                                                              {10, "X"},
                                                                              {9, "IX"},
                                                                              {5, "V"},
                                                                              {4, "IV"},
                                                                              {1, "I"}}};
    auto left = std::clamp<std::int64_t>(wholeNumber(a, 3999), 1, 3999);
    std::string out;
    for (const auto &[value, letters] : kParts) {
        for (; left >= value; left -= value)
            out += letters;
    }
    return out;
}

Value boolean(const Arguments &a)
{
    double probability = a.number("probability", 0.5);
    if (a.place(0).isNumber())
        probability = *a.place(0).ifNumber();
    return a.unit() < probability;
}

std::string letters(const Arguments &a)
{
    const std::string wanted = a.option("casing").text();
    return wanted == "upper"   ? std::string(kUpper)
           : wanted == "lower" ? std::string(kLower)
                               : std::string(kLower).append(kUpper);
}

std::string without(std::string from, const Value &excluded)
{
    const std::string out = excluded.text();
    std::erase_if(from, [&](char c) { return out.find(c) != std::string::npos; });
    return from.empty() ? std::string(kLower) : from;
}

Value alpha(const Arguments &a)
{
    return a.characters(without(letters(a), a.option("exclude")), a.count("length", 1));
}

Value alphanumeric(const Arguments &a)
{
    return a.characters(without(letters(a).append(kDigits), a.option("exclude")),
                        a.count("length", 1));
}

Value numeric(const Arguments &a)
{
    std::string out
        = a.characters(without(std::string(kDigits), a.option("exclude")), a.count("length", 1));
    const Value zeros = a.option("allowLeadingZeros");
    if (!zeros.isUndefined() && !zeros.isTruthy() && out.starts_with('0'))
        out.front() = static_cast<char>('0' + a.draw(1, 9));
    return out;
}

Value hexadecimal(const Arguments &a)
{
    std::string prefix = a.option("prefix").isUndefined() ? "0x" : a.option("prefix").text();
    std::string out = a.characters("0123456789abcdefABCDEF", a.count("length", 1));
    const std::string casing = a.option("casing").text();
    if (casing == "upper")
        out = text::toUpper(out);
    else if (casing == "lower")
        out = text::toLower(out);
    return prefix + out;
}

Value binaryText(const Arguments &a)
{
    const Value prefix = a.option("prefix");
    return (prefix.isUndefined() ? "0b" : prefix.text()) + a.characters("01", a.count("length", 1));
}

Value octalText(const Arguments &a)
{
    const Value prefix = a.option("prefix");
    return (prefix.isUndefined() ? "0o" : prefix.text())
           + a.characters("01234567", a.count("length", 1));
}

Value symbols(const Arguments &a)
{
    return a.characters("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", a.count("length", 1));
}

Value sample(const Arguments &a)
{
    return a.characters("!#$%&()*+,-.0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_"
                        "abcdefghijklmnopqrstuvwxyz{|}",
                        a.count("length", 10));
}

/// RFC 9562, version 4.
Value uuid(const Arguments &a)
{
    return a.characters(kHex, 8) + '-' + a.characters(kHex, 4) + "-4" + a.characters(kHex, 3) + '-'
           + a.characters("89ab", 1) + a.characters(kHex, 3) + '-' + a.characters(kHex, 12);
}

Value nanoid(const Arguments &a)
{
    return a.characters("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-",
                        a.count("length", 21));
}

Value ulid(const Arguments &a)
{
    return "01" + a.characters("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24);
}

Value objectId(const Arguments &a) { return a.characters(kHex, 24); }

constexpr std::array kMethods{
    Method{"number.int", integer},
    Method{"number.float", real},
    Method{"number.hex", hexNumber},
    Method{"number.octal", octalNumber},
    Method{"number.binary", binaryNumber},
    Method{"number.bigInt", bigInteger},
    Method{"number.romanNumeral", romanNumeral},
    Method{"datatype.boolean", boolean},
    Method{"string.alpha", alpha},
    Method{"string.alphanumeric", alphanumeric},
    Method{"string.numeric", numeric},
    Method{"string.hexadecimal", hexadecimal},
    Method{"string.binary", binaryText},
    Method{"string.octal", octalText},
    Method{"string.symbol", symbols},
    Method{"string.sample", sample},
    Method{"string.uuid", uuid},
    Method{"string.nanoid", nanoid},
    Method{"string.ulid", ulid},
    Method{"database.mongodbObjectId", objectId},
};

} // namespace

std::span<const Method> numberMethods() { return kMethods; }

} // namespace understudy::faker
