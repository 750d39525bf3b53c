// SPDX-License-Identifier: Apache-2.0
#include "core/formats/described/examples.h"
#include "tests/formats/recorded_support.h"

namespace understudy::formats::described {
namespace {

TEST(SavedStatus, IsOneThatEndsARequestOr200)
{
    Notes notes("x");
    const recorded::AnswerScope scope{notes, "GET /a", {1, 1}};
    for (const double status : {200.0, 404.0, 999.0})
        EXPECT_EQ(endingStatus(status, scope), static_cast<int>(status));
    EXPECT_TRUE(notes.take().empty());
    for (const double status : {-1.0, 101.0, 199.0, 200.5, 1000.0, 1e300})
        EXPECT_EQ(endingStatus(status, scope), 200) << status;
    EXPECT_EQ(endingStatus({}, scope), 200);
    EXPECT_EQ(notes.take().size(), 7u);
}

} // namespace
} // namespace understudy::formats::described
