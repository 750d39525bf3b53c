// SPDX-License-Identifier: Apache-2.0
#include "core/http/header_list.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace understudy::http {

const HeaderField *findHeader(const HeaderList &headers, std::string_view name)
{
    const auto at = std::find_if(headers.begin(), headers.end(), [&](const HeaderField &f) {
        return text::equalsIgnoreCase(f.name, name);
    });
    return at == headers.end() ? nullptr : &*at;
}

namespace {

constexpr std::array<bool, 256> tokenTable()
{
    std::array<bool, 256> table{};
    for (const char c : std::string_view(
             "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}

constexpr auto kToken = tokenTable();

} // namespace

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return kToken[static_cast<unsigned char>(c)];
    });
}

bool isFieldValue(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return (u >= 0x20 && u != 0x7f) || u == '\t';
    });
}

} // namespace understudy::http
