// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/yaml/node.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the formats of recorded or described requests (HAR, Postman, curl) have in common.
namespace understudy::formats::recorded {

/// Reading a tree that a stranger wrote: what is missing or of another kind is empty, never an
/// error. Each takes a null pointer as well.
const yaml::Node *fieldOf(const yaml::Node *node, std::string_view key);
/// The same where it is a map, a list.
const yaml::Node *mapOf(const yaml::Node *node, std::string_view key);
const std::vector<yaml::Node> &listOf(const yaml::Node *node, std::string_view key);
/// The text of a scalar; nothing for null, lists and maps.
std::optional<std::string> textOf(const yaml::Node *node);
std::string textOf(const yaml::Node *node, std::string_view key);
/// A finite number, also where it is written as a text.
std::optional<double> numberOf(const yaml::Node &node);
std::optional<double> numberOf(const yaml::Node *node, std::string_view key);
bool isTrue(const yaml::Node *node, std::string_view key);
/// The JSON that a text or a tree stands for; nothing where the text is no JSON.
std::optional<JsonValue> jsonOf(const yaml::Node &node);

/// As one line of well-formed UTF-8: control characters become blanks.
std::string oneLine(std::string text);

} // namespace understudy::formats::recorded
