// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/formats/postman/export_path.h"
#include "core/model/rule.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace understudy::formats::postman {

/// What the request of an example has beside its method and path.
struct RequestExample
{
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    Pairs pathValues;
    Pairs query;
    Pairs form;
    std::optional<std::string> body;
    bool isJson = false;
};

/// A request that fulfils the rule and says no more; nothing where the rule is none of equal values
/// of path parameters, query, form fields and body, all of which hold.
std::optional<RequestExample> exampleFor(const Rule &rule);

/// Whether the rule chooses the answer of that name by the headers of Postman's mock servers.
bool choosesByName(const Rule &rule, const std::string &name);

/// `request` of an item, `originalRequest` of an example.
JsonValue requestJson(const std::string &method, const ExportPath &path,
                      const RequestExample &example);

} // namespace understudy::formats::postman
