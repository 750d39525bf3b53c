// SPDX-License-Identifier: Apache-2.0
// Names in XPath expressions expand to addresses (XPath 1.0, section 2.3).
#include "core/match/xml_body.h"
#include "core/match/xpath.h"
#include "tests/unit/rule_support.h"

using namespace understudy;
using namespace understudy::test;

namespace {

bool selects(const std::string &path, const std::string &document,
             const std::string &namespaces = "{q: 'urn:x'}")
{
    return rulesHold("[{body: {xPath: '" + path + "', namespaces: " + namespaces + "}}]",
                     postOf("application/xml", document));
}

} // namespace

TEST(XPathNames, APrefixStandsForItsAddress)
{
    EXPECT_TRUE(selects("//q:a", "<p:a xmlns:p=\"urn:x\"/>"));
    EXPECT_TRUE(selects("//q:a", "<a xmlns=\"urn:x\"/>"));
    EXPECT_FALSE(selects("//q:a", "<q:a xmlns:q=\"urn:other\"/>"));
    EXPECT_FALSE(selects("//q:a", "<a/>"));
    EXPECT_TRUE(selects("//q:a/q:b", "<a xmlns=\"urn:x\"><b/></a>"));
    EXPECT_TRUE(selects("/q:a/r:b", "<a xmlns=\"urn:x\"><b xmlns=\"urn:y\"/></a>",
                        "{q: 'urn:x', r: 'urn:y'}"));
    EXPECT_FALSE(selects("/q:a/q:b", "<a xmlns=\"urn:x\"><b xmlns=\"\"/></a>"));
}

TEST(XPathNames, ANameWithoutPrefixIsInNoNamespace)
{
    EXPECT_FALSE(selects("//a", "<a xmlns=\"urn:x\"/>"));
    EXPECT_FALSE(selects("//a", "<p:a xmlns:p=\"urn:x\"/>"));
    EXPECT_TRUE(selects("//a", "<a/>"));
    EXPECT_TRUE(selects("//q:a/b", "<p:a xmlns:p=\"urn:x\"><b/></p:a>"));
}

TEST(XPathNames, AttributesHaveTheirOwnRule)
{
    EXPECT_TRUE(selects("//q:a[@id=1]", "<a xmlns=\"urn:x\" id=\"1\"/>"));
    EXPECT_TRUE(selects("//@q:id", "<a xmlns:p=\"urn:x\" p:id=\"1\"/>"));
    EXPECT_FALSE(selects("//@q:id", "<a xmlns=\"urn:x\" id=\"1\"/>"));
    EXPECT_FALSE(selects("//@id", "<a xmlns:p=\"urn:x\" p:id=\"1\"/>"));
    EXPECT_TRUE(selects("//attribute::q:id", "<a xmlns:p=\"urn:x\" p:id=\"1\"/>"));
    EXPECT_TRUE(selects("//@xml:lang", "<a xml:lang=\"en\"/>"));
}

TEST(XPathNames, OperatorsFunctionsAndTextsAreNotNames)
{
    const std::string document = "<p:div xmlns:p=\"urn:x\"><p:or>6</p:or><and>q:div</and></p:div>";
    EXPECT_TRUE(selects("//q:div/q:or div 2 = 3 and true()", document));
    EXPECT_TRUE(selects("//q:div[and = \"q:div\" or false()]", document));
    EXPECT_TRUE(selects("count(//q:*) * 2 = 4", document));
    EXPECT_TRUE(selects("//q:div/child::q:or[1]", document));
    EXPECT_TRUE(selects("//q:or/parent::q:div", document));
    EXPECT_TRUE(selects("//q:or/following-sibling::*", document));
    EXPECT_TRUE(selects("string(//q:or/text()) = \"6\"", document));
}

TEST(XPathNames, AnUnknownPrefixIsAFinding)
{
    const auto path = XPath::compile("//z:a", {{"q", "urn:x"}});
    ASSERT_FALSE(path);
    EXPECT_NE(path.error().message.find("prefix 'z'"), std::string::npos) << path.error().message;
}

TEST(XPathNames, WithoutNamespacesNamesAreComparedAsWritten)
{
    const auto request = postOf("application/xml", "<s:a xmlns:s=\"urn:x\"><b/></s:a>");
    EXPECT_TRUE(rulesHold("[{body: {xPath: '/s:a/b'}}]", request));
    EXPECT_TRUE(rulesHold("[{'body:/s:a/b': {absent: false}}]", request));
}

TEST(XPathNodes, AreCommentsAndInstructionsToo)
{
    const std::string document = "<a><!--c--><?go x?></a>";
    EXPECT_TRUE(selects("/a/comment()", document));
    EXPECT_TRUE(selects("/a/processing-instruction(\"go\")", document));
    EXPECT_TRUE(
        rulesHold("[{'body:/a/comment()': {equals: c}}]", postOf("application/xml", document)));
    EXPECT_FALSE(selects("/a/text()", document));
}

TEST(XPathResult, IsABooleanByTheRulesOfXPath)
{
    const auto request = postOf("application/xml", "<a>false</a>");
    EXPECT_TRUE(rulesHold("[{body: {xPath: '//a'}}]", request)) << "a node is there";
    EXPECT_FALSE(rulesHold("[{body: {xPath: 'count(//b)'}}]", request)) << "0 is false";
    EXPECT_TRUE(rulesHold("[{body: {xPath: 'string(//a)'}}]", request))
        << "a text that is not empty";
    EXPECT_FALSE(rulesHold("[{body: {xPath: '//a = 1'}}]", request));
}
