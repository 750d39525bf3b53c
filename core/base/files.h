// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// The one place where files are opened, read and written. Any thread; nothing here throws, waits
/// for a pipe or takes more memory than it was allowed.
namespace understudy::files {

/// What readFile() takes at most if nobody says otherwise.
inline constexpr std::uint64_t kLargestText = 64U * 1024 * 1024;

/// How openInside() says that a file is not inside.
inline constexpr std::string_view kIsOutside = "is outside of the workspace folder";

/// An open file that is a regular one: no folder, no pipe, no device, no socket. Owns its
/// descriptor, so that what was looked at is what is read, whatever happens to the name meanwhile.
class RegularFile
{
public:
    /// Takes the descriptor over.
    explicit RegularFile(int descriptor);
    RegularFile(RegularFile &&other) noexcept;
    RegularFile &operator=(RegularFile &&) = delete;
    ~RegularFile();

    std::uint64_t size() const { return m_size; }
    /// When the content was changed last: seconds since 1970 and the nanoseconds beyond.
    std::int64_t modifiedSeconds() const { return m_seconds; }
    std::int64_t modifiedNanoseconds() const { return m_nanoseconds; }

    /// Reads up to `count` bytes at `offset`; fewer only at the end. Errors: System, as a
    /// predicate.
    Result<std::size_t> readAt(char *to, std::size_t count, std::uint64_t offset) const;
    /// The whole content. Errors: Limit beyond `most` bytes, System; as predicates.
    Result<std::string> readAll(std::uint64_t most = kLargestText) const;

private:
    int m_descriptor;
    std::uint64_t m_size = 0;
    std::int64_t m_seconds = 0;
    std::int64_t m_nanoseconds = 0;
};

/// Opens a file that the user names. Links are followed. Errors, whose messages are predicates to
/// stand behind a name ("is missing"): NotFound, Access (no rights), Invalid (no regular file),
/// System.
Result<RegularFile> open(const std::filesystem::path &file);

/// Opens what a file of `folder` names: `written` relative to it, and inside of it unless
/// `allowOutside`. Links are followed as they are now; it is the opened file that is checked, so
/// that re-pointing a link does not help. Errors as of open(); Access, "is outside of …", as well.
Result<RegularFile> openInside(const std::filesystem::path &folder, std::string_view written,
                               bool allowOutside = false);

/// Reads a whole file that the user names. Errors: those of open() and readAll(), as a sentence;
/// `where` names the file.
Result<std::string> readFile(const std::filesystem::path &file, std::uint64_t most = kLargestText);
/// The same for what a file of `folder` names; see openInside().
Result<std::string> readFileInside(const std::filesystem::path &folder, std::string_view written,
                                   std::uint64_t most = kLargestText);

struct WriteOptions
{
    /// The rights of the new file, whatever they were; nothing: those of the file that is there.
    std::optional<std::filesystem::perms> mode{};
    /// Fails with InUse where something of that name is there, a link included.
    bool onlyNew = false;
    /// The name gets a file of its own: other names of the one that is there keep its content, and
    /// its owner is the writer. A link, a pipe or a device is refused.
    bool ofItsOwn = false;
};

/// Writes a whole file so that a full disk, a crash or a kill never leaves half of one: beside it
/// under a hidden name, and moved into place. Rights and owner stay. A link stays, and the file it
/// stands for is written; a link that leads nowhere is refused. A file with several names (hard
/// links) keeps them: it is written in place, and its new content lies beside it until that is
/// done. A pipe or a device is written into. What killed programs left in the folder is removed.
/// Errors: NotFound, Access, Invalid, InUse, System; `where` names the file.
Result<void> writeFile(const std::filesystem::path &file, std::string_view content,
                       const WriteOptions &options = {});

/// What keeps a file of that name from being made in somebody's folder by a file that they were
/// given, as a predicate ("is hidden"); empty if nothing does. Looks at each part of the path:
/// hidden ones, control characters, dots and spaces at the end, devices of Windows, and what
/// Understudy itself reads (mock files, presets.yaml).
std::string nameProblem(const std::filesystem::path &relative);

/// The folder that a file lies in; "." for a bare name.
inline std::filesystem::path folderOf(const std::filesystem::path &file)
{
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

/// Copies what a file of `from` names to the same place below `to`, folders included. Nothing is
/// written outside of `to`, under a name with a nameProblem(), through a link (hard ones included),
/// or over a file that is there (unless `overwrite`, or its content is the same). What is not there
/// is not copied: false. Errors say which file: Access (it lies outside), Invalid (its name, a
/// link), InUse, those of writeFile().
Result<bool> copyInside(const std::filesystem::path &from, const std::string &written,
                        const std::filesystem::path &to, bool overwrite);

} // namespace understudy::files
