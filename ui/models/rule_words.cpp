// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rule_words.h"

#include "core/match/condition.h"
#include "core/match/target_values.h"
#include "core/model/operator_catalogue.h"
#include "ui/services/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace understudy::ui {

namespace {

constexpr std::array kRuleTargets{
    RuleTargetWord{RuleTarget::Kind::Query, "query", true},
    RuleTargetWord{RuleTarget::Kind::Header, "header", true},
    RuleTargetWord{RuleTarget::Kind::PathParameter, "path parameter", true},
    RuleTargetWord{RuleTarget::Kind::Body, "body", false},
    RuleTargetWord{RuleTarget::Kind::BodyJsonPath, "body JSONPath", true},
    RuleTargetWord{RuleTarget::Kind::BodyXPath, "body XPath", true},
    RuleTargetWord{RuleTarget::Kind::Cookie, "cookie", true},
    RuleTargetWord{RuleTarget::Kind::Form, "form", true},
    RuleTargetWord{RuleTarget::Kind::Part, "part", true},
    RuleTargetWord{RuleTarget::Kind::Method, "method", false},
    RuleTargetWord{RuleTarget::Kind::Path, "path", false},
    RuleTargetWord{RuleTarget::Kind::Url, "url", false},
    RuleTargetWord{RuleTarget::Kind::Host, "host", false},
    RuleTargetWord{RuleTarget::Kind::Port, "port", false},
    RuleTargetWord{RuleTarget::Kind::Scheme, "scheme", false},
    RuleTargetWord{RuleTarget::Kind::Client, "client", false},
    RuleTargetWord{RuleTarget::Kind::ClientCertificateSubject, "client certificate", false},
    RuleTargetWord{RuleTarget::Kind::Count, "count", false},
    RuleTargetWord{RuleTarget::Kind::State, "state", true},
    RuleTargetWord{RuleTarget::Kind::Bucket, "bucket", true},
    RuleTargetWord{RuleTarget::Kind::Jwt, "jwt", true},
    RuleTargetWord{RuleTarget::Kind::Expression, "expression", true}};

QString ruleWord(const char *text) { return QCoreApplication::translate("RulesModel", text); }

/// `text` is what the error's column counts in.
QString problemText(const Error &error, std::string_view text)
{
    QString message = toQString(error.message);
    if (error.where.column < 1)
        return message;
    const auto before = static_cast<std::size_t>(error.where.column - 1);
    return ruleWord("position %1: %2")
        .arg(toQString(text.substr(0, before)).size() + 1)
        .arg(message);
}

} // namespace

const RuleTargetWord &ruleTargetWord(RuleTarget::Kind kind)
{
    return *std::find_if(kRuleTargets.begin(), kRuleTargets.end(),
                         [&](const RuleTargetWord &t) { return t.kind == kind; });
}

const RuleTargetWord *findRuleTarget(const QString &word)
{
    const auto found
        = std::find_if(kRuleTargets.begin(), kRuleTargets.end(),
                       [&](const RuleTargetWord &t) { return word == QLatin1String(t.word); });
    return found == kRuleTargets.end() ? nullptr : &*found;
}

QStringList ruleTargetWords()
{
    QStringList words;
    for (const RuleTargetWord &target : kRuleTargets)
        words << QString::fromLatin1(target.word);
    return words;
}

QStringList ruleOperatorWords()
{
    QStringList words;
    for (const OperatorTraits &traits : operatorCatalogue())
        words << toQString(traits.name);
    return words;
}

QStringList ruleGroupWords()
{
    return {ruleWord("All of"), ruleWord("Any of"), ruleWord("None of")};
}

QString ruleTargetName(const RuleTarget &target)
{
    QString name = toQString(target.name);
    if (target.kind == RuleTarget::Kind::Bucket && !target.path.empty())
        name += ':' + toQString(target.path);
    return name;
}

void setRuleTargetName(RuleTarget &target, const QString &name)
{
    if (target.kind == RuleTarget::Kind::Bucket) {
        target.name = toStd(name.section(':', 0, 0));
        target.path = toStd(name.section(':', 1));
    } else {
        target.name = toStd(name);
    }
}

void setRuleTargetKind(RuleTarget &target, RuleTarget::Kind kind)
{
    const auto isPath = [](RuleTarget::Kind k) {
        return k == RuleTarget::Kind::BodyJsonPath || k == RuleTarget::Kind::BodyXPath;
    };
    const bool wasPath = isPath(target.kind);
    target.kind = kind;
    target.path.clear();
    if (!ruleTargetWord(kind).hasName)
        target.name.clear();
    else if (kind == RuleTarget::Kind::BodyJsonPath)
        target.name = "$.name";
    else if (kind == RuleTarget::Kind::BodyXPath)
        target.name = "/name";
    else if (target.name.empty() || wasPath)
        target.name = "name";
}

QString conditionProblem(const Condition &condition)
{
    const auto compiled = CompiledCondition::compile(condition);
    const auto *text = condition.value.ifString();
    return compiled ? QString()
                    : problemText(compiled.error(), text ? std::string_view(*text) : "");
}

QString targetProblem(const RuleTarget &target)
{
    const auto compiled = CompiledTarget::compile(target);
    return compiled ? QString() : problemText(compiled.error(), target.name);
}

} // namespace understudy::ui
