// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The plan of the house (design.md section 2) as rules on the text of the sources.
namespace understudy::layering {

/// A file of the tree; `path` is relative to its root, with forward slashes.
struct SourceFile
{
    std::string path;
    std::string text;
};

/// A line that should not be there; `line` counts from 1.
struct Breach
{
    std::string path;
    int line = 0;
    std::string rule;

    std::string text() const { return path + ":" + std::to_string(line) + ": " + rule; }
};

/// Everything that is wrong with these files, in their order.
std::vector<Breach> findBreaches(std::span<const SourceFile> files);

/// The licence that the SPDX line of a source has to name.
std::string_view licenceOf(std::string_view path);

} // namespace understudy::layering
