// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

namespace understudy::formats::mockserver {

/// `httpResponse`.
void translateResponse(const yaml::Node &action, Response &response, const Translation &scope);
/// `httpError`: the connection ends without an answer.
void translateError(const yaml::Node &action, Response &response, const Translation &scope);

} // namespace understudy::formats::mockserver
