// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/wiremock/nodes.h"
#include "core/model/rule.h"

#include <string>
#include <vector>

namespace understudy::formats::wiremock {

/// The URL of a request pattern: a path of ours, and what else of it has to be asked.
struct UrlPattern
{
    std::string path;
    std::vector<Rule> rules;
    std::string label;    ///< as the mapping writes it; empty: any URL
    bool isServed = true; ///< false: no URL is like that
};

/// The first of url, urlPattern, urlPath, urlPathPattern, urlPathTemplate that is there.
UrlPattern translateUrl(const Node &request, StubScope &scope);

/// The name that a variable of a template has here; in a path that is an expression, where names
/// have no hyphens.
std::string variableName(std::string_view written);
std::string groupName(std::string_view written);

} // namespace understudy::formats::wiremock
