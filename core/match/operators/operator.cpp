// SPDX-License-Identifier: Apache-2.0
#include "core/match/operators/operator.h"

namespace understudy {

MatchVerdict Operator::holds(const std::vector<TargetValue> &values, const MatchContext &context,
                             WorkBudget &budget) const
{
    MatchVerdict any = MatchVerdict::No;
    for (const TargetValue &value : values) {
        const MatchVerdict one = holdsFor(value, context, budget);
        if (one != MatchVerdict::No)
            any = one;
        if (one == MatchVerdict::Yes)
            break;
    }
    return any;
}

MatchVerdict Operator::holdsFor(const TargetValue &, const MatchContext &, WorkBudget &) const
{
    return MatchVerdict::No;
}

std::string Operator::whyNot(const TargetValue &, const MatchContext &, WorkBudget &) const
{
    return {};
}

} // namespace understudy
