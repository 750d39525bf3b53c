// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/formats/yaml/node.h"
#include "core/model/behaviour.h"

#include <optional>

namespace understudy::formats::mockserver {

/// `{"timeUnit": "SECONDS", "value": 1}`, or a distribution of times; at most an hour.
std::optional<LatencyModel> translateDelay(const yaml::Node &delay, const Translation &scope);

} // namespace understudy::formats::mockserver
