// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/document.h"
#include "core/model/rule.h"

#include <optional>
#include <vector>

namespace understudy::formats::openapi {

/// What a text has to be to be a value of the schema (in version 2.0 the parameter itself): its
/// type, enum, pattern, format, bounds. Empty where anything will do, and for lists and objects,
/// whose texts depend on their style.
std::vector<Condition> textConditions(Document &document, Element schema);

/// Whether the schema is one of objects, whose parts stand in texts of their own: noted as not
/// checked.
bool isObject(Document &document, Element schema);

/// The rule for a value that must be there where it is `required`, and fit its schema where it is.
/// Nothing where all will do.
std::optional<Rule> valueRule(RuleTarget target, bool required, std::vector<Condition> conditions);

/// The rules for the parameters in path, query, headers and cookies that an operation has, its path
/// item's included. What of them is not checked is noted.
std::vector<Rule> parameterRules(Document &document, Element operation, Element pathItem);

/// The parameters of version 2.0 that stand in the body, by their `in`; resolved.
std::vector<Element> parametersIn(Document &document, Element operation, Element pathItem,
                                  std::string_view in);

} // namespace understudy::formats::openapi
