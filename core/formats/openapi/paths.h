// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::openapi {

/// A path of a document as an endpoint has it.
struct EndpointPath
{
    std::string path;
    std::vector<std::string> changed;   ///< what was read in another way
    std::vector<std::string> notServed; ///< what has no effect
};

/// `written`, such as "/users/{id}", as a path template, or as a regular expression where a segment
/// has several parameters. `base` stands in front; `isServers`: it is the server's, and put in
/// front by it.
EndpointPath endpointPath(std::string_view written, std::string_view base, bool isServers);

} // namespace understudy::formats::openapi
