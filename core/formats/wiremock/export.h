// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"

#include <filesystem>

namespace understudy::formats::wiremock {

/// A server as `{"mappings": […]}`, a stub for each response of each endpoint; for a file in the
/// folder `mappings` of WireMock 3. Body files go along in the stubs. Where endpoints may answer
/// the same request, priorities say which goes first.
Result<Exported> write(const Server &server, const std::filesystem::path &folder);

} // namespace understudy::formats::wiremock
