// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workspace/import_stamp.h"
#include "core/workspace/mock_file.h"

#include <filesystem>
#include <vector>

namespace understudy::workspace {

/// Makes what was read from another tool's file fit to become mock files: rules that cannot be
/// compiled are off and said (broken_rules.h), servers are stamped (import_stamp.h).
formats::LoadOutcome forImport(formats::LoadOutcome outcome, const formats::LoadOptions &options);

/// A mock file that an earlier import of a document has made.
struct EarlierImport
{
    std::filesystem::path path;
    MockFile file;
    ImportStamp stamp;
};

/// Those in `folder`, by their names; mock files that cannot be read are passed over.
std::vector<EarlierImport> earlierImports(const std::filesystem::path &folder);

/// The one that `offered`, which is stamped, was before; null if there is none.
EarlierImport *earlierOf(std::vector<EarlierImport> &earlier, const Server &offered);

/// How a document is read again: as it was by one of these, and what is asked for beside that.
formats::LoadOptions asBefore(const std::vector<EarlierImport> &earlier,
                              const std::filesystem::path &document, formats::LoadOptions options);

} // namespace understudy::workspace
