// SPDX-License-Identifier: Apache-2.0
#include "tests/corpus/corpus.h"
#include "tests/support/json_path_suite.h"

#include <gtest/gtest.h>

namespace understudy::test {

TEST(JsonPathCompliance, PassesTheWholeSuite)
{
    checkJsonPathSuite(corpus() / "jsonpath/cts.json", 703);
}

} // namespace understudy::test
