// SPDX-License-Identifier: Apache-2.0
#include "core/base/file_parts.h"
#include "core/base/files.h"

#include <atomic>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace understudy::files {

namespace fs = std::filesystem;

namespace {

/// Short, so that a file whose name is as long as names can be has one beside it.
constexpr std::string_view kTemporary = ".understudy-";
constexpr std::string_view kUnfinished = ".tmp";     ///< worth nothing to anybody
constexpr std::string_view kWholeContent = ".whole"; ///< what a broken write in place was to write

Error cannotWrite(int code)
{
    const auto because = [code](std::string_view reason) {
        const bool isAccess = code == EACCES || code == EPERM || code == EROFS;
        return Error{isAccess ? ErrorCode::Access : ErrorCode::System,
                     "cannot write the file: " + std::string(reason),
                     {}};
    };
    switch (code) {
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::NotFound, "cannot write the file: its folder does not exist", {}};
    case EACCES:
    case EPERM:
        return because("no rights to do so");
    case EROFS:
        return because("the file system is read-only");
    case ENOSPC:
    case EDQUOT:
        return because("the disk is full; the file is as it was");
    case EMFILE:
        return because("this program has too many files open; raise its limit (ulimit -n)");
    case ELOOP:
        return because("its links lead in a circle");
    case ENAMETOOLONG:
        return because("its name is too long");
    case ENXIO:
        return because("nobody reads from this pipe");
    default:
        return because(std::error_code(code, std::generic_category()).message());
    }
}

/// Removes what programs left that were killed while they wrote. The lock tells theirs from what is
/// being written now, by this program or another.
void removeLeftovers(const fs::path &folder)
{
    std::error_code ec;
    fs::directory_iterator entry(folder.empty() ? "." : folder, ec);
    for (; !ec && entry != fs::directory_iterator(); entry.increment(ec)) {
        const std::string name = entry->path().filename().string();
        if (!name.starts_with(kTemporary) || !name.ends_with(kUnfinished))
            continue;
        const Descriptor left(
            ::open(entry->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
        if (left.get() >= 0 && ::flock(left.get(), LOCK_EX | LOCK_NB) == 0)
            ::unlink(entry->path().c_str());
    }
}

int writeAll(int file, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t n = ::write(file, content.data(), content.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        content.remove_prefix(static_cast<std::size_t>(n));
    }
    return 0;
}

/// A file beside the one to be written, gone with its owner unless it has been moved.
class Beside
{
public:
    Beside(const fs::path &target, std::string_view ending)
        : m_folder(target.parent_path())
        , m_ending(ending)
    {}
    Beside(const Beside &) = delete;
    Beside &operator=(const Beside &) = delete;
    ~Beside()
    {
        if (!m_name.empty())
            ::unlink(m_name.c_str());
        if (m_lock >= 0)
            ::close(m_lock);
    }

    const fs::path &name() const { return m_name; }
    /// It stays, under its name.
    void keep() { m_name.clear(); }

    /// Content and rights, down to the disk; 0 or an errno.
    int fill(std::string_view content, const struct stat *like, std::optional<mode_t> mode)
    {
        Descriptor file(create(like || mode ? 0600 : 0666));
        if (file.get() < 0)
            return errno;
        // Another owner is kept where the system allows that, which is for root alone.
        if (like && ::fchown(file.get(), like->st_uid, like->st_gid) != 0 && errno != EPERM)
            return errno;
        if (like && !mode)
            mode = like->st_mode & 07777;
        if (mode && ::fchmod(file.get(), *mode) != 0)
            return errno;
        if (const int code = writeAll(file.get(), content); code != 0)
            return code;
        if (::fsync(file.get()) != 0)
            return errno;
        m_lock = ::dup(file.get());
        return file.close() != 0 ? errno : 0;
    }

    int moveTo(const fs::path &target, bool onlyNew)
    {
        int failed = ::renameat2(AT_FDCWD, m_name.c_str(), AT_FDCWD, target.c_str(),
                                 onlyNew ? RENAME_NOREPLACE : 0);
        if (failed != 0 && (errno == EINVAL || errno == ENOSYS)) // not on every file system
            failed = std::rename(m_name.c_str(), target.c_str());
        if (failed != 0)
            return errno;
        keep();
        const Descriptor folder(
            ::open(m_folder.empty() ? "." : m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (folder.get() >= 0)
            ::fsync(folder.get()); // best effort: not every file system can
        return 0;
    }

private:
    /// The descriptor of a new, locked file; -1 with errno.
    int create(mode_t mode)
    {
        static std::atomic<unsigned> serial{0};
        for (;;) {
            m_name = m_folder
                     / (std::string(kTemporary) + std::to_string(::getpid()) + '-'
                        + std::to_string(++serial) + std::string(m_ending));
            Descriptor fresh(
                ::open(m_name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
            if (fresh.get() < 0) {
                const int code = errno;
                m_name.clear();
                if (code == EEXIST)
                    continue; // of a program that has our number in another container
                errno = code;
                return -1;
            }
            struct stat info
            {};
            ::flock(fresh.get(), LOCK_EX);
            // Somebody may have taken it for a leftover before it was locked.
            if (::fstat(fresh.get(), &info) != 0 || info.st_nlink > 0)
                return fresh.release();
        }
    }

    fs::path m_folder;
    std::string_view m_ending;
    fs::path m_name;
    int m_lock = -1; ///< until it has been moved it is not whole, for others
};

/// The file that a link stands for; errors for one that leads nowhere.
Result<fs::path> resolved(const fs::path &file)
{
    std::error_code ec;
    if (!fs::is_symlink(file, ec))
        return file;
    fs::path target = fs::canonical(file, ec);
    if (!ec)
        return target;
    if (ec != std::errc::no_such_file_or_directory)
        return cannotWrite(ec.value());
    return Error{ErrorCode::NotFound,
                 "cannot write the file: it is a link to '" + fs::read_symlink(file, ec).string()
                     + "', which is not there; remove the link, or make what it leads to",
                 {}};
}

/// Pipes and devices are what they are; only files are replaced.
int writeInto(const fs::path &target, std::string_view content)
{
    const Descriptor out(::open(target.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (out.get() < 0)
        return errno;
    // From here on a reader may take its time.
    const int flags = ::fcntl(out.get(), F_GETFL);
    ::fcntl(out.get(), F_SETFL, flags & ~O_NONBLOCK);
    return writeAll(out.get(), content);
}

/// For a file with several names, which a rename would leave with one less.
Result<void> writeInPlace(const fs::path &target, std::string_view content, const struct stat &info)
{
    Beside whole(target, kWholeContent);
    if (const int code = whole.fill(content, &info, {}); code != 0)
        return cannotWrite(code);
    Descriptor file(::open(target.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (file.get() < 0)
        return cannotWrite(errno);
    int code = 0;
    // Room first: what does not fit is found out before anything is spoiled.
    if (static_cast<std::uint64_t>(info.st_size) < content.size())
        code = ::posix_fallocate(file.get(), info.st_size,
                                 static_cast<off_t>(content.size()) - info.st_size);
    if (code != 0 && code != EOPNOTSUPP && code != EINVAL) {
        if (::ftruncate(file.get(), info.st_size) == 0)
            return cannotWrite(code);
    }
    code = writeAll(file.get(), content);
    if (code == 0
        && (::ftruncate(file.get(), static_cast<off_t>(content.size())) != 0
            || ::fsync(file.get()) != 0 || file.close() != 0))
        code = errno;
    if (code == 0)
        return {};
    Error error = cannotWrite(code);
    error.message = "the file could be written in part only; its whole new content is in "
                    + whole.name().string();
    whole.keep();
    return error;
}

/// Under a name that gets a file of its own.
Result<void> writeOwn(const fs::path &file, std::string_view content, const WriteOptions &options)
{
    struct stat info
    {};
    const bool isThere = ::lstat(file.c_str(), &info) == 0;
    if (isThere && !S_ISREG(info.st_mode))
        return Error{ErrorCode::Invalid,
                     S_ISLNK(info.st_mode) ? "is a link, which is not written through"
                                           : "is no regular file, and is left alone",
                     {}};
    removeLeftovers(file.parent_path());
    std::optional<mode_t> mode;
    if (options.mode)
        mode = static_cast<mode_t>(*options.mode);
    else if (isThere)
        mode = info.st_mode & 0777;
    Beside fresh(file, kUnfinished);
    if (const int code = fresh.fill(content, nullptr, mode); code != 0)
        return cannotWrite(code);
    const int code = fresh.moveTo(file, options.onlyNew);
    if (code == EEXIST)
        return Error{ErrorCode::InUse, "is already there", {}};
    return code == 0 ? Result<void>() : cannotWrite(code);
}

Result<void> write(const fs::path &file, std::string_view content, const WriteOptions &options)
{
    struct stat info
    {};
    if (options.onlyNew && ::lstat(file.c_str(), &info) == 0)
        return Error{ErrorCode::InUse, "is already there", {}};
    const Result<fs::path> target = options.ofItsOwn ? Result<fs::path>(file) : resolved(file);
    if (!target)
        return target.error();
    const bool isThere = ::stat(target->c_str(), &info) == 0;
    if (!isThere && errno != ENOENT)
        return cannotWrite(errno);
    if (isThere && S_ISDIR(info.st_mode))
        return Error{ErrorCode::Invalid, "this is a folder, not a file", {}};
    // A file that may not be written stays as it is, even where its folder would let it be
    // replaced.
    if (isThere && ::access(target->c_str(), W_OK) != 0)
        return cannotWrite(errno);
    if (options.ofItsOwn)
        return writeOwn(file, content, options);
    if (isThere && !S_ISREG(info.st_mode)) {
        const int code = writeInto(*target, content);
        return code == 0 ? Result<void>() : cannotWrite(code);
    }
    removeLeftovers(target->parent_path());
    if (isThere && info.st_nlink > 1 && !options.mode)
        return writeInPlace(*target, content, info);
    std::optional<mode_t> mode;
    if (options.mode)
        mode = static_cast<mode_t>(*options.mode);
    Beside fresh(*target, kUnfinished);
    if (const int code = fresh.fill(content, isThere ? &info : nullptr, mode); code != 0)
        return cannotWrite(code);
    const int code = fresh.moveTo(*target, options.onlyNew);
    if (code == EEXIST)
        return Error{ErrorCode::InUse, "is already there", {}};
    return code == 0 ? Result<void>() : cannotWrite(code);
}

} // namespace

Result<void> writeFile(const fs::path &file, std::string_view content, const WriteOptions &options)
{
    if (file.native().find('\0') != std::string::npos)
        return Error{ErrorCode::Invalid, "there is a NUL in the name of the file", {}};
    Result<void> written = write(file, content, options);
    if (written)
        return written;
    Error error = written.error();
    error.where.file = file.string();
    return error;
}

} // namespace understudy::files
