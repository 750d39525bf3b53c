// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/formats/yaml/node.h"
#include "core/model/rule.h"

#include <optional>
#include <string>

namespace understudy::formats::mockserver {

/// A body as expectations write it: with a type, `{"type": "JSON", "json": …}`, a text, or any JSON
/// that says no type.
struct TypedBody
{
    std::string type;                  ///< "STRING", "JSON"
    const yaml::Node *value = nullptr; ///< may be null
};
TypedBody typedBody(const yaml::Node &body);

/// What a request's body has to be; nothing where it does not count.
std::optional<Rule> translateBody(const yaml::Node &body, Translation &scope);

} // namespace understudy::formats::mockserver
