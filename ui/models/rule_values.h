// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json_value.h"
#include "core/base/result.h"
#include "core/model/rule.h"

#include <QString>

/// The values of conditions as a cell shows and edits them. What a text stands for is what the mock
/// file would make of it, so that a value keeps its type: `7` is a number, `"7"` a text, `[7,
/// "a,b"]` a list of both.
namespace understudy::ui {

/// Whether the operator says everything (`absent`, `empty`).
bool takesNoValue(RuleOperator op);
/// Whether the operator has options beside its value.
bool takesOptions(RuleOperator op);

/// The value on one line: reading it back with `parseRuleValue` gives the same value.
QString ruleValueText(const Condition &condition);

/// What `text` stands for with the condition's operator. Errors: Invalid or Syntax for a text that
/// cannot be a value of it and that the mock file could not hold.
Result<JsonValue> parseRuleValue(const Condition &condition, const QString &text);

/// The value that a condition goes on with under another operator.
JsonValue ruleValueFor(RuleOperator op, const Condition &before);

/// "ignoreArrayOrder, namespaces: {s: urn:x}"; empty if there are none.
QString ruleOptionsText(const Condition &condition);

/// The inverse. Errors: what is no option of the operator, or has another kind of value.
Result<JsonObject> parseRuleOptions(RuleOperator op, const QString &text);

} // namespace understudy::ui
