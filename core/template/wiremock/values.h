// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/value.h"

#include <string>
#include <string_view>

namespace understudy::wiremock {

/// Appends a value as Java writes it: `[1, two]` for a list, `{a=1}` for an object, ISO 8601 to the
/// second for a date.
void write(const handlebars::Value &value, std::string &out);
std::string textOf(const handlebars::Value &value);
/// Values of one name: where a text is wanted, the first of them.
handlebars::Value several(JsonArray values);
/// The same for all names: an object, with lists where there are several.
handlebars::Value severalByName(JsonObject values);
/// Nodes of XML: objects with `name`, `text`, `attributes` and `xml`, of which the last is what is
/// written; of the list the first.
handlebars::Value xmlNodes(JsonArray nodes);
/// Compact JSON where a text is wanted for a list, lines for an object (as `jsonPath` shows them).
handlebars::Value shownAsJson(JsonValue value);
/// As Jackson writes JSON on lines: a blank on both sides of a colon, lists on one line.
std::string prettyJson(const JsonValue &value);

} // namespace understudy::wiremock
