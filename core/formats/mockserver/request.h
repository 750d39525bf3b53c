// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <optional>
#include <string>

namespace understudy::formats::mockserver {

/// "GET /orders", from what the expectation says, for notes.
std::string subjectOf(const yaml::Node *request);

/// What an expectation asks for: methods and path of the endpoint, the rest as a rule. Without a
/// request any will do.
void translateRequest(const yaml::Node *request, Endpoint &endpoint, std::optional<Rule> &when,
                      Translation &scope);

} // namespace understudy::formats::mockserver
