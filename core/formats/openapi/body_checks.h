// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/media.h"
#include "core/formats/openapi/path_links.h"
#include "core/model/rule.h"

#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// The rules for the body of an operation's requests: whether there is one, of which type, and
/// what it holds, where that is JSON or a form. What is not checked is noted.
std::vector<Rule> bodyRules(const MakingOf &with, const OperationPlace &place,
                            const std::string &subject);

} // namespace understudy::formats::openapi
