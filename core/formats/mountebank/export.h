// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"

#include <filesystem>

namespace understudy::formats::mountebank {

/// A server as `{"imposters": [...]}` with one imposter, for `mb --configfile`. Stubs stand in the
/// order in which our endpoints answer; the last one is what the server answers otherwise.
Result<Exported> write(const Server &server, const std::filesystem::path &folder);

} // namespace understudy::formats::mountebank
