// SPDX-License-Identifier: Apache-2.0
#include "core/formats/format.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

/// Files, read and written whole.
namespace understudy::formats {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kLargestFile = 64U * 1024 * 1024;

Error systemError(const fs::path &path, std::string_view what, int code)
{
    const std::error_code ec(code, std::generic_category());
    ErrorCode kind = ErrorCode::System;
    std::string reason = ec.message();
    if (code == ENOENT) {
        kind = ErrorCode::NotFound;
        reason = "there is no such file";
    } else if (code == EACCES || code == EPERM || code == EROFS) {
        kind = ErrorCode::Access;
        reason = code == EROFS ? "the file system is read-only" : "no rights to do so";
    } else if (code == ENOSPC || code == EDQUOT) {
        reason = "the disk is full; the file is as it was";
    }
    return {kind, std::string(what) + ": " + reason, {path.string(), 0, 0}};
}

/// Closes the descriptor, whatever happens.
class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {}
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor() { close(); }

    int get() const { return m_fd; }
    /// What close() says, which on some file systems is where a full disk shows.
    int close()
    {
        const int fd = std::exchange(m_fd, -1);
        return fd < 0 ? 0 : ::close(fd);
    }

private:
    int m_fd;
};

/// The file that a link stands for, so that saving does not turn the link into a file.
fs::path resolved(const fs::path &path)
{
    std::error_code ec;
    if (!fs::is_symlink(path, ec))
        return path;
    const fs::path target = fs::weakly_canonical(path, ec);
    return ec ? path : target;
}

fs::path temporaryBeside(const fs::path &path)
{
    static std::atomic<unsigned> serial{0};
    const std::string name = '.' + path.filename().string() + '.' + std::to_string(::getpid()) + '-'
                             + std::to_string(++serial) + ".tmp";
    return path.parent_path() / name;
}

int writeAll(int fd, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t n = ::write(fd, content.data(), content.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        content.remove_prefix(static_cast<std::size_t>(n));
    }
    return 0;
}

/// Fills the temporary file down to the disk; 0 or an errno.
int fill(const fs::path &temporary, std::string_view content, std::optional<mode_t> mode)
{
    Descriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode ? 0600 : 0666));
    if (file.get() < 0)
        return errno;
    if (mode && ::fchmod(file.get(), *mode) != 0)
        return errno;
    if (const int code = writeAll(file.get(), content); code != 0)
        return code;
    if (::fsync(file.get()) != 0)
        return errno;
    return file.close() != 0 ? errno : 0;
}

/// The rights of the file that is there; nothing, if there is none.
std::optional<mode_t> modeOf(const fs::path &path)
{
    struct stat info
    {};
    if (::stat(path.c_str(), &info) != 0)
        return std::nullopt;
    return info.st_mode & 07777;
}

} // namespace

Result<std::string> readFile(const fs::path &path)
{
    std::error_code ec;
    if (fs::is_directory(path, ec))
        return Error{ErrorCode::Invalid, "this is a folder, not a file", {path.string(), 0, 0}};
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0)
        return systemError(path, "cannot read the file", errno);
    struct stat info
    {};
    if (::fstat(file.get(), &info) == 0 && S_ISREG(info.st_mode)
        && static_cast<std::uintmax_t>(info.st_size) > kLargestFile)
        return Error{ErrorCode::Limit, "the file is larger than 64 MiB", {path.string(), 0, 0}};
    std::string content;
    content.reserve(static_cast<std::size_t>(std::max<off_t>(info.st_size, 0)));
    std::array<char, 65536> buffer{};
    for (;;) {
        const ssize_t n = ::read(file.get(), buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return systemError(path, "cannot read the file", errno);
        if (n == 0)
            return content;
        content.append(buffer.data(), static_cast<std::size_t>(n));
        if (content.size() > kLargestFile)
            return Error{ErrorCode::Limit, "the file is larger than 64 MiB", {path.string(), 0, 0}};
    }
}

Result<void> writeFile(const fs::path &path, std::string_view content)
{
    std::error_code ec;
    if (fs::is_directory(path, ec))
        return Error{ErrorCode::Invalid, "this is a folder, not a file", {path.string(), 0, 0}};
    const fs::path target = resolved(path);
    // A file that may not be written stays as it is, even where its folder would let it be
    // replaced.
    if (fs::exists(target, ec) && ::access(target.c_str(), W_OK) != 0)
        return systemError(path, "cannot write the file", errno);
    // A device, a pipe or a socket is what it is; only files are replaced.
    if (fs::exists(target, ec) && !fs::is_regular_file(target, ec)) {
        std::ofstream out(target, std::ios::binary);
        out.write(content.data(), static_cast<std::streamsize>(content.size())).flush();
        if (!out)
            return systemError(path, "cannot write the file", errno);
        return {};
    }
    const fs::path temporary = temporaryBeside(target);
    int code = fill(temporary, content, modeOf(target));
    if (code == 0 && std::rename(temporary.c_str(), target.c_str()) != 0)
        code = errno;
    if (code == 0)
        return {};
    ::unlink(temporary.c_str());
    if (code == ENOENT)
        return Error{ErrorCode::NotFound,
                     "cannot write the file: its folder does not exist",
                     {path.string(), 0, 0}};
    return systemError(path, "cannot write the file", code);
}

} // namespace understudy::formats
