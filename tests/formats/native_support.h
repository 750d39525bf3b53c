// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

/// The files of tests/data/native.
namespace understudy::test {

inline std::filesystem::path nativeData(const std::string &name)
{
    return std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / "tests/data/native" / name;
}

inline std::vector<std::filesystem::path> filesIn(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

inline std::string contentOf(const std::filesystem::path &file)
{
    const auto content = formats::readFile(file);
    EXPECT_TRUE(content) << file;
    return content ? *content : std::string();
}

} // namespace understudy::test
