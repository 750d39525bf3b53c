// SPDX-License-Identifier: Apache-2.0
#include "core/match/json_path_functions.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

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
constexpr std::uint32_t kMaxSteps = 200'000;
constexpr std::uint32_t kMaxHeapKib = 4096;

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

struct FreeCode
{
    void operator()(pcre2_code *code) const { pcre2_code_free(code); }
};
struct FreeData
{
    void operator()(pcre2_match_data *data) const { pcre2_match_data_free(data); }
};
struct FreeContext
{
    void operator()(pcre2_match_context *context) const { pcre2_match_context_free(context); }
};

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

struct Pattern::Impl
{
    std::unique_ptr<pcre2_code, FreeCode> code;
    std::unique_ptr<pcre2_match_context, FreeContext> context;
};

Pattern::Pattern(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{}
Pattern::~Pattern() = default;

std::shared_ptr<const Pattern> Pattern::compile(std::string_view regexp)
{
    if (regexp.size() > kMaxPattern)
        return nullptr;
    const std::string text = toPcre(regexp);
    int error = 0;
    PCRE2_SIZE offset = 0;
    auto impl = std::make_unique<Impl>();
    impl->code.reset(
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                      PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C,
                      &error, &offset, nullptr));
    impl->context.reset(pcre2_match_context_create(nullptr));
    if (!impl->code || !impl->context)
        return nullptr;
    pcre2_set_match_limit(impl->context.get(), kMaxSteps);
    pcre2_set_heap_limit(impl->context.get(), kMaxHeapKib);
    return std::shared_ptr<const Pattern>(new Pattern(std::move(impl)));
}

bool Pattern::matches(std::string_view text, bool whole) const
{
    const std::unique_ptr<pcre2_match_data, FreeData> data(pcre2_match_data_create(1, nullptr));
    if (!data)
        return false;
    const std::uint32_t options = whole ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0;
    return pcre2_match(m_impl->code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                       0, options, data.get(), m_impl->context.get())
           >= 0;
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
