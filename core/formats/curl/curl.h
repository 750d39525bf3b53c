// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// Command lines of curl, as documentation has them and browsers copy them.
namespace understudy::formats::curl {

/// The first command is curl, behind comments, a prompt and what scripts begin with; also every
/// script of a shell, by its ending or its first line.
bool recognise(const Source &source);

/// An endpoint with an empty 200 for each method and path that the commands ask for. Errors: Syntax
/// for a quote that is not closed, Invalid where no command of curl has a URL.
LoadOutcome import(const Source &source);

/// A command for each endpoint, to 127.0.0.1. What it cannot say is in the report.
Result<Exported> write(const Server &server, const std::filesystem::path &folder);

} // namespace understudy::formats::curl
