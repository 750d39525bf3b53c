// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/yaml/node.h"
#include "core/formats/yaml/parse.h"

#include <optional>
#include <string_view>

namespace understudy::formats::yaml {

/// The tree of a text that is JSON (RFC 8259), which YAML does not take whole: escapes of surrogate
/// pairs and keys of any length are JSON's alone. Nothing for a text that is no JSON object or
/// list; the YAML parser says what it is. Errors: Syntax for a key that stands twice, Limit beyond
/// the bounds.
Result<std::optional<Node>> parseJsonTree(std::string_view text, std::string_view file,
                                          const Bounds &bounds);

} // namespace understudy::formats::yaml
