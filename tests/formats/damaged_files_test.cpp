// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/damaged_files.h"

namespace understudy {
namespace {

class DamagedFiles : public testing::TestWithParam<std::string>
{};

TEST_P(DamagedFiles, AreRefusedWithAPlaceOrServeWhatIsValid)
{
    test::expectSafeWhenFilesAreDamaged(
        std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / "tests/data" / GetParam(), 2'000'000);
}

INSTANTIATE_TEST_SUITE_P(All, DamagedFiles,
                         testing::Values("http1", "json_server", "jsonpath", "mockoon",
                                         "mockoon_peer", "mountebank", "native", "openapi",
                                         "wiremock"),
                         [](const testing::TestParamInfo<std::string> &one) { return one.param; });

} // namespace
} // namespace understudy
