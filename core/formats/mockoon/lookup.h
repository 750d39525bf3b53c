// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/path_text.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Mockoon's ways of naming something inside a value, as ours (reference/mockoon.md section 3.4,
/// Lookup).
namespace understudy::formats::mockoon {

using path_text::dotPathSteps;
using path_text::jsonPathOf;
using path_text::toRfcJsonPath;

/// A JavaScript regular expression as PCRE2 reads it. Errors: Syntax for what JavaScript refuses,
/// though PCRE2 may take it.
Result<std::string> toPcre(std::string_view regex, bool ignoreCase);

/// The number that JavaScript writes as this text; nothing for a text it writes for none ("1.0").
std::optional<double> javaScriptNumber(std::string_view text);
/// Whether the text is a number in some spelling.
bool looksLikeNumber(std::string_view text);

/// Whether an element or attribute may be called so.
bool isXmlName(std::string_view name);

/// A dot path into the object that Mockoon makes of an XML body (`a.b.0._text`,
/// `a._attributes.x`), as XPath; nothing where it leads to no text.
std::optional<std::string> xPathOf(const std::vector<std::string> &steps);
/// The same where it leads to elements (`a.b`, `a.b.1`), or to one with attributes
/// (`a._attributes`).
std::optional<std::string> xPathOfElement(const std::vector<std::string> &steps);

} // namespace understudy::formats::mockoon
