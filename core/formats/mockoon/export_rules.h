// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/model/server.h"

#include <optional>
#include <string>

namespace understudy::formats::mockoon {

/// The rules of a response as Mockoon has them: a flat list under one operator.
struct ExportedRules
{
    JsonArray rules;
    std::string joint = "OR"; ///< `rulesOperator`
};

/// Nothing where Mockoon has no word for a rule; `why` says which.
std::optional<ExportedRules> rulesOf(const Rule &rule, std::string &why);

} // namespace understudy::formats::mockoon
