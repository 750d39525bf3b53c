// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/recorded/answer.h"
#include "core/formats/recorded/request_facts.h"
#include "core/model/server.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace understudy::formats::described {

/// A saved example: an answer and what its request was.
struct Example
{
    std::string name;
    Response response;
    recorded::RequestFacts facts;
    /// The one before it, by its place in the list, that answers the very same request: `facts` are
    /// those there, and empty here. So a large request is not kept once for each of its answers.
    std::optional<std::size_t> sameAs{};
};

/// The status of a saved answer; 200 and a note where it is none that ends a request.
int endingStatus(std::optional<double> written, const recorded::AnswerScope &scope);

/// An example of that name without an answer, and whom notes about its answer are about. `subject`:
/// that of its endpoint.
std::pair<Example, recorded::AnswerScope> namedExample(const std::string &name, Notes &notes,
                                                       std::string subject, yaml::Mark at);

/// The answers of an endpoint. The first of 2xx is given to every request that fits no other; the
/// others have rules for what their request has and it has not. Where it is the same, they are
/// chosen by the headers that Postman's mock servers know: x-mock-response-name and
/// x-mock-response-code; those are added to `chosenByHeader`.
std::vector<Response> chooseByExample(std::vector<Example> examples, std::size_t &chosenByHeader);

} // namespace understudy::formats::described
