// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workspace/import_stamp.h"
#include "core/workspace/mock_file.h"

#include <filesystem>
#include <functional>
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

/// Reads a document and finds the mock files that earlier imports have made of it: for each of its
/// servers the places in `earlier` (import_pairs.h). Where these were read in another way, the
/// document is read again in theirs. Mock files are nobody's import.
struct KnownImport
{
    formats::LoadOutcome outcome;
    std::vector<std::vector<std::size_t>> earlier; ///< for each server
};
KnownImport readKnown(const std::function<formats::LoadOutcome(const formats::LoadOptions &)> &read,
                      const formats::LoadOptions &options, const std::vector<ImportStamp> &earlier);

} // namespace understudy::workspace
