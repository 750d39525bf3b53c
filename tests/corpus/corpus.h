// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace understudy::test {

/// The folder of files that other people wrote (see main.cpp). Nothing of it is part of the
/// project.
std::filesystem::path corpus();

} // namespace understudy::test
