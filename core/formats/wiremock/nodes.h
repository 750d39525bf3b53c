// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/yaml/node.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Values of a mapping as WireMock's reader takes them: numbers and flags may be written as texts,
/// null counts as missing.
namespace understudy::formats::wiremock {

using yaml::Node;

/// What is said of one stub, and about whom.
struct StubScope
{
    Notes &notes;
    std::string subject; ///< "GET /orders", or the stub's name
};

/// The value of a key; nullptr where there is none, or null.
const Node *member(const Node &map, std::string_view key);
/// A scalar's text; empty for what is none.
std::string textIn(const Node &map, std::string_view key);
/// A whole number; decimals are cut. Nothing where there is none.
std::optional<std::int64_t> numberIn(const Node &map, std::string_view key);
bool flagIn(const Node &map, std::string_view key);
using recorded::jsonOf;

} // namespace understudy::formats::wiremock
