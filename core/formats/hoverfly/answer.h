// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

namespace understudy::formats::hoverfly {

void translateAnswer(const yaml::Node &response, Response &out, const Translation &scope);

} // namespace understudy::formats::hoverfly
