// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <string>

namespace understudy::formats::mountebank {

/// "http" or "https", which are served; others are not.
bool isHttp(const yaml::Node &imposter);

/// An imposter of http or https as a server. `name` is what it is called where it has no name.
Server translateImposter(const yaml::Node &imposter, const std::string &name, Notes &notes);

} // namespace understudy::formats::mountebank
