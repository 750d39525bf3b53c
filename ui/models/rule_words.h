// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/rule.h"

#include <QString>
#include <QStringList>

/// How the rules table names targets, operators and groups, and what the server says of them.
namespace understudy::ui {

/// A target as the table names it: "path parameter" for `path.NAME`.
struct RuleTargetWord
{
    RuleTarget::Kind kind;
    const char *word;
    bool hasName; ///< something stands behind the word: a name, a path
};

const RuleTargetWord &ruleTargetWord(RuleTarget::Kind kind);
/// Null if no target has that word.
const RuleTargetWord *findRuleTarget(const QString &word);

/// What a combo box offers: the targets or operators that this version serves, and `current`, so
/// that a rule of a file keeps what it says.
QStringList ruleTargetWords();
QStringList ruleOperatorWords();
/// "All of", "Any of", "None of", in the order of RuleGroup::Kind.
QStringList ruleGroupWords();

/// "$.items" of a JSONPath, "users:$.0" of a bucket: the part that the Name column shows.
QString ruleTargetName(const RuleTarget &target);
/// Takes the text of the Name column.
void setRuleTargetName(RuleTarget &target, const QString &name);
/// Another kind of target; a name that fits goes along.
void setRuleTargetKind(RuleTarget &target, RuleTarget::Kind kind);

/// Why the server's own compiler refuses the condition or the target: "position 3: missing )",
/// "'less' needs a number"; empty if it takes it.
QString conditionProblem(const Condition &condition);
QString targetProblem(const RuleTarget &target);

} // namespace understudy::ui
