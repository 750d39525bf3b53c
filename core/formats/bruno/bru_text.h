// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/yaml/node.h"

#include <string>
#include <string_view>
#include <vector>

/// The Bru language of Bruno (https://docs.usebruno.com/bru-lang/overview): blocks that end with a
/// brace at the beginning of a line.
namespace understudy::formats::bruno {

/// A line of a block, without the two blanks that each block puts in front of its lines.
struct BruLine
{
    std::string_view text;
    int number = 0;
    int cut = 0; ///< how many blanks were left out
};

/// `key: value`; a `~` in front switches it off. Texts between `'''` are put together.
struct BruPair
{
    std::string name;
    std::string value;
    bool isEnabled = true;
    yaml::Mark at;
};

/// `name { … }`, inside of an example `name: { … }`, or `name [ … ]`.
struct BruBlock
{
    std::string name;
    yaml::Mark at;
    std::vector<BruLine> lines;
};

/// What stands inside of each other: blocks and, inside of an example, pairs.
struct BruLevel
{
    std::vector<BruBlock> blocks;
    std::vector<BruPair> pairs;

    const BruBlock *find(std::string_view name) const;
    std::string valueOf(std::string_view name) const; ///< of a pair; empty where there is none
};

/// A whole file; the text must outlive it. Errors: Syntax, with line and column.
Result<BruLevel> readBru(std::string_view text, const std::string &file);
/// An example, or what it has in a block. Errors: Syntax.
Result<BruLevel> readLevel(const std::vector<BruLine> &lines, const std::string &file);
/// The pairs of a block. Errors: Syntax.
Result<std::vector<BruPair>> readPairs(const BruBlock &block, const std::string &file);
/// The text of a block.
std::string blockText(const BruBlock &block);

} // namespace understudy::formats::bruno
