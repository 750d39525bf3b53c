// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"

#include <algorithm>

namespace understudy::files {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLargestCopy = 256U * 1024 * 1024;

bool isHidden(const fs::path &relative)
{
    return std::any_of(relative.begin(), relative.end(), [](const fs::path &part) {
        return part.native().starts_with('.') && part != ".";
    });
}

/// The first part of the way below `to` that is a link; empty if none is.
fs::path linkOnTheWay(const fs::path &to, const fs::path &relative)
{
    fs::path way = to;
    for (const fs::path &part : relative) {
        way /= part;
        std::error_code ec;
        if (fs::is_symlink(fs::symlink_status(way, ec)))
            return way;
    }
    return {};
}

} // namespace

Result<bool> copyInside(const fs::path &from, const std::string &written, const fs::path &to,
                        bool overwrite)
{
    const auto problem = [&](ErrorCode code, const std::string &predicate) {
        return Error{code, "the file '" + written + "' is not copied: it " + predicate, {}};
    };
    const fs::path relative = fs::path(written).lexically_normal();
    const auto opened = openInside(from, written);
    if (!opened && opened.error().code == ErrorCode::NotFound)
        return false;
    if (!opened)
        return problem(opened.error().code, opened.error().message);
    if (relative.is_absolute() || *relative.begin() == "..")
        return problem(ErrorCode::Access, std::string(kIsOutside));
    if (isHidden(relative))
        return problem(ErrorCode::Invalid, "is hidden; copy it yourself if you want it");
    std::error_code ec;
    if (fs::equivalent(from / relative, to / relative, ec))
        return false;
    if (const fs::path link = linkOnTheWay(to, relative); !link.empty())
        return problem(ErrorCode::Invalid, "would be written through the link " + link.string());
    const auto content = opened->readAll(kLargestCopy);
    if (!content)
        return problem(content.error().code, content.error().message);
    const fs::path target = to / relative;
    if (!overwrite && fs::exists(fs::symlink_status(target, ec))) {
        const auto there = readFile(target, kLargestCopy);
        if (there && *there == *content)
            return false;
        return problem(ErrorCode::InUse, "is already there as " + target.string());
    }
    fs::create_directories(target.parent_path(), ec);
    if (const auto done = writeFile(target, *content); !done)
        return done.error();
    return true;
}

} // namespace understudy::files
