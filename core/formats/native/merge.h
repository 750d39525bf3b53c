// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/yaml/node.h"

#include <string>
#include <vector>

/// What an edit means for the text that was there: which of its parts stay, which are written anew.
/// The trees `before` and `after` are canonical ones (what write() makes); `old` is the tree of the
/// text. A map's `text` in a canonical tree tells it from its siblings: an id.
namespace understudy::formats::native {

struct Change
{
    enum class Kind {
        Keep,    ///< `old` as it is
        Replace, ///< `now` instead
        Inner    ///< a list or map some of whose parts stay
    };
    static constexpr std::size_t kNew = static_cast<std::size_t>(-1);

    struct Part;

    Kind kind = Kind::Keep;
    const yaml::Node *old = nullptr;
    const yaml::Node *now = nullptr;
    std::vector<Part> parts; ///< of Inner, in the new order
};

/// A part of a list or map: an entry of the old one, or a new one (`oldIndex` is kNew, the change
/// is a Replace).
struct Change::Part
{
    std::size_t oldIndex = kNew;
    std::string key; ///< in a map
    Change change;
};

struct MergeOptions
{
    bool spellOutIds = false; ///< write ids that the text leaves to be made
};

/// The nodes must outlive the result.
Change merge(const yaml::Node &old, const yaml::Node &before, const yaml::Node &after,
             const MergeOptions &options);

/// The merged tree itself, for those formats in which only the values matter.
yaml::Node merged(const Change &change);

} // namespace understudy::formats::native
