// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/yaml/node.h"

#include <string>

/// Trees to text. Not libyaml's emitter, because that one writes every text with an emoji or a
/// blank at the end of a line as one long escaped line.
namespace understudy::formats::yaml {

/// YAML in the layout of format.md: two blanks of indent, lists not indented in their map, texts of
/// several lines as literal blocks, `flow` collections on one line, lines as long as they get.
/// Texts that a YAML 1.1 or 1.2 reader would take for something else are quoted. `indent` is the
/// column (from 0) where the tree stands. Ends with a line break.
std::string emit(const Node &node, int indent = 0);

/// A scalar as it stands on one line, quoted where needed.
std::string emitInline(const Node &scalar);

/// The same tree as JSON, `indent` blanks a level.
std::string emitJson(const Node &node, int indent = 2);

} // namespace understudy::formats::yaml
