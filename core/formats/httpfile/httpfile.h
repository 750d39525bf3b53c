// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// Files of requests, `.http` and `.rest`, as REST Client for Visual Studio Code and the HTTP
/// Client of JetBrains have them.
namespace understudy::formats::httpfile {

/// Begins with a request line, behind comments and variables, or is called `.http` or `.rest`.
bool recognise(const Source &source);

/// An endpoint for each method and path; saved answers (`HTTP/1.1 200 OK` behind a request) are
/// sent, others are an empty 200. Errors: Invalid where there is no request.
LoadOutcome import(const Source &source);

/// A request to `{{baseUrl}}` for each endpoint. What it cannot say is in the report.
Result<Exported> write(const Server &server, const std::filesystem::path &folder);

} // namespace understudy::formats::httpfile
