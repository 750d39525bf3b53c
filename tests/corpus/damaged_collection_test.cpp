// SPDX-License-Identifier: Apache-2.0
#include "tests/corpus/corpus.h"
#include "tests/formats/damaged_files.h"

namespace understudy {
namespace {

TEST(DamagedCollection, IsRefusedWithAPlaceOrServesWhatIsValid)
{
    for (const char *folder : {"har", "http1", "mockoon", "openapi", "postman", "wiremock"})
        test::expectSafeWhenFilesAreDamaged(test::corpus() / folder, 8'000'000);
}

} // namespace
} // namespace understudy
