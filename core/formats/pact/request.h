// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy::formats::pact {

/// What an interaction expects of a request.
struct ExpectedRequest
{
    std::vector<Rule> rules;   ///< query and body: they have to hold
    std::vector<Rule> headers; ///< requests that meet more of them are answered before others
};

/// "GET /users/7", for notes.
std::string subjectOf(const yaml::Node *request);
/// Sets method and path of the endpoint.
ExpectedRequest translateRequest(const yaml::Node &request, bool isVersion4, Endpoint &endpoint,
                                 Translation &scope);
/// Values of a header: a text, or a list of them.
std::vector<std::string> headerValues(const yaml::Node &value);

} // namespace understudy::formats::pact
