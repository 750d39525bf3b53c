// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/path_pattern.h"
#include "core/model/validate.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a document says and no request ever sees: endpoints that others stand before, responses
/// that are never chosen, methods and rules that nothing can fulfil.
namespace understudy {

/// Which requests a path answers, with parameter names left out: two endpoints of the same shape
/// and a common method compete for the same requests.
std::string shapeOf(const PathPattern &pattern);

/// Whether one of its responses answers every request the endpoint gets.
bool alwaysAnswers(const Endpoint &endpoint);

/// Endpoints with the same method and pattern as others before them: `loser` is never reached
/// without rules.
struct Shadowing
{
    std::string loser;
    std::string winner;
};
std::vector<Shadowing> findShadowed(const Server &server);
/// The id of the endpoint that always answers before the one of that id, if there is one.
/// Costs little in a server of thousands of endpoints.
std::optional<std::string> findShadower(const Server &server, std::string_view id);

/// All of it, as warnings that name the cure. Disabled endpoints are left out, and responses that
/// are switched off with `times: 0`.
std::vector<Finding> findUnreachable(const Server &server);

} // namespace understudy
