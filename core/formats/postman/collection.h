// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <filesystem>

namespace understudy::formats::postman {

/// The server that answers the requests of a collection with their saved examples. Requests of one
/// method and path become one endpoint, where the first of them stands. `file`: where it was read.
Server translateCollection(const yaml::Node &collection, const std::filesystem::path &file,
                           Notes &notes);

} // namespace understudy::formats::postman
