// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mockserver/nottable.h"

#include <string>

namespace understudy::formats::mockserver {

/// The path of an endpoint for a path of MockServer: a text, an expression, or with parameters,
/// which stand in it as `{name}`.
std::string pathOf(const Nottable &path, const yaml::Node *parameters, Translation &scope);
/// What a path parameter is called in it.
std::string parameterName(const std::string &written);

} // namespace understudy::formats::mockserver
