// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mountebank/scope.h"
#include "core/model/server.h"

#include <vector>

namespace understudy::formats::mountebank {

/// What an imposter answers where a response is silent.
struct Defaults
{
    const Node *response = nullptr; ///< `defaultResponse`, or null
};

/// What `is` says, with what the imposter's default adds. `is` may be null: the default alone.
Response translateIs(const Node *is, const Defaults &defaults, StubScope &scope);

/// The responses of a stub, in their turn; one that mountebank would make with a proxy or a script
/// is kept with `times: 0`.
std::vector<Response> translateResponses(const Node *responses, const Defaults &defaults,
                                         StubScope &scope);

/// Puts the behaviours of a response definition into it: `wait`, and `copy` as a template.
void addBehaviors(Response &response, const Node &definition, StubScope &scope);

} // namespace understudy::formats::mountebank
