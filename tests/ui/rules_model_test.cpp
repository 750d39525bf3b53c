// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rules_model.h"

#include "core/match/condition.h"
#include "core/model/operator_catalogue.h"
#include "ui/models/rule_values.h"
#include "ui/services/text.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <gtest/gtest.h>

namespace understudy::ui {

namespace {

JsonValue ruleJson(const char *text) { return *JsonValue::parse(text); }

Condition ruleConditionOf(RuleOperator op, const char *json)
{
    Condition condition;
    condition.op = op;
    condition.value = ruleJson(json);
    return condition;
}

Rule ruleLeafOf(Condition condition, RuleTarget target = {RuleTarget::Kind::Query, "q", {}})
{
    return Rule{RuleLeaf{std::move(target), {std::move(condition)}}};
}

const Condition &onlyRuleCondition(const RulesModel &model)
{
    static Rule kept;
    kept = *model.rules();
    return std::get<RuleLeaf>(kept.node).conditions.front();
}

QString ruleCell(const RulesModel &model, int column, int role = Qt::EditRole)
{
    return model.index(0, column).data(role).toString();
}

} // namespace

class RuleValues : public testing::TestWithParam<std::pair<RuleOperator, const char *>>
{};

TEST_P(RuleValues, ReadBackFromTheirTextAreTheSame)
{
    const Condition condition = ruleConditionOf(GetParam().first, GetParam().second);
    const QString text = ruleValueText(condition);
    EXPECT_FALSE(text.contains('\n'));
    const auto read = parseRuleValue(condition, text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, condition.value) << text.toStdString();
    EXPECT_EQ(read->kind(), condition.value.kind()) << text.toStdString();
}

INSTANTIATE_TEST_SUITE_P(
    EveryOperator, RuleValues,
    testing::Values(
        std::pair{RuleOperator::Equals, R"("plain")"}, std::pair{RuleOperator::Equals, R"("7")"},
        std::pair{RuleOperator::Equals, "7"}, std::pair{RuleOperator::Equals, "7.0"},
        std::pair{RuleOperator::Equals, "true"}, std::pair{RuleOperator::Equals, R"("true")"},
        std::pair{RuleOperator::Equals, R"("")"}, std::pair{RuleOperator::Equals, R"(" a ")"},
        std::pair{RuleOperator::Equals, R"("\"quoted\"")"},
        std::pair{RuleOperator::Equals, R"("two\nlines")"},
        std::pair{RuleOperator::Equals, R"("007")"},
        std::pair{RuleOperator::Equals, R"("1236546565217899832645")"},
        std::pair{RuleOperator::EqualsIgnoreCase, R"("Ä, b: #")"},
        std::pair{RuleOperator::Contains, R"("\"id\"")"}, std::pair{RuleOperator::Contains, "7"},
        std::pair{RuleOperator::Contains, R"("7")"},
        std::pair{RuleOperator::StartsWith, R"("[a, b]")"},
        std::pair{RuleOperator::EndsWith, R"("{a: b}")"},
        std::pair{RuleOperator::Matches, R"("^\\d+ \"x\"\\n$")"},
        std::pair{RuleOperator::Matches, R"("\"\\n\"")"},
        std::pair{RuleOperator::Matches, R"("\"\\\"x\\\"\"")"},
        std::pair{RuleOperator::Matches, R"("a\tb")"}, std::pair{RuleOperator::Absent, "true"},
        std::pair{RuleOperator::Absent, "false"}, std::pair{RuleOperator::Empty, "false"},
        std::pair{RuleOperator::OneOf, R"([7, "a,b"])"},
        std::pair{RuleOperator::OneOf, R"(["7", 7.5, true, "true", "null", "", " x ", "a: b"])"},
        std::pair{RuleOperator::OneOf, R"(["it's", "\"q\"", "two\nlines", "#no", "- no"])"},
        std::pair{RuleOperator::Less, "5"}, std::pair{RuleOperator::LessOrEqual, "2.5"},
        std::pair{RuleOperator::Greater, "-1"},
        std::pair{RuleOperator::GreaterOrEqual, "18446744073709551615"},
        std::pair{RuleOperator::Before, R"("2026-11-22T10:00:00Z")"},
        std::pair{RuleOperator::After, R"("now -30m")"},
        std::pair{RuleOperator::SameTime, R"("now")"},
        std::pair{RuleOperator::Json, R"({"a": [1, "1", null, {"b,c": true}], "d": 12.9})"},
        std::pair{RuleOperator::Json, R"("text")"}, std::pair{RuleOperator::Json, "null"},
        std::pair{RuleOperator::Json, "[]"},
        std::pair{RuleOperator::JsonPath, R"("$.a[?@.b > 1]")"},
        std::pair{RuleOperator::JsonSchema, R"({"type": "object", "required": ["a"]})"},
        std::pair{RuleOperator::Xml, R"("<a b=\"c\">\n</a>")"},
        std::pair{RuleOperator::XPath, R"("//a[@b='c']")"},
        std::pair{RuleOperator::Binary, R"("AQID")"},
        std::pair{RuleOperator::HasExactly, R"([1, "1", "a,b"])"},
        std::pair{RuleOperator::HasExactly, "[]"},
        std::pair{RuleOperator::Includes, R"(["x", {"y": [1]}])"}));

TEST(RulesModel, AListKeepsItsTypesWhenItIsEdited)
{
    RulesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRules(ruleLeafOf(ruleConditionOf(RuleOperator::OneOf, R"([7, "a,b"])")));
    const QString text = ruleCell(model, RulesModel::ValueColumn);
    ASSERT_TRUE(model.setData(model.index(0, RulesModel::ValueColumn),
                              QString(text).replace(']', QStringLiteral(", \"8\"]")),
                              Qt::EditRole));
    EXPECT_EQ(onlyRuleCondition(model).value, ruleJson(R"([7, "a,b", "8"])"));
}

TEST(RulesModel, AListMayBeTypedWithoutBrackets)
{
    RulesModel model;
    model.setRules(ruleLeafOf(ruleConditionOf(RuleOperator::OneOf, R"(["x"])")));
    model.setData(model.index(0, RulesModel::ValueColumn), "GET, \"a,b\", 7", Qt::EditRole);
    EXPECT_EQ(onlyRuleCondition(model).value, ruleJson(R"(["GET", "a,b", 7])"));
}

TEST(RulesModel, WhatCannotBeAListStaysInItsCellAndOutOfTheRule)
{
    RulesModel model;
    const Rule before = ruleLeafOf(ruleConditionOf(RuleOperator::OneOf, R"([7, "a,b"])"));
    for (const char *typed : {"[7, \"a,b\"", "", "[{a: 1}]"}) {
        model.setRules(before);
        model.setData(model.index(0, RulesModel::ValueColumn), typed, Qt::EditRole);
        EXPECT_EQ(model.rules(), before);
        EXPECT_EQ(ruleCell(model, RulesModel::ValueColumn), typed);
        EXPECT_FALSE(ruleCell(model, RulesModel::ValueColumn, RulesModel::ProblemRole).isEmpty());
        EXPECT_TRUE(ruleCell(model, RulesModel::ValueColumn, Qt::DisplayRole).contains(u'✗'));
        model.setData(model.index(0, RulesModel::ValueColumn), "[1]", Qt::EditRole);
        EXPECT_EQ(ruleCell(model, RulesModel::ValueColumn, RulesModel::ProblemRole), QString());
    }
}

TEST(RulesModel, AValueThatWasNotTypedIsNotTouched)
{
    RulesModel model;
    QSignalSpy edited(&model, &RulesModel::edited);
    // A scalar operator with a list can only come from elsewhere; it is shown, and kept.
    const Rule odd = ruleLeafOf(ruleConditionOf(RuleOperator::Equals, R"([1, 2])"));
    model.setRules(odd);
    const QModelIndex value = model.index(0, RulesModel::ValueColumn);
    EXPECT_FALSE(model.setData(value, value.data(Qt::EditRole), Qt::EditRole));
    EXPECT_EQ(edited.count(), 0);
    EXPECT_EQ(model.rules(), odd);
}

TEST(RulesModel, AnOperatorTakesTheValueAlongInItsOwnForm)
{
    RulesModel model;
    model.setRules(ruleLeafOf(ruleConditionOf(RuleOperator::Equals, "7")));
    const QModelIndex op = model.index(0, RulesModel::OperatorColumn);
    model.setData(op, "oneOf", Qt::EditRole);
    EXPECT_EQ(onlyRuleCondition(model).value, ruleJson("[7]"));
    model.setData(op, "greater", Qt::EditRole);
    EXPECT_EQ(onlyRuleCondition(model).value, ruleJson("7"));
    model.setData(op, "contains", Qt::EditRole);
    model.setData(op, "matches", Qt::EditRole);
    EXPECT_EQ(onlyRuleCondition(model).value, ruleJson("\"7\""));
    model.setData(op, "absent", Qt::EditRole);
    EXPECT_EQ(onlyRuleCondition(model).value, ruleJson("true"));
}

TEST(RulesModel, OptionsAreShownEditedAndKept)
{
    Condition condition = ruleConditionOf(RuleOperator::Json, R"({"a": 1})");
    condition.options.set("ignoreArrayOrder", true);
    RulesModel model;
    model.setRules(ruleLeafOf(condition));
    ASSERT_TRUE(model.hasOptions());
    EXPECT_EQ(ruleCell(model, RulesModel::OptionsColumn), "ignoreArrayOrder");
    model.setData(model.index(0, RulesModel::ValueColumn), "{\"a\": 2}", Qt::EditRole);
    EXPECT_EQ(onlyRuleCondition(model).options, condition.options);
    const QModelIndex options = model.index(0, RulesModel::OptionsColumn);
    model.setData(options, "ignoreArrayOrder, ignoreExtraFields: false", Qt::EditRole);
    EXPECT_EQ(onlyRuleCondition(model).options,
              ruleJson(R"({"ignoreArrayOrder": true, "ignoreExtraFields": false})").ifObject()[0]);
    model.setData(options, "ignoreCase", Qt::EditRole);
    EXPECT_TRUE(options.data(Qt::DisplayRole).toString().contains(u'✗'));
    EXPECT_EQ(onlyRuleCondition(model).options.size(), 2U);

    condition = ruleConditionOf(RuleOperator::XPath, "\"//s:a\"");
    condition.options = ruleJson(R"({"namespaces": {"s": "urn:x, y"}})").ifObject()[0];
    const auto read = parseRuleOptions(RuleOperator::XPath, ruleOptionsText(condition));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, condition.options);
}

TEST(RulesModel, AsksTheServersCompilerWhetherARuleIsRight)
{
    RulesModel model;
    for (const auto &[op, json] : std::initializer_list<std::pair<RuleOperator, const char *>>{
             {RuleOperator::Matches, R"("a(b")"},
             {RuleOperator::JsonPath, R"("$.[")"},
             {RuleOperator::XPath, R"("//a[")"},
             {RuleOperator::Before, R"("some day")"},
             {RuleOperator::Binary, R"("%")"},
             {RuleOperator::Less, R"("few")"}}) {
        const Condition condition = ruleConditionOf(op, json);
        const auto compiled = CompiledCondition::compile(condition);
        ASSERT_FALSE(compiled);
        model.setRules(ruleLeafOf(condition));
        EXPECT_TRUE(ruleCell(model, RulesModel::ValueColumn, RulesModel::ProblemRole)
                        .contains(toQString(compiled.error().message)))
            << json;
    }
    model.setRules(ruleLeafOf(ruleConditionOf(RuleOperator::Less, R"("5")")));
    EXPECT_EQ(ruleCell(model, RulesModel::ValueColumn, RulesModel::ProblemRole), QString())
        << "the server takes it";
    model.setRules(ruleLeafOf(ruleConditionOf(RuleOperator::Equals, "1"),
                              {RuleTarget::Kind::BodyJsonPath, "$.[", {}}));
    EXPECT_FALSE(ruleCell(model, RulesModel::NameColumn, RulesModel::ProblemRole).isEmpty());
    EXPECT_TRUE(ruleCell(model, RulesModel::NameColumn, Qt::DisplayRole).contains(u'✗'));
}

TEST(RulesModel, ABrokenExpressionSaysWhere)
{
    RulesModel model;
    model.setRules(ruleLeafOf(ruleConditionOf(RuleOperator::Matches, R"("ä(b")")));
    EXPECT_TRUE(ruleCell(model, RulesModel::ValueColumn, RulesModel::ProblemRole)
                    .startsWith(QStringLiteral("position 4")))
        << ruleCell(model, RulesModel::ValueColumn, RulesModel::ProblemRole).toStdString();
}

TEST(RulesModel, OffersEveryTargetAndOperator)
{
    RulesModel model;
    model.setRules(ruleLeafOf(ruleConditionOf(RuleOperator::Equals, "1")));
    const auto words = [&](int column) {
        return model.index(0, column).data(RulesModel::WordsRole).toStringList();
    };
    for (const OperatorTraits &traits : operatorCatalogue())
        EXPECT_TRUE(words(RulesModel::OperatorColumn).contains(toQString(traits.name)));
    EXPECT_TRUE(words(RulesModel::TargetColumn).contains("bucket"));
    EXPECT_TRUE(words(RulesModel::TargetColumn).contains("expression"));

    const Rule schema
        = ruleLeafOf(ruleConditionOf(RuleOperator::JsonSchema, R"({"type": "object"})"),
                     {RuleTarget::Kind::Bucket, "users", "$.0"});
    model.setRules(schema);
    EXPECT_EQ(model.rules(), schema);
    EXPECT_EQ(ruleCell(model, RulesModel::NameColumn), "users:$.0");
}

TEST(RulesModel, AnEditLeavesTheShapeOfTheRulesAsItWas)
{
    const Condition a = ruleConditionOf(RuleOperator::Equals, "1");
    Condition b = ruleConditionOf(RuleOperator::Contains, "\"x\"");
    b.negated = true;
    const RuleTarget target{RuleTarget::Kind::Header, "X", {}};
    const Rule pair{RuleLeaf{target, {a, b}}};
    const std::vector<Rule> shapes{
        ruleLeafOf(a), pair, Rule{RuleGroup{RuleGroup::Kind::All, {ruleLeafOf(a)}}},
        Rule{RuleGroup{RuleGroup::Kind::Any, {pair, ruleLeafOf(b)}}},
        Rule{RuleGroup{RuleGroup::Kind::All,
                       {Rule{RuleGroup{RuleGroup::Kind::All, {ruleLeafOf(a)}}},
                        Rule{RuleGroup{RuleGroup::Kind::None, {pair}}}}}}};
    RulesModel model;
    for (const Rule &shape : shapes) {
        model.setRules(shape);
        EXPECT_EQ(model.rules(), shape);
    }
}

TEST(RulesModel, DuplicatesARuleBehindItself)
{
    RulesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRules(ruleLeafOf(ruleConditionOf(RuleOperator::OneOf, R"([7, "a,b"])")));
    const QModelIndex made = model.duplicate(model.index(0, 0));
    EXPECT_EQ(made.row(), 1);
    EXPECT_EQ(model.conditionCount(), 2);
    EXPECT_EQ(made.siblingAtColumn(RulesModel::ValueColumn).data(Qt::EditRole),
              model.index(0, RulesModel::ValueColumn).data(Qt::EditRole));
}

} // namespace understudy::ui
