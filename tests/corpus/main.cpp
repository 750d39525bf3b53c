// SPDX-License-Identifier: Apache-2.0
// Runs over files that other people wrote, where they are. Without them it says so and ends with
// 77, which ctest reports as not run.
#include "tests/corpus/corpus.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace understudy::test {

std::filesystem::path corpus()
{
    const char *named = std::getenv("UNDERSTUDY_CORPUS");
    return named && *named ? std::filesystem::path(named)
                           : std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / "../shared/data";
}

} // namespace understudy::test

int main(int argc, char **argv)
{
    testing::InitGoogleTest(&argc, argv);
    std::error_code ignored;
    if (!std::filesystem::is_directory(understudy::test::corpus(), ignored)) {
        std::cout << "corpus: not run: there is no folder " << understudy::test::corpus()
                  << " (UNDERSTUDY_CORPUS names another)\n";
        return 77;
    }
    return RUN_ALL_TESTS();
}
