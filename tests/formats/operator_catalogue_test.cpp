// SPDX-License-Identifier: Apache-2.0
#include "core/model/operator_catalogue.h"

#include "core/formats/native/native.h"
#include "core/match/condition.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::formats;

/// A row of the catalogue is all that reading, writing and compiling need.
namespace {

std::string sampleOf(const OperatorTraits &traits)
{
    switch (traits.value) {
    case OperatorValue::Flag:
        return "false";
    case OperatorValue::Number:
        return "12.5";
    case OperatorValue::Choices:
        return "[a, 7, true]";
    case OperatorValue::List:
        return "[a, 7]";
    case OperatorValue::Json:
        return "{type: object}";
    case OperatorValue::Text:
        // A text that a regular expression, an XPath and base64 may be.
        return traits.op == RuleOperator::JsonPath ? "$.a"
               : traits.op == RuleOperator::Xml    ? "<a/>"
                                                   : "abcd";
    case OperatorValue::Word:
        return "now";
    case OperatorValue::Scalar:
        return "7";
    }
    return {};
}

std::string fileWith(const OperatorTraits &traits)
{
    std::string condition = std::string(traits.name) + ": " + sampleOf(traits);
    for (const OperatorOption &option : traits.options)
        condition += ", " + std::string(option.name)
                     + (option.kind == OperatorOption::Kind::Flag ? ": true" : ": {s: 'urn:x'}");
    return "understudy: 1\nendpoints:\n  - path: /\n    responses:\n      - when:\n          - "
           "body: {"
           + condition + "}\n";
}

const Condition &conditionOf(const Server &server)
{
    const auto &endpoint = *server.items.front().endpoint();
    const Rule &when = *endpoint.responses.front().when;
    const Rule &first = std::get<RuleGroup>(when.node).rules.front();
    return std::get<RuleLeaf>(first.node).conditions.front();
}

} // namespace

TEST(OperatorCatalogue, IsAllThatReadingAndWritingNeed)
{
    for (const OperatorTraits &traits : operatorCatalogue()) {
        const std::string file = fileWith(traits);
        const native::ReadOutcome read = native::read(file, {});
        ASSERT_TRUE(read.ok()) << file;
        const Condition condition = conditionOf(read.server);
        EXPECT_EQ(condition.op, traits.op) << traits.name;
        EXPECT_EQ(condition.options.size(), traits.options.size()) << traits.name;
        const native::ReadOutcome again = native::read(native::write(read.server), {});
        ASSERT_TRUE(again.ok()) << traits.name;
        EXPECT_EQ(conditionOf(again.server), condition) << traits.name;
    }
}

TEST(OperatorCatalogue, HoldsValuesThatEachOperatorCanUse)
{
    for (const OperatorTraits &traits : operatorCatalogue()) {
        const native::ReadOutcome read = native::read(fileWith(traits), {});
        const auto compiled = CompiledCondition::compile(conditionOf(read.server));
        ASSERT_TRUE(compiled) << traits.name << ": " << compiled.error().message;
        if (traits.value == OperatorValue::Flag)
            EXPECT_THAT(compiled->text(), testing::AnyOf("present", "not empty"));
        else
            EXPECT_THAT(compiled->text(), testing::StartsWith(std::string(traits.name)));
        EXPECT_EQ(findOperator(traits.name), &traits);
    }
}
