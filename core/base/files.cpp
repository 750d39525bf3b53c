// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"

#include "core/base/file_parts.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#if __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#endif

/// How files are opened and read; file_writer.cpp writes them.
namespace understudy::files {

namespace fs = std::filesystem;

namespace {

/// Never waits for the other end of a pipe, never becomes a terminal of ours.
constexpr int kReading = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

Error isOutside() { return {ErrorCode::Access, std::string(kIsOutside), {}}; }

/// Makes a file of what is open, if it is one.
Result<RegularFile> accept(Descriptor &&opened)
{
    struct stat info
    {};
    if (::fstat(opened.get(), &info) != 0)
        return cannotRead(errno);
    if (S_ISDIR(info.st_mode))
        return Error{ErrorCode::Invalid, "is not a file but a folder", {}};
    if (!S_ISREG(info.st_mode))
        return Error{ErrorCode::Invalid, "is not a file but a pipe, a device or a socket", {}};
    return RegularFile(opened.release());
}

/// A name in the kernel's list of our descriptors: opens what the descriptor stands for.
std::string descriptorName(const Descriptor &of)
{
    return "/proc/self/fd/" + std::to_string(of.get());
}

/// Looks before it opens: opening a device can have effects of its own.
Result<RegularFile> openLooked(const std::string &name)
{
    struct stat info
    {};
    if (::stat(name.c_str(), &info) != 0)
        return cannotRead(errno);
    if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
        return cannotRead(ENXIO);
    Descriptor opened(::open(name.c_str(), kReading));
    if (opened.get() < 0)
        return cannotRead(errno);
    return accept(std::move(opened));
}

/// Whether the kernel's own name of `inner` lies below that of `folder`.
Result<bool> liesIn(const Descriptor &folder, const Descriptor &inner)
{
    std::error_code ec;
    const fs::path base = fs::read_symlink(descriptorName(folder), ec);
    const fs::path name = ec ? fs::path() : fs::read_symlink(descriptorName(inner), ec);
    if (ec)
        return cannotRead(ec.value());
    const auto [end, rest] = std::mismatch(base.begin(), base.end(), name.begin(), name.end());
    return base.is_absolute() && (end == base.end() || (end->empty() && rest != name.end()));
}

/// What the kernel says to a way that it was asked to keep inside.
struct Beneath
{
    Descriptor opened{-1};
    int code = ENOSYS;
};

Beneath openBeneath(const Descriptor &folder, const std::string &written)
{
    Beneath result;
#if defined(SYS_openat2) && defined(RESOLVE_BENEATH)
    open_how how{};
    how.flags = kReading;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    const long opened = ::syscall(SYS_openat2, folder.get(), written.c_str(), &how, sizeof how);
    result.code = opened < 0 ? errno : 0;
    result.opened = Descriptor(static_cast<int>(opened));
#else
    static_cast<void>(folder);
    static_cast<void>(written);
#endif
    return result;
}

/// Whether the text alone says that the way leaves its folder.
bool leavesByItsText(const fs::path &written)
{
    const fs::path normal = written.lexically_normal();
    return normal.is_absolute() || (!normal.empty() && *normal.begin() == "..");
}

/// Follows the links first, without opening what they lead to, and looks where that is. Of what is
/// outside nothing is said, not even whether it is there.
Result<RegularFile> openChecked(const Descriptor &folder, const std::string &written, bool leaves)
{
    const Descriptor seen(::openat(folder.get(), written.c_str(), O_PATH | O_CLOEXEC));
    if (seen.get() < 0)
        return leaves ? isOutside() : cannotRead(errno);
    const Result<bool> isIn = liesIn(folder, seen);
    if (!isIn)
        return isIn.error();
    if (!*isIn)
        return isOutside();
    return openLooked(descriptorName(seen));
}

/// A predicate, as a sentence about a file that needs no name.
Error asSentence(Error error, const fs::path &file)
{
    if (error.code == ErrorCode::NotFound)
        error.message = "cannot read the file: there is no such file";
    else if (error.message == "is not a file but a folder")
        error.message = "this is a folder, not a file";
    else if (error.message == kIsOutside)
        error.message
            = "the file is a link that leads outside of the folder; name the file it leads "
              "to instead";
    else
        error.message = "the file " + error.message;
    error.where.file = file.string();
    return error;
}

Result<std::string> readOpened(const Result<RegularFile> &opened, const fs::path &file,
                               std::uint64_t most)
{
    if (!opened)
        return asSentence(opened.error(), file);
    Result<std::string> content = opened->readAll(most);
    return content ? std::move(content) : asSentence(content.error(), file);
}

} // namespace

Error cannotRead(int code)
{
    const auto because = [code](std::string_view reason) {
        const bool isAccess = code == EACCES || code == EPERM;
        return Error{isAccess ? ErrorCode::Access : ErrorCode::System,
                     "cannot be read: " + std::string(reason),
                     {}};
    };
    switch (code) {
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::NotFound, "is missing", {}};
    case EISDIR:
        return {ErrorCode::Invalid, "is not a file but a folder", {}};
    case ENXIO:
        return {ErrorCode::Invalid, "is not a file but a pipe, a device or a socket", {}};
    case EACCES:
    case EPERM:
        return because("no rights to do so");
    case EMFILE:
        return because("this program has too many files open; raise its limit (ulimit -n)");
    case ENFILE:
        return because("the system has too many files open");
    case ELOOP:
        return because("its links lead in a circle");
    case ENAMETOOLONG:
        return because("its name is too long");
    default:
        return because(std::error_code(code, std::generic_category()).message());
    }
}

RegularFile::RegularFile(int descriptor)
    : m_descriptor(descriptor)
{
    struct stat info
    {};
    if (::fstat(descriptor, &info) != 0)
        return;
    m_size = static_cast<std::uint64_t>(std::max<off_t>(info.st_size, 0));
    m_seconds = info.st_mtim.tv_sec;
    m_nanoseconds = info.st_mtim.tv_nsec;
}

RegularFile::RegularFile(RegularFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_size(other.m_size)
    , m_seconds(other.m_seconds)
    , m_nanoseconds(other.m_nanoseconds)
{}

RegularFile::~RegularFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<std::size_t> RegularFile::readAt(char *to, std::size_t count, std::uint64_t offset) const
{
    std::size_t done = 0;
    while (done < count) {
        const ssize_t n
            = ::pread(m_descriptor, to + done, count - done, static_cast<off_t>(offset + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return cannotRead(errno);
        if (n == 0)
            break;
        done += static_cast<std::size_t>(n);
    }
    return done;
}

Result<std::string> RegularFile::readAll(std::uint64_t most) const
{
    const auto tooLarge = [most] {
        constexpr std::uint64_t mebi = 1024U * 1024U;
        const std::string bound = most % mebi == 0 ? std::to_string(most / mebi) + " MiB"
                                                   : std::to_string(most) + " bytes";
        return Error{ErrorCode::Limit, "is larger than " + bound, {}};
    };
    if (m_size > most)
        return tooLarge();
    std::string content;
    content.reserve(static_cast<std::size_t>(m_size));
    std::array<char, 65536> block{};
    for (;;) {
        // To the real end: a file may grow, and those of /proc do not say how long they are.
        const auto n = readAt(block.data(), block.size(), content.size());
        if (!n)
            return n.error();
        content.append(block.data(), *n);
        if (content.size() > most)
            return tooLarge();
        if (*n < block.size())
            return content;
    }
}

Result<RegularFile> open(const fs::path &file)
{
    if (file.native().find('\0') != std::string::npos)
        return Error{ErrorCode::Invalid, "has a NUL in its name", {}};
    return openLooked(file.native());
}

Result<RegularFile> openInside(const fs::path &folder, std::string_view written, bool allowOutside)
{
    const std::string name(written);
    if (name.empty())
        return Error{ErrorCode::NotFound, "is missing", {}};
    if (name.find('\0') != std::string::npos)
        return Error{ErrorCode::Invalid, "has a NUL in its name", {}};
    if (allowOutside)
        return open(folder / name);
    const Descriptor base(
        ::open(folder.empty() ? "." : folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (base.get() < 0)
        return cannotRead(errno);
    Beneath beneath = openBeneath(base, name);
    switch (beneath.code) {
    case 0:
        return accept(std::move(beneath.opened));
    case EXDEV: // it leaves the folder, perhaps to come back
        return openChecked(base, name, true);
    case ENOSYS:
    case EPERM:  // what some sandboxes say to a call that they do not know
    case EAGAIN: // a rename nearby
        return openChecked(base, name, leavesByItsText(name));
    default:
        return cannotRead(beneath.code);
    }
}

Result<std::string> readFile(const fs::path &file, std::uint64_t most)
{
    return readOpened(open(file), file, most);
}

Result<std::string> readFileInside(const fs::path &folder, std::string_view written,
                                   std::uint64_t most)
{
    return readOpened(openInside(folder, written), folder / fs::path(written), most);
}

} // namespace understudy::files
