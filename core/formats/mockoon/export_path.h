// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"

#include <optional>
#include <string>

namespace understudy::formats::mockoon {

/// A path of ours as the `endpoint` of a route, without its first slash; nothing, and a note, where
/// Mockoon has no word for it (reference/mockoon.md, section 2.3). `base`: of the server, which
/// expressions have in them.
std::optional<std::string> routePathOf(const std::string &path, const std::string &base,
                                       const std::string &subject, Notes &notes);

/// The name that a parameter has there: letters, digits and underscores.
std::string parameterName(const std::string &name);

} // namespace understudy::formats::mockoon
