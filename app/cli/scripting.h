// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/template/scripting.h"

#include <memory>

namespace understudy::cli {

/// JavaScript, where the running program has it; null where it has none. Main thread.
std::shared_ptr<Scripting> makeScripting();

/// For a program that has none and needs some: as prepareControlPlane(), replaces the program by
/// the one with Qt, and then does not return. Nothing may have been printed yet. Error: Unsupported
/// in a build without Qt.
///
/// The file that implements the control plane's functions implements these, too.
Result<void> prepareScripting();

} // namespace understudy::cli
