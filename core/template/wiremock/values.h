// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/value.h"

#include <string>
#include <string_view>

namespace understudy::wiremock {

/// A member of an object that says how the object is written: nodes of XML have one.
constexpr std::string_view kWrittenAs = "\x01";

/// Appends a value as Java writes it: `[1, two]` for a list, `{a=1}` for an object, ISO 8601 to the
/// second for a date.
void write(const handlebars::Value &value, std::string &out);
std::string textOf(const handlebars::Value &value);
/// Values of one name: where a text is wanted, the first of them.
handlebars::Value several(JsonArray values);
/// The same for all names: an object, with lists where there are several.
handlebars::Value severalByName(JsonObject values);
/// Compact JSON where a text is wanted for a list, lines for an object (as `jsonPath` shows them).
handlebars::Value shownAsJson(JsonValue value);
/// As Jackson writes JSON on lines: a blank on both sides of a colon, lists on one line.
std::string prettyJson(const JsonValue &value);

} // namespace understudy::wiremock
