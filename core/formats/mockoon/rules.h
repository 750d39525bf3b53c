// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mockoon/buckets.h"
#include "core/formats/mockoon/repair.h"
#include "core/formats/mockoon/rule_places.h"
#include "core/model/rule.h"

#include <optional>
#include <string>

namespace understudy::formats::mockoon {

struct RuleScope
{
    std::string routePath; ///< "/api/p/:id": what a `path` rule is compared with too
    bool isSplit = false;  ///< the route became several endpoints, each with its own count
    const Buckets &buckets;
    const RulePlaces *places = nullptr; ///< null: nobody asks where they stand
};

struct TranslatedRules
{
    std::optional<Rule> when; ///< none: the response can never be chosen by its rules
    bool hasRules = false;    ///< whether there were any
    bool isComplete = true;   ///< false: some could not be expressed, and were noted
};

/// The `rules` of a response under its `rulesOperator`, with Mockoon's meaning
/// (reference/mockoon.md section 3.4). A rule that cannot be expressed counts as not holding: under
/// AND the response is never chosen, under OR the others decide.
TranslatedRules translateRules(const ObjectReader &response, const RuleScope &scope, Notes &notes);

} // namespace understudy::formats::mockoon
