// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace understudy::cli {

/// The words the process was started with, ended by a null pointer, as `execv` takes them. Valid
/// from main on.
char **programWords();

} // namespace understudy::cli
