// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/asked_support.h"
#include "tests/formats/httpfile_support.h"
#include "tests/formats/recorded_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

namespace understudy::formats::httpfile {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(HttpFileExport, AsksForTheFirstAnswerOfEachEndpoint)
{
    const auto exported = exportServer(parseMock(kAskedMock), "http");
    ASSERT_TRUE(exported);
    EXPECT_EQ(exported->text, R"(# Shop
@baseUrl = http://127.0.0.1:4000

### One
# @name get_users_id_day_d_4_d_d_d_d_f_n_json
# First.
# Second.
GET {{baseUrl}}/v1/users/a%2Fb/2024-01-31/f-1.json?q=it%27s%20%26%20that
X-A: b
Cookie: c=d

### POST /a b/
# @name post_head_a_b_post
POST {{baseUrl}}/v1/a%20b/
Content-Type: application/json

{"a":[1]}

### HEAD /a b/
# @name post_head_a_b_head
HEAD {{baseUrl}}/v1/a%20b/
Content-Type: application/json

{"a":[1]}

### POST /form
# @name post_form
POST {{baseUrl}}/v1/form
Content-Type: application/x-www-form-urlencoded

a=b%20c

### POST /text
# @name post_text
POST {{baseUrl}}/v1/text

###
{{x}}
)");
    const std::string report = allMessages(exported->report);
    EXPECT_THAT(report, HasSubstr("the request does not say what the rule for header.Y wants"));
    EXPECT_THAT(report, HasSubstr("1 more with rules have none"));
    EXPECT_THAT(report, HasSubstr("no address follows from a regular expression"));
    EXPECT_THAT(report, HasSubstr("GET /off: it is switched off; left out"));
    EXPECT_THAT(report, HasSubstr("means something else in such a file"));
    EXPECT_THAT(report, HasSubstr("{{double braces}}"));
}

TEST(HttpFileExport, IsReadAgain)
{
    const Server server = loadedOne(kShop, "shop.http").server;
    const auto exported = exportText(server, "http");
    ASSERT_TRUE(exported);
    EXPECT_THAT(labelsOf(loadedOne(*exported, "a.http").server),
                ElementsAre("List users (GET /api/v1/users)", "One user (GET /api/v1/users/1)",
                            "create (POST /api/v1/users)", "upload (POST /api/v1/upload)"));
}

} // namespace
} // namespace understudy::formats::httpfile
