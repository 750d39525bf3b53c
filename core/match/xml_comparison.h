// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/work_budget.h"

#include <pugixml.hpp>

#include <string>

namespace understudy {

/// Compares two documents as XML: the order of attributes and of children with different names,
/// blanks around texts, comments, instructions and the declaration do not count; names are compared
/// by their namespace's URI, not by their prefix; CDATA is text. Children of one name keep their
/// order (WireMock's equalToXml).
/// `difference`, where it is given, gets the first place that differs, with what was expected.
MatchVerdict equalsXml(const pugi::xml_document &actual, const pugi::xml_document &expected,
                       WorkBudget &budget, std::string *difference = nullptr);

} // namespace understudy
