// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/model/server.h"

#include <string>

namespace understudy::formats::mockoon {

/// A template as Mockoon reads it: its own stay what they are, our values become its helpers. What
/// has another name, or none, is noted.
std::string mockoonTemplate(const std::string &text, Dialect dialect, const std::string &subject,
                            Notes &notes);

} // namespace understudy::formats::mockoon
