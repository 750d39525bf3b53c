// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/described/variables.h"
#include "core/formats/notes.h"

#include <filesystem>

namespace understudy::formats::postman {

/// Lays the values of the environment that lies beside a collection, as Postman exports it
/// (`*.postman_environment.json`), over those of the collection. Of several the first by name
/// counts, which is noted, as is one that cannot be read. Nothing happens where `collection` is no
/// file.
void addEnvironment(const std::filesystem::path &collection, described::Variables &variables,
                    Notes &notes);

} // namespace understudy::formats::postman
