// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/base/own_files.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace understudy::files {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLargestCopy = 256U * 1024 * 1024;

/// A name that Windows keeps for a device, whatever the ending.
bool isDevice(std::string_view part)
{
    static constexpr std::array<std::string_view, 6> kDevices{"con", "prn",    "aux",
                                                              "nul", "conin$", "conout$"};
    const std::string name = text::toLower(part.substr(0, part.find('.')));
    const bool isNumbered = name.size() == 4 && (name.starts_with("com") || name.starts_with("lpt"))
                            && name[3] >= '1' && name[3] <= '9';
    return isNumbered || std::find(kDevices.begin(), kDevices.end(), name) != kDevices.end();
}

std::string partProblem(const std::string &part)
{
    if (part.starts_with('.'))
        return "is hidden; copy it yourself if you want it";
    if (std::any_of(part.begin(), part.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
        return "has control characters in its name";
    if (part.ends_with('.') || part.ends_with(' '))
        return "has a name that ends with a dot or a space";
    if (isDevice(part))
        return "has the name of a device of Windows";
    const std::string low = text::toLower(part);
    if (low == kPresetsFile || low == "presets.yml")
        return "would be read as the presets of the folder";
    for (const std::string_view ending : kMockEndings) {
        if (low.ends_with(ending))
            return "would be read as a mock file";
    }
    return {};
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

std::string nameProblem(const fs::path &relative)
{
    for (const fs::path &part : relative) {
        if (part == "." || part.empty())
            continue;
        if (std::string problem = partProblem(part.string()); !problem.empty())
            return problem;
    }
    return {};
}

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
    std::error_code ec;
    // The same place; another name of the same file is none.
    const fs::path target = to / relative;
    const bool isSameFile = fs::equivalent(from / relative, target, ec);
    if (isSameFile && fs::equivalent((from / relative).parent_path(), target.parent_path(), ec))
        return false;
    if (const std::string why = nameProblem(relative); !why.empty())
        return problem(ErrorCode::Invalid, why);
    if (const fs::path link = linkOnTheWay(to, relative); !link.empty())
        return problem(ErrorCode::Invalid, "would be written through the link " + link.string());
    const auto content = opened->readAll(kLargestCopy);
    if (!content)
        return problem(content.error().code, content.error().message);
    if (!overwrite && fs::exists(fs::symlink_status(target, ec))) {
        const auto there = readFile(target, kLargestCopy);
        if (there && *there == *content)
            return false;
        return problem(ErrorCode::InUse, "is already there as " + target.string());
    }
    fs::create_directories(target.parent_path(), ec);
    if (const auto done = writeFile(target, *content, {{}, false, true}); !done)
        return done.error();
    return true;
}

} // namespace understudy::files
