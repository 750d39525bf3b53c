// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/control_plane.h"
#include "app/cli/program.h"
#include "app/cli/scripting.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <unistd.h>

/// The lean program: hands over to its sibling that is linked with Qt.
namespace understudy::cli {

namespace {

Result<void> handOver(std::string_view what)
{
    std::error_code failure;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (failure)
        return Error{
            ErrorCode::System, "cannot find its own program file: " + failure.message(), {}};
    const std::filesystem::path sibling
        = self.parent_path() / ".." / "libexec" / "understudy" / "understudy-cli-control";
    execv(sibling.c_str(), programWords());
    return Error{ErrorCode::NotFound,
                 "the program for " + std::string(what)
                     + " cannot be started: " + std::string(std::strerror(errno)),
                 {sibling.lexically_normal().string(), 0, 0}};
}

} // namespace

Result<void> prepareControlPlane() { return handOver("the control plane"); }
Result<void> prepareScripting() { return handOver("JavaScript"); }
std::shared_ptr<Scripting> makeScripting() { return nullptr; }

Result<std::unique_ptr<ControlPlane>> startControlPlane(Workbench &, const ReloadServer &,
                                                        std::uint16_t)
{
    return prepareControlPlane().error();
}

} // namespace understudy::cli
