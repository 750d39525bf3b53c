// SPDX-License-Identifier: Apache-2.0
#include "core/match/operators/table.h"

#include "core/model/operator_catalogue.h"

#include <algorithm>
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
        Row{XPath, compileXPath},
        Row{Binary, compileBinary},
        Row{HasExactly, compileList},
        Row{Includes, compileList},
    };
}

/// Operators without a row are not served by this version.
constexpr std::array kOperatorRows = makeOperatorRows();

const OperatorRow *findOperatorRow(RuleOperator op)
{
    const auto found = std::find_if(kOperatorRows.begin(), kOperatorRows.end(),
                                    [op](const OperatorRow &row) { return row.op == op; });
    return found == kOperatorRows.end() ? nullptr : &*found;
}

} // namespace

bool isServed(RuleOperator op) { return findOperatorRow(op) != nullptr; }

Result<OperatorPtr> compileOperator(const Condition &condition)
{
    const OperatorRow *row = findOperatorRow(condition.op);
    return row ? row->compile(condition) : OperatorPtr();
}

Error operatorNeeds(RuleOperator op, std::string_view what)
{
    return {ErrorCode::Invalid,
            "'" + std::string(operatorTraits(op).name) + "' needs " + std::string(what),
            {}};
}

} // namespace understudy
