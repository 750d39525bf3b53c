// SPDX-License-Identifier: Apache-2.0
#include "core/match/json_path_functions.h"

#include <algorithm>
#include <array>
#include <string>

namespace understudy::json_path {

namespace {

constexpr std::array<Signature, 5> kFunctions{{
    {"length", Function::Length, Type::Value, Type::Value, 1},
    {"count", Function::Count, Type::Value, Type::Nodes, 1},
    {"value", Function::Value, Type::Value, Type::Nodes, 1},
    {"match", Function::Match, Type::Logical, Type::Value, 2},
    {"search", Function::Search, Type::Logical, Type::Value, 2},
}};

constexpr std::size_t kMaxPattern = 4096;

/// RFC 9485 section 5.4: a dot outside of a character class is everything but line feed and
/// carriage return.
std::string toPcre(std::string_view regexp)
{
    std::string out = "(?:";
    bool inClass = false;
    for (std::size_t i = 0; i < regexp.size(); ++i) {
        const char c = regexp[i];
        if (c == '\\' && i + 1 < regexp.size()) {
            out += c;
            out += regexp[++i];
            continue;
        }
        if (c == '[')
            inClass = true;
        else if (c == ']')
            inClass = false;
        if (c == '.' && !inClass)
            out += "[^\\n\\r]";
        else
            out += c;
    }
    return out + ')';
}

} // namespace

const Signature *findFunction(std::string_view name)
{
    const auto *found = std::find_if(kFunctions.begin(), kFunctions.end(),
                                     [&](const Signature &s) { return s.name == name; });
    return found == kFunctions.end() ? nullptr : found;
}

const Signature &signatureOf(Function function)
{
    return *std::find_if(kFunctions.begin(), kFunctions.end(),
                         [&](const Signature &s) { return s.function == function; });
}

std::shared_ptr<const Pattern> Pattern::compile(std::string_view regexp, bool whole)
{
    if (regexp.size() > kMaxPattern)
        return nullptr;
    auto regex
        = Regex::compile(toPcre(regexp), whole ? Regex::Anchoring::Whole : Regex::Anchoring::Search,
                         false, Regex::Flavour::IRegexp);
    if (!regex)
        return nullptr;
    return std::shared_ptr<const Pattern>(new Pattern(*std::move(regex)));
}

std::optional<std::int64_t> length(const JsonValue &value)
{
    if (const auto *text = value.ifString()) {
        return std::count_if(text->begin(), text->end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        });
    }
    if (const auto *array = value.ifArray())
        return static_cast<std::int64_t>(array->size());
    if (const auto *object = value.ifObject())
        return static_cast<std::int64_t>(object->size());
    return std::nullopt;
}

} // namespace understudy::json_path
