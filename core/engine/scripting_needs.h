// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/server.h"

#include <filesystem>

namespace understudy {

/// Whether a server names files of JavaScript: scripts or helpers.
bool namesScripts(const Server &server);

/// Whether it may need JavaScript at all: those files, another language of invented data, or a
/// method of faker that is not built in. Body files that are templates are read for that.
bool needsScripting(const Server &server, const std::filesystem::path &folder);

} // namespace understudy
