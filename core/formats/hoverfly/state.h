// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <vector>

/// Hoverfly's state is a map of texts, empty in the beginning but for `sequence:…`, which is "1".
/// Each key is a scenario.
namespace understudy::formats::hoverfly {

/// `requiresState`: the first key is the endpoint's, the others are rules. Returns what it adds to
/// the score.
int requireState(const yaml::Node &required, Endpoint &endpoint, std::vector<Rule> &rules);
/// `transitionsState` and `removesState` of a response, of which one key can be set.
void changeState(const yaml::Node &response, Response &out, const Translation &scope);

} // namespace understudy::formats::hoverfly
