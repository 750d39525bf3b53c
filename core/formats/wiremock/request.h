// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/wiremock/nodes.h"
#include "core/model/rule.h"

#include <optional>
#include <string>
#include <vector>

namespace understudy::formats::wiremock {

/// What a request pattern (reference/wiremock.md, section 3) asks for, as an endpoint has it.
struct RequestPattern
{
    std::vector<std::string> methods{"ANY"};
    std::string path;
    std::optional<Rule> when;
    std::string label;    ///< the URL as the mapping writes it
    bool isServed = true; ///< false: nothing here can answer it, which is noted
};

/// `request` may be null: any request.
RequestPattern translateRequest(const Node *request, StubScope &scope);

/// "GET /orders", from what the mapping says, for notes.
std::string subjectOf(const Node *request);

} // namespace understudy::formats::wiremock
