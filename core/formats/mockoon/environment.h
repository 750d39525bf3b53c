// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/yaml/node.h"

#include <boost/json/object.hpp>

#include <filesystem>
#include <span>

namespace understudy::formats::mockoon {

/// One environment of any level as a server, with everything there is to say about it.
LoadedServer importEnvironment(boost::json::object environment, const std::filesystem::path &file,
                               std::span<const yaml::Mark> marksOfRules = {});

} // namespace understudy::formats::mockoon
