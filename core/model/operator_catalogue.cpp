// SPDX-License-Identifier: Apache-2.0
#include "core/model/operator_catalogue.h"

#include <algorithm>
#include <array>

namespace understudy {

namespace {

constexpr std::array kJsonOptions{OperatorOption{"ignoreArrayOrder", OperatorOption::Kind::Flag},
                                  OperatorOption{"ignoreExtraFields", OperatorOption::Kind::Flag},
                                  OperatorOption{"ignoreExtraItems", OperatorOption::Kind::Flag},
                                  OperatorOption{"placeholders", OperatorOption::Kind::Flag}};
constexpr std::array kXPathOptions{OperatorOption{"namespaces", OperatorOption::Kind::Names}};

constexpr auto makeOperatorCatalogue()
{
    using enum RuleOperator;
    using Value = OperatorValue;
    return std::array{
        OperatorTraits{Equals, "equals", Value::Scalar},
        OperatorTraits{EqualsIgnoreCase, "equalsIgnoreCase", Value::Word},
        OperatorTraits{Contains, "contains", Value::Word},
        OperatorTraits{StartsWith, "startsWith", Value::Word},
        OperatorTraits{EndsWith, "endsWith", Value::Word},
        OperatorTraits{Matches, "matches", Value::Text},
        OperatorTraits{Absent, "absent", Value::Flag},
        OperatorTraits{Empty, "empty", Value::Flag},
        OperatorTraits{OneOf, "oneOf", Value::Choices},
        OperatorTraits{Less, "less", Value::Number},
        OperatorTraits{LessOrEqual, "lessOrEqual", Value::Number},
        OperatorTraits{Greater, "greater", Value::Number},
        OperatorTraits{GreaterOrEqual, "greaterOrEqual", Value::Number},
        OperatorTraits{Before, "before", Value::Word},
        OperatorTraits{After, "after", Value::Word},
        OperatorTraits{SameTime, "sameTime", Value::Word},
        OperatorTraits{Json, "json", Value::Json, kJsonOptions},
        OperatorTraits{JsonPath, "jsonPath", Value::Text},
        OperatorTraits{JsonSchema, "jsonSchema", Value::Json},
        OperatorTraits{Xml, "xml", Value::Text},
        OperatorTraits{XPath, "xPath", Value::Text, kXPathOptions},
        OperatorTraits{Binary, "binary", Value::Text},
        OperatorTraits{HasExactly, "hasExactly", Value::List},
        OperatorTraits{Includes, "includes", Value::List},
    };
}

constexpr std::array kOperators = makeOperatorCatalogue();

constexpr bool isOperatorOrder()
{
    for (std::size_t i = 0; i < kOperators.size(); ++i) {
        if (kOperators[i].op != static_cast<RuleOperator>(i))
            return false;
    }
    return true;
}
static_assert(isOperatorOrder());

} // namespace

std::span<const OperatorTraits> operatorCatalogue() { return kOperators; }

const OperatorTraits &operatorTraits(RuleOperator op)
{
    return kOperators[static_cast<std::size_t>(op)];
}

const OperatorTraits *findOperator(std::string_view name)
{
    const auto found = std::find_if(kOperators.begin(), kOperators.end(),
                                    [&](const OperatorTraits &t) { return t.name == name; });
    return found == kOperators.end() ? nullptr : &*found;
}

const OperatorOption *findOption(const OperatorTraits &traits, std::string_view name)
{
    const auto found = std::find_if(traits.options.begin(), traits.options.end(),
                                    [&](const OperatorOption &o) { return o.name == name; });
    return found == traits.options.end() ? nullptr : &*found;
}

} // namespace understudy
