// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/control_plane.h"

/// Built without Qt: there is no control plane.
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

} // namespace understudy::cli
