// SPDX-License-Identifier: Apache-2.0
#include "core/model/fault_keys.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy {

namespace {

constexpr auto makeFaultKeys()
{
    using Unit = FaultUnit;
    return std::array{
        FaultKey{"offset", Unit::Size, &Fault::offset, "After bytes of the body", "half the body",
                 "0B"},
        FaultKey{"for", Unit::Time, &Fault::duration, "For", "until the client leaves", "5s"},
        FaultKey{"status", Unit::Status, &Fault::status, "Status", "needed", "500"},
        FaultKey{"headers", Unit::Headers, &Fault::headers, "Headers", "none of its own", ""},
        FaultKey{"body", Unit::Text, &Fault::body, "Body", "the reason phrase", ""},
        FaultKey{"limit", Unit::Count, &Fault::limit, "Requests", "needed", "10",
                 "a fault of kind 'status' with 429 lets nothing through"},
        FaultKey{"per", Unit::Time, &Fault::per, "In a window of", "needed", "1s"},
        FaultKey{"key", Unit::Name, &Fault::key, "Counted by", "all", "all"},
        FaultKey{"variant", Unit::Variant, &Fault::variant, "Variant", "", ""},
        FaultKey{"count", Unit::Ordinal, &Fault::count, "Bytes flipped", "1", "1"},
        FaultKey{"pace", Unit::Time, &Fault::pace, "One byte every", "needed", "100ms"},
        FaultKey{"upload", Unit::Rate, &Fault::upload, "Reads at", "needed", "1kB/s",
                 "'no-read' reads nothing"},
        FaultKey{"hops", Unit::Ordinal, &Fault::hops, "Redirects", "for ever", "20",
                 "without it the loop has no end"},
        FaultKey{"by", Unit::Shift, &Fault::by, "Shift by", "needed", "1h"},
    };
}

constexpr std::array kFaultKeys = makeFaultKeys();

std::string headerLines(const http::HeaderList &headers)
{
    std::string lines;
    for (const http::HeaderField &field : headers)
        lines += (lines.empty() ? "" : "\n") + field.name + ": " + field.value;
    return lines;
}

Result<http::HeaderList> parseHeaderLines(std::string_view text)
{
    http::HeaderList headers;
    for (const std::string_view line : text::split(text, '\n')) {
        if (text::trim(line).empty())
            continue;
        const std::size_t colon = line.find(':');
        const std::string name(text::trim(line.substr(0, colon)));
        if (colon == std::string_view::npos || !http::isToken(name))
            return Error{ErrorCode::Syntax,
                         text::inQuotes(text::trim(line)) + " is not a header; write Name: value",
                         {}};
        headers.push_back({name, std::string(text::trim(line.substr(colon + 1)))});
    }
    return headers;
}

template<class Number>
Result<Number> parseWhole(std::string_view text)
{
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return Error{ErrorCode::Syntax, text::inQuotes(text) + " is not a whole number", {}};
    return number;
}

/// Values as texts, by their type and unit.
struct FaultValueText
{
    FaultUnit unit;

    std::string operator()(const std::optional<Duration> &value) const
    {
        if (!value)
            return {};
        return *value < Duration{} ? '-' + formatDuration(-*value) : formatDuration(*value);
    }
    std::string operator()(const std::optional<ByteCount> &value) const
    {
        if (!value)
            return {};
        return unit == FaultUnit::Rate ? formatByteRate(*value) : formatSize(*value);
    }
    template<class Number>
    std::string operator()(const std::optional<Number> &value) const
    {
        return value ? std::to_string(*value) : std::string();
    }
    std::string operator()(const http::HeaderList &value) const { return headerLines(value); }
    std::string operator()(const std::string &value) const { return value; }
};

/// The inverse, of a text that is not empty.
struct FaultValueParser
{
    FaultUnit unit;
    std::string_view text;

    Result<void> operator()(std::optional<Duration> &value) const
    {
        const bool isNegative = unit == FaultUnit::Shift && text.starts_with('-');
        const auto parsed = parseDuration(isNegative ? text.substr(1) : text);
        if (!parsed)
            return parsed.error();
        value = isNegative ? -*parsed : *parsed;
        return {};
    }
    Result<void> operator()(std::optional<ByteCount> &value) const
    {
        const bool isBare = text.find_first_not_of("0123456789") == std::string_view::npos;
        const auto parsed = unit == FaultUnit::Rate
                                ? parseByteRate(text)
                                : parseSize(isBare ? std::string(text) + "B" : std::string(text));
        return assign(value, parsed);
    }
    template<class Number>
    Result<void> operator()(std::optional<Number> &value) const
    {
        return assign(value, parseWhole<Number>(text));
    }
    Result<void> operator()(http::HeaderList &value) const
    {
        return assign(value, parseHeaderLines(text));
    }
    Result<void> operator()(std::string &value) const
    {
        value = text;
        return {};
    }

private:
    template<class Target, class Value>
    static Result<void> assign(Target &target, const Result<Value> &value)
    {
        if (!value)
            return value.error();
        target = *value;
        return {};
    }
};

} // namespace

std::span<const FaultKey> faultKeys() { return kFaultKeys; }

const FaultKey *findFaultKey(std::string_view name)
{
    const auto found = std::find_if(kFaultKeys.begin(), kFaultKeys.end(),
                                    [&](const FaultKey &key) { return key.name == name; });
    return found == kFaultKeys.end() ? nullptr : &*found;
}

bool hasKey(const Fault &fault, const FaultKey &key)
{
    static const Fault silent;
    return std::visit([&](auto member) { return fault.*member != silent.*member; }, key.member);
}

std::string faultKeyText(const Fault &fault, const FaultKey &key)
{
    return std::visit([&](auto member) { return FaultValueText{key.unit}(fault.*member); },
                      key.member);
}

Result<void> setFaultKeyText(Fault &fault, const FaultKey &key, std::string_view text)
{
    const std::string_view value = key.unit == FaultUnit::Text ? text : text::trim(text);
    return std::visit(
        [&](auto member) -> Result<void> {
            if (!value.empty())
                return FaultValueParser{key.unit, value}(fault.*member);
            static const Fault silent;
            fault.*member = silent.*member;
            return {};
        },
        key.member);
}

} // namespace understudy
