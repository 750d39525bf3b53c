// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"

#include <filesystem>
#include <string>

namespace understudy::ui {

/// How the files lie on the disk that a server names beside its mock file in `folder`, certificates
/// and keys among them: another text once one of them came, went or was written. Empty if it names
/// none. Asks the disk; called in workers.
std::string outsideFilesState(const Server &server, const std::filesystem::path &folder);

} // namespace understudy::ui
