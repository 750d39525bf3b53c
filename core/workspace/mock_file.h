// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/server.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace understudy::workspace {

/// Immutable, so that an undo stack, the running server and workers share one copy.
using ServerValue = std::shared_ptr<const Server>;

/// A mock file as it lies on the disk, and how edits are written into it: lines that nobody touched
/// stay as they are. One thread.
struct MockFile
{
    std::string text;  ///< the file as last read or written
    ServerValue saved; ///< what `text` says; null if the file never could be read
    /// What every save starts from, so that an edit undone leaves nothing behind: the file as it
    /// was last read, and what it said. Null where it could not be read.
    std::string baseText;
    ServerValue base;
    std::vector<Problem> problems; ///< why the file cannot be read; empty if it can

    bool isBroken() const { return !problems.empty(); }

    /// Takes over what a text says, as `saved`, or its problems, which call the file `name`. True
    /// if it could be read.
    bool read(const std::string &newText, const std::string &name);

    /// The file's text when it says `value`.
    std::string editedText(const Server &value) const;

    /// How a save ended.
    enum class Saved { Yes, ChangedOutside };
    /// Writes `value` into `file`, unless somebody else has written it since: that is left as it
    /// is. Errors: those of files::writeFile; the file is as it was then.
    Result<Saved> save(const std::filesystem::path &file, const ServerValue &value);
};

} // namespace understudy::workspace
