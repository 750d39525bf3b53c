// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/match/operators/operator.h"
#include "core/model/rule.h"

#include <string_view>

namespace understudy {

/// Errors: Syntax for a broken regular expression,
/// JSONPath, XPath, schema or XML; Invalid for a value that the operator cannot use.
Result<OperatorPtr> compileOperator(const Condition &condition);

/// "'less' needs a number".
Error operatorNeeds(RuleOperator op, std::string_view what);

// One function for each row of the table, in the file that its name says.
Result<OperatorPtr> compileBinary(const Condition &condition);
Result<OperatorPtr> compileEquality(const Condition &condition);
Result<OperatorPtr> compileJson(const Condition &condition);
Result<OperatorPtr> compileJsonPath(const Condition &condition);
Result<OperatorPtr> compileJsonSchema(const Condition &condition);
Result<OperatorPtr> compileList(const Condition &condition);
Result<OperatorPtr> compileMatches(const Condition &condition);
Result<OperatorPtr> compileMoment(const Condition &condition);
Result<OperatorPtr> compileNumber(const Condition &condition);
Result<OperatorPtr> compilePresence(const Condition &condition);
Result<OperatorPtr> compileText(const Condition &condition);
Result<OperatorPtr> compileXml(const Condition &condition);
Result<OperatorPtr> compileXPath(const Condition &condition);

} // namespace understudy
