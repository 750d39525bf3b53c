// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/scanner.h"

#include <cstddef>

namespace understudy::handlebars {

/// What `{{` begins.
enum class Tag {
    Mustache,
    Unescaped, ///< `{{{`
    Ampersand,
    Comment,
    Block,     ///< `{{#`, and `{{#*`
    Inverse,   ///< `{{^name`
    Else,      ///< `{{^}}`, `{{else}}`
    ElseChain, ///< `{{else name`
    End,
    Partial,
    PartialBlock,
    Decorator, ///< `{{*`
    RawBlock,
    RawEnd
};

/// The beginning of a tag.
struct Opened
{
    Tag tag = Tag::Mustache;
    bool strips = false;
    bool isDecorator = false; ///< `{{#*`
    std::size_t begin = 0;
};

/// Looks at what `{{` begins, and moves behind its signs.
Opened openTag(Scanner &scanner);

} // namespace understudy::handlebars
