// SPDX-License-Identifier: Apache-2.0
#include "core/match/operators/table.h"

#include "core/model/operator_catalogue.h"

#include <array>

namespace understudy {

namespace {

struct OperatorRow
{
    RuleOperator op;
    Result<OperatorPtr> (*compile)(const Condition &);
};

constexpr auto makeOperatorRows()
{
    using enum RuleOperator;
    using Row = OperatorRow;
    return std::array{
        Row{Equals, compileEquality},
        Row{EqualsIgnoreCase, compileText},
        Row{Contains, compileText},
        Row{StartsWith, compileText},
        Row{EndsWith, compileText},
        Row{Matches, compileMatches},
        Row{Absent, compilePresence},
        Row{Empty, compilePresence},
        Row{OneOf, compileList},
        Row{Less, compileNumber},
        Row{LessOrEqual, compileNumber},
        Row{Greater, compileNumber},
        Row{GreaterOrEqual, compileNumber},
        Row{Before, compileMoment},
        Row{After, compileMoment},
        Row{SameTime, compileMoment},
        Row{Json, compileJson},
        Row{JsonPath, compileJsonPath},
        Row{JsonSchema, compileJsonSchema},
        Row{Xml, compileXml},
        Row{XPath, compileXPath},
        Row{Binary, compileBinary},
        Row{HasExactly, compileList},
        Row{Includes, compileList},
    };
}

constexpr std::array kOperatorRows = makeOperatorRows();

/// A row for each operator of the catalogue, in its order.
constexpr bool isComplete()
{
    for (std::size_t i = 0; i < kOperatorRows.size(); ++i) {
        if (kOperatorRows[i].op != static_cast<RuleOperator>(i))
            return false;
    }
    return kOperatorRows.back().op == RuleOperator::Includes;
}
static_assert(isComplete());

} // namespace

Result<OperatorPtr> compileOperator(const Condition &condition)
{
    return kOperatorRows[static_cast<std::size_t>(condition.op)].compile(condition);
}

Error operatorNeeds(RuleOperator op, std::string_view what)
{
    return {ErrorCode::Invalid,
            "'" + std::string(operatorTraits(op).name) + "' needs " + std::string(what),
            {}};
}

} // namespace understudy
