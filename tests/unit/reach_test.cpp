// SPDX-License-Identifier: Apache-2.0
// What a document says and no request fulfils.
#include "core/formats/format.h"
#include "core/model/reach.h"

#include <gmock/gmock.h>

using namespace understudy;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

std::vector<std::string> warningsOf(const std::string &endpoint)
{
    const auto loaded = formats::loadText("understudy: 1\nendpoints:\n- " + endpoint + "\n",
                                          "t.mock.yaml", "native");
    std::vector<std::string> out;
    for (const Problem &problem : loaded.errors)
        ADD_FAILURE() << endpoint << ": " << problem.error.text();
    if (!loaded.servers.empty()) {
        for (const Finding &finding : findUnreachable(loaded.servers.at(0).server))
            out.push_back(finding.field + ": " + finding.message);
    }
    return out;
}

std::vector<std::string> warningsOfRule(const std::string &when)
{
    return warningsOf("{path: /x, responses: [{when: " + when + ", body: x}]}");
}

} // namespace

TEST(Reach, SaysThatMethodsInRulesAreUpperCase)
{
    EXPECT_THAT(warningsOfRule("[method: {equals: get}]"),
                ElementsAre(HasSubstr("did you mean 'GET'")));
    EXPECT_EQ(warningsOfRule("[method: {oneOf: [get, post]}]").size(), 2u);
    EXPECT_THAT(warningsOfRule("[method: {oneOf: [GET, purge]}]"), IsEmpty());
    EXPECT_THAT(warningsOfRule("[method: {equalsIgnoreCase: get}]"), IsEmpty());
}

TEST(Reach, SaysThatAnyIsTheNameOfAllMethods)
{
    EXPECT_THAT(warningsOf("{path: /x, method: '*', responses: [{body: x}]}"),
                ElementsAre(HasSubstr("did you mean ANY?")));
    EXPECT_THAT(warningsOf("{path: /x, method: ALL, responses: [{body: x}]}"),
                ElementsAre(HasSubstr("did you mean ANY?")));
}

TEST(Reach, SaysWhatIsNoPartOfAPath)
{
    EXPECT_THAT(warningsOf("{path: '/m?x=1', responses: [{body: x}]}"),
                ElementsAre(HasSubstr("it never matches")));
    EXPECT_THAT(warningsOf("{path: '/n/:id/x', responses: [{body: x}]}"),
                ElementsAre(HasSubstr("did you mean {id}?")));
    EXPECT_THAT(warningsOf("{path: '/n/{id:a?b}/x:y/%3F', responses: [{body: x}]}"), IsEmpty());
    EXPECT_THAT(warningsOf("{path: 'regex:/a?', responses: [{body: x}]}"), IsEmpty());
}

TEST(Reach, SaysThatJsonInATextIsAText)
{
    for (const std::string text : {"12", "true", "null", "[1]", "{\"a\": 1}"})
        EXPECT_THAT(warningsOfRule("[body: {json: '" + text + "'}]"),
                    ElementsAre(HasSubstr("leave the quotes away")))
            << text;
    EXPECT_THAT(warningsOfRule("[body: {json: abc}]"), IsEmpty());
    EXPECT_THAT(warningsOfRule("{any: [{body: {json: '12'}}, {body: {json: 12}}]}"), IsEmpty())
        << "both are meant";
}
