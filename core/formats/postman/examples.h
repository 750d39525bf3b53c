// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/postman/request.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy::formats::postman {

/// A saved example: an answer and what its request was.
struct Example
{
    std::string name;
    Response response;
    recorded::RequestFacts facts;
};

/// What stays of the examples for the whole collection to say.
struct ExampleCounts
{
    std::size_t chosenByHeader = 0;
    std::size_t cookies = 0;
    std::size_t templates = 0;
};

/// Reads an element of `response`.
Example readExample(const yaml::Node &node, const PostmanRequest &parent, const PostmanPath &path,
                    Variables &variables, const std::string &subject, Notes &notes,
                    ExampleCounts &counts);

/// The answers of an endpoint. The first of 2xx is given to every request that fits no other; the
/// others have rules for what their request has and it has not. Where it is the same, they are
/// chosen by the headers that Postman's mock servers know: x-mock-response-name and
/// x-mock-response-code.
std::vector<Response> chooseByExample(std::vector<Example> examples, ExampleCounts &counts);

} // namespace understudy::formats::postman
