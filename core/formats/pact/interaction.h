// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/pact/request.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy::formats::pact {

/// An interaction: what is asked, and the answer.
struct Interaction
{
    Endpoint endpoint; ///< method and path alone
    ExpectedRequest request;
    Response response;
    std::vector<std::string> states; ///< of the provider, by name
    bool isServed = true;
    yaml::Mark at;
};

Interaction readInteraction(const yaml::Node &node, bool isVersion4, Notes &notes);

/// An endpoint for each method and path, in the order of the contract. Where it has several
/// interactions, the first one whose headers are met, too, answers, then the first one at all; with
/// the header X-Provider-State only those of that state.
std::vector<Endpoint> makeEndpoints(std::vector<Interaction> interactions, Notes &notes);

} // namespace understudy::formats::pact
