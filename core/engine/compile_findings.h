// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/compiled_server.h"
#include "core/model/validate.h"

#include <vector>

namespace understudy {

/// What CompiledServer::compile would refuse in a document that validate() finds nothing in, all of
/// it at once: broken expressions in paths and rules, network profiles that nobody knows, samples
/// files that cannot be read; and as warnings what it would only give notice of: body files that
/// cannot be sent. A finding about a rule has the field "when:TARGET", which stands for the rules
/// on that target somewhere under `when`; it is an error whatever `toleratesBrokenRules` says.
std::vector<Finding> compileFindings(const Server &server, const CompileOptions &options);

} // namespace understudy
