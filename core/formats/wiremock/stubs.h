// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <memory>
#include <string>
#include <vector>

namespace understudy::formats::wiremock {

/// A stub and where what is said of it is collected.
struct FoundStub
{
    const yaml::Node *node = nullptr;
    Notes *notes = nullptr;
    std::shared_ptr<const std::string> file{}; ///< that it stands in
};

/// Endpoints for stubs, which are given in the order in which WireMock would have taken them in.
/// Of those that may answer the same request the newest comes first, as there, and priorities are
/// kept (reference/wiremock.md, section 2).
std::vector<Item> translateStubs(const std::vector<FoundStub> &stubs);

} // namespace understudy::formats::wiremock
