// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/control_plane.h"
#include "app/cli/scripting.h"

/// Built without Qt: there is no control plane, and no JavaScript.
namespace understudy::cli {

Result<void> prepareControlPlane()
{
    return Error{ErrorCode::Unsupported,
                 "this understudy-cli was built without the control plane (UNDERSTUDY_QT=OFF)",
                 {}};
}

Result<std::unique_ptr<ControlPlane>> startControlPlane(Workbench &, const ReloadServer &,
                                                        std::uint16_t)
{
    return prepareControlPlane().error();
}

Result<void> prepareScripting()
{
    return Error{ErrorCode::Unsupported,
                 "this understudy-cli was built without JavaScript (UNDERSTUDY_QT=OFF)",
                 {}};
}

std::shared_ptr<Scripting> makeScripting() { return nullptr; }

} // namespace understudy::cli
