// SPDX-License-Identifier: Apache-2.0
#include "core/model/edit.h"
#include "tests/formats/recorded_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

/// Descriptions of SOAP services. The first one's answers were read by the client node-soap.
namespace understudy::formats::wsdl {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

constexpr const char *kName = "stock.wsdl";
constexpr const char *kSoap11 = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr const char *kSoap12 = "http://www.w3.org/2003/05/soap-envelope";

constexpr std::string_view kStock = R"x(<?xml version="1.0"?>
<!-- quotes -->
<definitions name="StockQuote" targetNamespace="urn:stock" xmlns:tns="urn:stock" xmlns:t="urn:types"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns="http://schemas.xmlsoap.org/wsdl/">
 <types><xs:schema targetNamespace="urn:types" elementFormDefault="qualified">
  <xs:element name="GetQuote"><xs:complexType><xs:sequence><xs:element name="symbol" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="GetQuoteResponse"><xs:complexType><xs:sequence><xs:element name="quote" type="t:Quote" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Ping"><xs:complexType/></xs:element>
  <xs:complexType name="Quote"><xs:complexContent><xs:extension base="t:Base"><xs:sequence>
   <xs:element name="price" type="t:Price"/><xs:element name="currency" type="t:Currency"/>
   <xs:element name="next" type="t:Quote" minOccurs="0"/>
   <xs:choice><xs:element name="day" type="xs:date"/><xs:element name="week" type="xs:int"/></xs:choice>
  </xs:sequence><xs:attribute name="market" type="xs:string" use="required"/></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="Base"><xs:sequence><xs:element name="symbol" type="xs:string" minOccurs="2" maxOccurs="5"/></xs:sequence></xs:complexType>
  <xs:simpleType name="Price"><xs:restriction base="xs:decimal"><xs:minInclusive value="10"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Currency"><xs:restriction base="xs:string"><xs:enumeration value="EUR"/><xs:enumeration value="USD"/></xs:restriction></xs:simpleType>
 </xs:schema></types>
 <message name="GetQuoteIn"><part name="parameters" element="t:GetQuote"/></message>
 <message name="GetQuoteOut"><part name="parameters" element="t:GetQuoteResponse"/></message>
 <message name="PingIn"><part name="p" element="t:Ping"/></message>
 <message name="AddIn"><part name="a" type="xs:int"/><part name="b" type="xs:int"/></message>
 <message name="AddOut"><part name="sum" type="xs:int"/></message>
 <portType name="StockPort">
  <operation name="GetQuote"><input message="tns:GetQuoteIn"/><output message="tns:GetQuoteOut"/><fault name="bad" message="tns:PingIn"/></operation>
  <operation name="Ping"><input message="tns:PingIn"/></operation>
 </portType>
 <portType name="CalcPort"><operation name="Add"><input message="tns:AddIn"/><output message="tns:AddOut"/></operation></portType>
 <binding name="B11" type="tns:StockPort"><soap:binding style="document"/>
  <operation name="GetQuote"><soap:operation soapAction="urn:GetQuote"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>
  <operation name="Ping"><soap:operation soapAction="urn:Ping"/><input><soap:body use="literal"/></input></operation>
 </binding>
 <binding name="B12" type="tns:StockPort"><soap12:binding style="document"/>
  <operation name="GetQuote"><soap12:operation soapAction="urn:GetQuote"/><input><soap12:body use="literal"/></input><output><soap12:body use="literal"/></output></operation>
 </binding>
 <binding name="BR" type="tns:CalcPort"><soap:binding style="rpc"/>
  <operation name="Add"><soap:operation soapAction="urn:Add"/><input><soap:body use="literal" namespace="urn:calc"/></input><output><soap:body use="literal" namespace="urn:calc"/></output></operation>
 </binding>
 <service name="S">
  <port name="P11" binding="tns:B11"><soap:address location="http://example.com/stock"/></port>
  <port name="P12" binding="tns:B12"><soap12:address location="http://example.com/stock"/></port>
  <port name="PR" binding="tns:BR"><soap:address location="http://example.com/calc"/></port>
 </service>
</definitions>)x";

LoadedServer imported(std::string_view text)
{
    LoadedServer loaded = loadedOne(text, kName);
    EXPECT_EQ(loaded.format, "wsdl");
    expectWhole(loaded.server);
    return loaded;
}

std::string envelope(const std::string &space, const std::string &body)
{
    return "<e:Envelope xmlns:e='" + space + "'><e:Body>" + body + "</e:Body></e:Envelope>";
}

std::string answered(const std::string &space, const std::string &body)
{
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\"" + space
           + "\"><soap:Body>" + body + "</soap:Body></soap:Envelope>\n";
}

/// A description with one operation, whose answer is the element `Out` of that schema.
std::string described(const std::string &schema, const std::string &more = {})
{
    return R"(<definitions targetNamespace="urn:s" xmlns:tns="urn:s" xmlns:t="urn:t"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
 xmlns="http://schemas.xmlsoap.org/wsdl/">)"
           + more + R"(<types><xs:schema targetNamespace="urn:t">)" + schema
           + R"(</xs:schema></types><message name="I"/>
 <message name="O"><part name="p" element="t:Out"/></message>
 <portType name="P"><operation name="Op"><input message="tns:I"/><output message="tns:O"/></operation></portType>
 <binding name="B" type="tns:P"><soap:binding/><operation name="Op"><soap:operation/><input><soap:body/></input><output><soap:body/></output></operation></binding>
 <service name="S"><port name="Q" binding="tns:B"><soap:address location="http://a/"/></port></service></definitions>)";
}

/// What lies in the body of the answer.
std::string sampleOf(const std::string &schema, const std::string &more = {})
{
    const LoadedServer loaded = imported(described(schema, more));
    const std::string body
        = ServedEnvironment(loaded.server).ask("POST", "/", {}, envelope(kSoap11, "")).body;
    const std::size_t begin = body.find("<soap:Body>") + 11;
    return body.substr(begin, body.find("</soap:Body>") - begin);
}

TEST(Wsdl, OperationsOfDocumentStyle)
{
    const LoadedServer loaded = imported(kStock);
    EXPECT_EQ(loaded.server.name, "StockQuote");
    const ServedEnvironment served(loaded.server);
    const std::string quote
        = R"(<GetQuoteResponse xmlns="urn:types"><quote xmlns="urn:types" market="string">)"
          R"(<symbol xmlns="urn:types">string</symbol><symbol xmlns="urn:types">string</symbol>)"
          R"(<price xmlns="urn:types">10</price><currency xmlns="urn:types">EUR</currency>)"
          R"(<day xmlns="urn:types">2024-01-31</day></quote></GetQuoteResponse>)";
    const std::string asked = "<GetQuote xmlns='urn:types'><symbol>A</symbol></GetQuote>";
    const Answer old = served.ask("POST", "/stock", {}, envelope(kSoap11, asked));
    EXPECT_EQ(old.body, answered(kSoap11, quote));
    EXPECT_THAT(old.head, HasSubstr("Content-Type: text/xml; charset=utf-8"));
    const Answer newer = served.ask("POST", "/stock", {}, envelope(kSoap12, asked));
    EXPECT_EQ(newer.body, answered(kSoap12, quote));
    EXPECT_THAT(newer.head, HasSubstr("Content-Type: application/soap+xml; charset=utf-8"));
    EXPECT_EQ(
        served.ask("POST", "/stock", {}, envelope(kSoap11, "<Ping xmlns='urn:types'/>")).status,
        202);
    EXPECT_EQ(served.ask("POST", "/stock", {}, envelope(kSoap11, "<Ping xmlns='urn:x'/>")).status,
              404);
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("GetQuote: its fault 'bad' is not sent"));
}

TEST(Wsdl, OperationsOfRpcStyleAndTheAction)
{
    const ServedEnvironment served(imported(kStock).server);
    const std::string sum = answered(
        kSoap11,
        R"(<rpc:AddResponse xmlns:rpc="urn:calc"><sum xmlns="">1</sum></rpc:AddResponse>)");
    const std::string asked = "<c:Add xmlns:c='urn:calc'><a>1</a><b>2</b></c:Add>";
    EXPECT_EQ(served.ask("POST", "/calc", {}, envelope(kSoap11, asked)).body, sum);
    // Clients that get the namespace wrong are known by the action.
    EXPECT_EQ(served.ask("POST", "/calc", "SOAPAction: \"urn:Add\"\r\n", "<x/>").body, sum);
    EXPECT_EQ(served
                  .ask("POST", "/stock",
                       "Content-Type: application/soap+xml; action=\"urn:GetQuote\"\r\n", "<x/>")
                  .status,
              200);
    EXPECT_EQ(served.ask("POST", "/calc", "SOAPAction: \"urn:Sub\"\r\n", "<x/>").status, 404);
}

TEST(Wsdl, OperationsWithTheSameElementAreToldApartByTheAction)
{
    std::string text(kStock);
    const std::string from = R"(<input message="tns:PingIn"/>)";
    text.replace(text.find(from), from.size(), R"(<input message="tns:GetQuoteIn"/>)");
    const ServedEnvironment served(imported(text).server);
    const std::string asked = envelope(kSoap11, "<GetQuote xmlns='urn:types'/>");
    EXPECT_EQ(served.ask("POST", "/stock", "SOAPAction: urn:Ping\r\n", asked).status, 202);
    EXPECT_EQ(served.ask("POST", "/stock", "SOAPAction: urn:GetQuote\r\n", asked).status, 200);
    EXPECT_EQ(served.ask("POST", "/stock", {}, asked).status, 404);
}

TEST(Wsdl, PartsThatTheBindingDoesNotNameAreLeftOut)
{
    std::string text(kStock);
    const std::string part = R"(<part name="sum" type="xs:int"/>)";
    text.replace(text.find(part), part.size(), part + R"(<part name="head" type="xs:int"/>)");
    const std::string body = R"(<output><soap:body use="literal" namespace="urn:calc")";
    text.replace(text.find(body), body.size(), body + R"( parts="sum")");
    const std::string asked = envelope(kSoap11, "<c:Add xmlns:c='urn:calc'/>");
    EXPECT_EQ(
        ServedEnvironment(imported(text).server).ask("POST", "/calc", {}, asked).body,
        answered(
            kSoap11,
            R"(<rpc:AddResponse xmlns:rpc="urn:calc"><sum xmlns="">1</sum></rpc:AddResponse>)"));
}

TEST(Wsdl, SamplesFollowTheSchema)
{
    EXPECT_EQ(sampleOf(R"(<xs:element name="Out" type="xs:dateTime"/>)"),
              R"(<Out xmlns="urn:t">2024-01-31T12:00:00Z</Out>)");
    EXPECT_EQ(
        sampleOf(R"(<xs:element name="Out"><xs:complexType><xs:all>
        <xs:element name="a" fixed="&lt;f&gt;"/><xs:element ref="t:R"/>
        <xs:element name="none" type="xs:int" maxOccurs="0"/></xs:all>
        <xs:attribute name="x" default="d"/><xs:attribute name="o"/></xs:complexType></xs:element>
        <xs:element name="R" type="xs:boolean"/>)"),
        R"(<Out xmlns="urn:t" x="d"><a xmlns="">&lt;f&gt;</a><R xmlns="urn:t">true</R></Out>)");
    EXPECT_EQ(sampleOf(R"(<xs:element name="Out"><xs:complexType><xs:simpleContent>
        <xs:extension base="xs:int"><xs:attribute name="u" use="required"><xs:simpleType>
        <xs:restriction base="xs:string"><xs:enumeration value="kg"/></xs:restriction>
        </xs:simpleType></xs:attribute></xs:extension></xs:simpleContent></xs:complexType></xs:element>)"),
              R"(<Out xmlns="urn:t" u="kg">1</Out>)");
    EXPECT_EQ(sampleOf(R"(<xs:element name="Out"><xs:complexType><xs:sequence><xs:group ref="t:G"/>
        </xs:sequence><xs:attributeGroup ref="t:A"/></xs:complexType></xs:element>
        <xs:group name="G"><xs:sequence><xs:element name="g" type="t:L"/></xs:sequence></xs:group>
        <xs:attributeGroup name="A"><xs:attribute name="y" fixed="1"/></xs:attributeGroup>
        <xs:simpleType name="L"><xs:list itemType="t:S"/></xs:simpleType>
        <xs:simpleType name="S"><xs:restriction base="xs:string"><xs:length value="3"/></xs:restriction></xs:simpleType>)"),
              R"(<Out xmlns="urn:t" y="1"><g xmlns="">str</g></Out>)");
}

TEST(Wsdl, WhatRefersToItselfEnds)
{
    EXPECT_EQ(sampleOf(R"(<xs:element name="Out" type="t:T"/><xs:complexType name="T"><xs:sequence>
        <xs:element name="must" type="t:T"/><xs:element name="may" type="t:T" minOccurs="0"/>
        </xs:sequence></xs:complexType>)"),
              R"(<Out xmlns="urn:t"><must xmlns=""/></Out>)");
    std::string wide = R"(<xs:element name="Out" type="t:T0"/>)";
    for (int i = 0; i < 30; ++i) {
        const std::string next = std::to_string(i + 1);
        wide += "<xs:complexType name='T" + std::to_string(i)
                + "'><xs:sequence minOccurs='20' maxOccurs='20'><xs:element name='a' type='t:T"
                + next + "' minOccurs='20' maxOccurs='20'/></xs:sequence></xs:complexType>";
    }
    EXPECT_LT(sampleOf(wide).size(), 2'000'000u);
    for (
        const char *circle :
        {R"(<xs:element name="Out" type="t:A"/><xs:simpleType name="A"><xs:restriction base="t:A"/></xs:simpleType>)",
         R"(<xs:element name="Out" type="t:A"/><xs:complexType name="A"><xs:complexContent><xs:extension base="t:A"/></xs:complexContent></xs:complexType>)",
         R"(<xs:element name="Out"><xs:complexType><xs:group ref="t:G"/></xs:complexType></xs:element><xs:group name="G"><xs:sequence><xs:group ref="t:G"/></xs:sequence></xs:group>)"})
        EXPECT_THAT(sampleOf(circle), HasSubstr("<Out"));
}

TEST(Wsdl, WhatIsInNoSchemaIsSaid)
{
    const LoadedServer loaded = imported(described(
        R"(<xs:element name="Out"><xs:complexType><xs:sequence><xs:element name="a" type="t:Gone"/>
        <xs:element ref="t:Lost"/></xs:sequence></xs:complexType></xs:element>)"));
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("the type Gone is in no schema"));
    EXPECT_THAT(said, HasSubstr("the element t:Lost is in no schema"));
    EXPECT_THAT(allMessages(imported(described("")).problems),
                HasSubstr("its answer's element 't:Out' is in no schema; left out"));
}

TEST(Wsdl, AttributesOfOtherNamespacesAndByReference)
{
    EXPECT_EQ(
        sampleOf(R"(<xs:element name="Out"><xs:complexType><xs:attribute ref="t:A" use="required"/>
        <xs:attribute ref="t:F"/><xs:attribute name="q" form="qualified" type="xs:int" use="required"/>
        </xs:complexType></xs:element><xs:attribute name="A" type="xs:boolean"/>
        <xs:attribute name="F" fixed="f"/>)"),
        R"(<Out xmlns="urn:t" xmlns:a1="urn:t" a1:A="true" xmlns:a2="urn:t" a2:F="f" xmlns:a3="urn:t" a3:q="1"/>)");
}

TEST(Wsdl, AbstractElementsAreTheFirstOfTheirMembers)
{
    const std::string members = R"(<xs:element name="H" abstract="true" type="xs:int"/>
        <xs:element name="M" substitutionGroup="t:H" abstract="true"/>
        <xs:element name="N" substitutionGroup="t:M"/>
        <xs:element name="L" substitutionGroup="t:L" abstract="true"/>)";
    EXPECT_EQ(
        sampleOf(R"(<xs:element name="Out"><xs:complexType><xs:sequence><xs:element ref="t:H"/>
        </xs:sequence></xs:complexType></xs:element>)"
                 + members),
        R"(<Out xmlns="urn:t"><N xmlns="urn:t">1</N></Out>)");
    EXPECT_EQ(sampleOf(R"(<xs:element name="Out" abstract="true"/>
        <xs:element name="Real" type="xs:int" substitutionGroup="t:Out"/>)"),
              R"(<Real xmlns="urn:t">1</Real>)");
}

TEST(Wsdl, WhatAStrictClientRefusesIsSaid)
{
    const std::pair<const char *, const char *> rows[]{
        {R"(<xs:any/>)", "what stands for any element ('any') is left out"},
        {R"(<xs:element ref="t:H"/>)", "the element t:H is abstract and has no member"},
        {R"(<xs:element name="a" type="t:T"/>)", "the type t:T is abstract"},
        {R"(<xs:element name="a" type="t:P"/>)",
         "the facet pattern [A-Z]{3} is not kept by 'string'"},
        {R"(<xs:element name="a" type="t:E"/>)", "the facet minExclusive 1 is not kept by '1'"},
        {R"(<xs:element name="a" type="t:S"/>)", "the facet minLength 2000 is not kept"},
        {R"(<xs:element name="a" type="xs:int" minOccurs="21"/>)", "more than 20 times"},
        {R"(<xs:group ref="t:Gone"/>)", "the group t:Gone is in no schema"},
        {R"(<xs:any minOccurs="0"/>)", ""},
        {R"(<xs:element name="a" type="t:K"/>)", ""},
    };
    for (const auto &[particle, message] : rows) {
        const LoadedServer loaded = imported(described(
            R"(<xs:element name="Out"><xs:complexType><xs:sequence>)" + std::string(particle)
            + R"(</xs:sequence></xs:complexType></xs:element><xs:element name="H" abstract="true"/>
            <xs:complexType name="T" abstract="true"/>
            <xs:simpleType name="P"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{3}"/></xs:restriction></xs:simpleType>
            <xs:simpleType name="K"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{3}"/><xs:pattern value="[a-z]+"/></xs:restriction></xs:simpleType>
            <xs:simpleType name="E"><xs:restriction base="xs:int"><xs:minExclusive value="1"/></xs:restriction></xs:simpleType>
            <xs:simpleType name="S"><xs:restriction base="xs:string"><xs:minLength value="2000"/></xs:restriction></xs:simpleType>)"));
        const std::string said = allMessages(loaded.problems);
        if (std::string_view(message).empty())
            EXPECT_EQ(said, "") << particle;
        else
            EXPECT_THAT(said, HasSubstr(message)) << particle;
    }
}

TEST(Wsdl, ImportsAreFilesBelowTheFolder)
{
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "xsd");
    folder.write("xsd/a.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
        targetNamespace="urn:t"><xs:include schemaLocation="a.xsd"/><xs:include schemaLocation="b.xsd"/>
        <xs:element name="Out" type="xs:int"/></xs:schema>)");
    folder.write("xsd/b.xsd", "<xs:schema");
    const auto file = folder.write("s.wsdl", described(R"(<xs:import schemaLocation="xsd/a.xsd"/>
        <xs:import schemaLocation="../out.xsd"/><xs:import schemaLocation="http://a/b.xsd"/>
        <xs:include schemaLocation="/etc/passwd"/>)"));
    const LoadOutcome outcome = load(file);
    ASSERT_EQ(outcome.servers.size(), 1u) << allMessages(outcome.errors);
    const std::string said = allMessages(outcome.servers[0].problems);
    for (const char *part : {"'../out.xsd' is not read", "'http://a/b.xsd' is not read",
                             "'/etc/passwd' is not read", "'b.xsd' is not read"})
        EXPECT_THAT(said, HasSubstr(part));
    EXPECT_THAT(said, Not(HasSubstr("is in no schema")));
    const ServedEnvironment served(outcome.servers[0].server);
    EXPECT_THAT(served.ask("POST", "/", {}, envelope(kSoap11, "")).body,
                HasSubstr(R"(<Out xmlns="urn:t">1</Out>)"));
}

TEST(Wsdl, WhatCannotBeReadHasAPlaceAndACure)
{
    const std::pair<std::string, const char *> rows[]{
        {"<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a/>", "stock.wsdl:1:1: a document type is not read"},
        {"<a>\n <b></c></a>", "stock.wsdl:2:8: the end of the element 'b' was expected"},
        {"<a b=1/>", "the value of the attribute 'b' has no quotes"},
        {"<a>\n\xE9</a>", "stock.wsdl:2:1: there are characters that are not UTF-8"},
        {"<a/>", "this is no description of WSDL 1.1"},
        {"", "an element was expected"},
        {R"(<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>)", "has no operation to serve"},
    };
    for (const auto &[text, message] : rows) {
        const LoadOutcome outcome = loadText(text, kName, {.format = "wsdl"});
        ASSERT_EQ(outcome.errors.size(), 1u) << text;
        EXPECT_THAT(outcome.errors[0].error.text(), HasSubstr(message));
    }
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "<a>";
    EXPECT_THAT(loadText(deep, kName, {.format = "wsdl"}).errors.at(0).error.message,
                HasSubstr("more than 100 levels"));
}

TEST(WsdlHostile, DamagedFilesAreSafe)
{
    expectSafeWhenDamaged(std::string(kStock), kName, "wsdl", 400);
}

TEST(WsdlHostile, EveryCutIsSafe)
{
    for (std::size_t length = 0; length < kStock.size(); length += 7)
        expectSafe(kStock.substr(0, length), kName, "wsdl");
}

TEST(WsdlHostile, ValuesInStrangePlacesAreSafe)
{
    const std::string document(kStock);
    for (std::size_t at = document.find("=\""); at != std::string::npos;
         at = document.find("=\"", at + 2)) {
        const std::size_t end = document.find('"', at + 2);
        for (const char *strange : {"", "t:Quote", "tns:B11", "-1", "99999999999999999999", "&#0;",
                                    "a b\tc", "..", "http://", "]]>{*}"})
            expectSafe(document.substr(0, at + 2) + strange + document.substr(end), kName, "wsdl");
    }
}

TEST(Wsdl, NamespacesInsideOfEachOtherHaveABound)
{
    std::string text = "<definitions xmlns=\"http://schemas.xmlsoap.org/wsdl/\"";
    for (int i = 0; i < 3'000; ++i)
        text += " xmlns:p" + std::to_string(i) + "=\"u\"";
    text += ">";
    for (int i = 0; i < 3'000; ++i)
        text += "<a xmlns:q=\"v\"/>";
    const LoadOutcome outcome = loadText(text + "</definitions>", "x.wsdl", {.format = "wsdl"});
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_THAT(outcome.errors[0].error.message, HasSubstr("too many declarations of namespaces"));
    EXPECT_GT(outcome.errors[0].error.where.line, 0);
}

} // namespace
} // namespace understudy::formats::wsdl
