// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/yaml/node.h"

#include <cstddef>
#include <string_view>

namespace understudy::formats::yaml {

/// What a text may cost before it is refused (ErrorCode::Limit).
struct Bounds
{
    std::size_t bytes = 64U * 1024 * 1024;
    std::size_t values = 4'000'000; ///< keys, scalars, lists and maps in the text itself
    std::size_t copies = 200'000;   ///< values that anchors and aliases may stand for
    std::size_t copiedBytes = 16U * 1024 * 1024; ///< of their texts
    int depth = 100;
};

/// Parses a text of one YAML document (JSON is YAML). Refused with line and column: bytes that are
/// not UTF-8, NUL, several documents, duplicate keys, keys that are no texts, tags other than
/// `!!str`, `!!map` and `!!seq`, and what exceeds the bounds. An empty text is a null scalar.
/// `file` only appears in the error.
Result<Node> parse(std::string_view text, std::string_view file, const Bounds &bounds = {});

} // namespace understudy::formats::yaml
