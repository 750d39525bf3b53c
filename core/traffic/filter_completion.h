// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What an editor needs to complete a filter text while it is typed.
namespace understudy::filter {

/// The part of a filter text that ends at the cursor.
struct TypedPart
{
    std::size_t from = 0; ///< byte where it begins: what is completed replaces the text from here
    std::string key;      ///< of the term whose value is being typed; empty for a key or a word
    std::string typed;    ///< what stands there already, without an opening quote
};

/// Finds it: behind the last blank, parenthesis, minus sign or, in a list, separator, outside of
/// quotes. `cursor` is a byte in `text`.
TypedPart typedPart(std::string_view text, std::size_t cursor);

/// Every key, in the order that a list shows them.
std::vector<std::string_view> keyNames();
/// What `is:` knows.
std::vector<std::string_view> propertyNames();

} // namespace understudy::filter
