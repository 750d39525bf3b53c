// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"
#include "core/model/validate.h"

#include <string>
#include <string_view>
#include <vector>

/// The mock file of format.md, version 1: YAML (or JSON) text <-> Server.
namespace understudy::formats::native {

struct ReadOutcome
{
    Server server;                 ///< what could be read; only to be served if there is no error
    std::vector<Problem> problems; ///< all that were found, in the order of the lines
    bool ok() const;
};

/// Reads a whole text. Unknown keys are errors with the nearest known one; several errors are
/// reported at once. Alias expansion, depth and size are bounded. `file` is only used in messages.
/// Ids are assigned.
ReadOutcome read(std::string_view text, std::string_view file);

/// The same of a tree; `file` is only used in messages.
ReadOutcome readTree(const yaml::Node &root, std::string_view file);

/// Where the fields of findings stand in the text that their server was read from, a place for
/// each; without a line where the text cannot be read any more.
std::vector<Place> locate(std::string_view text, std::string_view file,
                          const std::vector<Finding> &findings);

/// The canonical text: fixed key order, two-space indent, block text for multi-line bodies, no
/// defaults, line break at the end.
std::string write(const Server &server);

/// The tree that write() makes a text of. The maps of endpoints and responses have their ids in
/// `text`, also those that are not written because they are made again.
yaml::Node writeTree(const Server &server);

/// The text of `before` changed so that it says `after`: only the lines of endpoints, folders and
/// server keys that differ are replaced, everything else, comments included, stays as it is. `text`
/// must be the text `before` was read from; if it no longer is (or the edit cannot be done by
/// lines), the canonical text of `after` is returned.
std::string patch(std::string_view text, const Server &before, const Server &after);

} // namespace understudy::formats::native
