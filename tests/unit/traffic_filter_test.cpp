// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/traffic_filter_support.h"

namespace understudy::test::filtering {

TEST(TrafficFilter, LetsEverythingThroughWhenEmpty)
{
    const auto filter = TrafficFilter::parse("  \t ");
    ASSERT_TRUE(filter.hasValue());
    EXPECT_TRUE(filter->isEmpty());
    EXPECT_TRUE(filter->matches({1, std::make_shared<Exchange>()}));
}

TEST(TrafficFilter, FindsWordsInWhatTheRowShows)
{
    expectAll({{"orders", true},
               {"ORDERS", true},
               {"page=2", true},
               {"shop", true},
               {"404", true},
               {"{id}", true},
               {"50312", true},
               {"get", true},
               {"needle", false},
               {"customers", false},
               {"\"Shop API\"", true},
               {"\"API Shop\"", false},
               {"http://nowhere", false}},
              sample());
}

TEST(TrafficFilter, FindsDecodedTextOfATarget)
{
    Exchange e = sample();
    e.request = parseHead("GET", "/caf%C3%A9/a%20b");
    expectAll({{"café", true}, {"\"a b\"", true}, {"a%20b", true}, {"path:/café", true}}, e);
}

TEST(TrafficFilter, ComparesStatus)
{
    expectAll({{"status:404", true},
               {"status:4xx", true},
               {"status:40x", true},
               {"status:4XX", true},
               {"status:41x", false},
               {"status:5xx", false},
               {"status:200|404", true},
               {"status:200,5xx", false},
               {"status:>=400", true},
               {"status:>404", false},
               {"status:<500", true},
               {"status:<=403", false},
               {"status:=404", true},
               {"status:!=404", false},
               {"status:!=5xx", true},
               {"status:400..499", true},
               {"status:500..599", false},
               {"status:5xx|>=400", true},
               {"STATUS:404", true}},
              sample());
}

TEST(TrafficFilter, KnowsThatNothingWasSent)
{
    Exchange e = sample();
    e.status = 0;
    expectAll({{"status:0", true}, {"status:<100", true}, {"status:404", false}}, e);
}

TEST(TrafficFilter, ComparesMethods)
{
    expectAll({{"method:GET", true},
               {"method:get", true},
               {"method:POST,GET", true},
               {"method:POST|PUT", false},
               {"method:GE", false}},
              sample());
}

TEST(TrafficFilter, ReadsPathsAsPrefixGlobOrPart)
{
    expectAll({{"path:/orders", true},
               {"path:/orders/", true},
               {"path:/orders/17", true},
               {"path:/orders/17/", false},
               {"path:/order", false},
               {"path:/ORDERS", false},
               {"path:/orders/*", true},
               {"path:/ord*", true},
               {"path:*17", true},
               {"path:/*/1", false},
               {"path:/orders", true},
               {"path:ders", true},
               {"path:17?page", false},
               {"path:page", false},
               {"path:/users,/orders", true},
               {"path:\"/orders/*\"", false}},
              sample());
}

TEST(TrafficFilter, MatchesGlobsAcrossSegments)
{
    Exchange e = sample();
    e.request = parseHead("GET", "/a/b+c/d.e");
    expectAll({{"path:/a/*", true}, {"path:/a/*/d.e", true}, {"path:/a/*/dxe", false}}, e);
}

TEST(TrafficFilter, LooksIntoHeadersOfBothSides)
{
    expectAll({{"header:accept", true},
               {"header:accept=HTML", true},
               {"header:accept=json", false},
               {"header:x-trace=abc", true},
               {"header:\"accept=text/html; q\"", true},
               {"header:cookie", false}},
              sample());
}

TEST(TrafficFilter, LooksIntoBodies)
{
    expectAll({{"body:needle", true},
               {"body:NEEDLE", true},
               {"reqbody:needle", true},
               {"respbody:needle", false},
               {"respbody:reply", true},
               {"body:\"in the\"", true},
               {"body:größe", true},
               {"body:/n.{2}dle/", true},
               {"body:/N.{2}dle/", false},
               {"body:/N.{2}dle/i", true},
               {"(body:/(need|pin)le/)", true},
               {"body:absent", false}},
              sample());
}

TEST(TrafficFilter, SearchesBodiesThatAreNotUtf8)
{
    Exchange e = sample();
    e.responseBody = body(std::string("\xff\xfe\0plain\xc3", 9));
    expectAll({{"body:plain", true}, {"body:/pl.in/", true}}, e);
}

TEST(TrafficFilter, ComparesDurations)
{
    expectAll({{"dur:>200ms", true},
               {"dur:>200", true},
               {"dur:<0.2s", false},
               {"dur:100ms..250ms", true},
               {"dur:1s..2s", false},
               {"dur:>=250ms", true},
               {"dur:>250ms", false},
               {"dur:200ms", true},
               {"dur:<1ms|>240ms", true}},
              sample());
}

TEST(TrafficFilter, ComparesSizes)
{
    Exchange e = sample();
    e.requestBody.size = 200;
    e.responseBody.size = 1000;
    expectAll({{"size:>1k", true},
               {"size:>1.2k", false},
               {"size:=1200", true},
               {"size:>1KiB", true},
               {"size:<1MB", true},
               {"reqsize:<=200b", true},
               {"reqsize:>200", false},
               {"respsize:>=1kb", true}},
              e);
}

TEST(TrafficFilter, KnowsHowARequestWasAnswered)
{
    Exchange e = sample();
    expectAll({{"is:unmatched", true},
               {"is:matched", false},
               {"is:error", true},
               {"is:fault", false},
               {"is:tls", false},
               {"is:proxied", false},
               {"is:matched|unmatched", true},
               {"is:pinned", false}},
              e);
    e.match = MatchKind::Proxied;
    e.status = 200;
    expectAll({{"is:proxied", true}, {"is:unmatched", false}, {"is:error", false}}, e);
    e.error = "client closed before the answer was sent";
    expectAll({{"is:error", true}, {"closed", true}}, e);
}

TEST(TrafficFilter, FindsWhatWasBrokenOnPurpose)
{
    Exchange e = sample();
    BehaviourRecord record;
    record.fault.emplace();
    record.fault->kind = FaultKind::HalfClose;
    record.fault->label = "half-close";
    e.behaviour = std::make_shared<const BehaviourRecord>(record);
    expectAll({{"is:fault", true},
               {"fault:half-close", true},
               {"fault:Half", true},
               {"fault:close", false}, // a kind of its own
               {"fault:close|half-close", true},
               {"-fault:reset", true},
               {"half-close", true}},
              e);
    record.fault->kind = FaultKind::Status;
    record.fault->label = "status 503";
    e.behaviour = std::make_shared<const BehaviourRecord>(record);
    expectAll({{"fault:status", true}, {"fault:503", true}, {"fault:500", false}}, e);
    record.fault.reset();
    e.behaviour = std::make_shared<const BehaviourRecord>(record);
    expectAll({{"is:fault", false}, {"fault:status", false}}, e);
}

TEST(TrafficFilter, CountsAConnectionBrokenBeforeItsRequestAsAnError)
{
    Exchange e;
    e.match = MatchKind::NoRequest;
    expectAll({{"is:error", true}, {"is:unmatched", false}, {"status:0", true}}, e);
}

TEST(TrafficFilter, ComparesInjectedLatencyOfAllPlaces)
{
    Exchange e = sample();
    e.timings.plannedLatency = 150ms;
    expectAll({{"latency:150", true}, {"latency:>150ms", false}}, e);
    BehaviourRecord record;
    record.latencies.resize(2);
    record.latencies[0].value = 150ms;
    record.latencies[1].place = LatencyPlace::Body;
    record.latencies[1].value = 1s;
    e.behaviour = std::make_shared<const BehaviourRecord>(record);
    expectAll({{"latency:>1s", true}, {"latency:1.1s..1.2s", true}, {"latency:>2s", false}}, e);
}

TEST(TrafficFilter, TellsTlsFromPlainText)
{
    Exchange e = sample();
    expectAll({{"is:tls", false}}, e);
    e.tls = "TLS 1.3, shop.localhost";
    expectAll({{"is:tls", true}}, e);
}

TEST(TrafficFilter, AsksTheContextForPinsMarksAndTime)
{
    const FilterContext context{.now = {}, .pinned = true, .mark = "red"};
    EXPECT_TRUE(holds("is:pinned", sample(), context));
    EXPECT_TRUE(holds("mark:Red", sample(), context));
    EXPECT_TRUE(holds("mark:blue|red", sample(), context));
    EXPECT_FALSE(holds("mark:blue", sample(), context));
    EXPECT_TRUE(holds("since:5m", sample(), context));
    EXPECT_FALSE(holds("since:60s", sample(), context));
}

TEST(TrafficFilter, FindsServersEndpointsAndClients)
{
    expectAll({{"server:shop", true},
               {"server:srv1", true},
               {"server:srv", false},
               {"server:\"Shop API\"", true},
               {"endpoint:ep7", true},
               {"endpoint:orders", true},
               {"endpoint:users", false},
               {"client:127.0.0.1", true},
               {"client:10.", false}},
              sample());
}

TEST(TrafficFilter, CombinesTerms)
{
    expectAll({{"status:404 path:/orders", true},
               {"status:404 AND path:/users", false},
               {"status:500 OR path:/orders", true},
               {"status:500 OR path:/users OR shop", true},
               {"-status:404", false},
               {"-status:500", true},
               {"NOT status:500", true},
               {"NOT NOT status:404", true},
               {"-(status:404 path:/users)", true},
               {"-(status:404 OR path:/users)", false},
               {"status:500 path:/users OR shop", true},
               {"shop (status:500 OR path:/users)", false},
               {"(shop)(orders)", true},
               {"and or not", false},
               {"ORDERS", true}},
              sample());
}

TEST(TrafficFilter, TakesRegularExpressions)
{
    expectAll({{R"(/orders\/\d+/)", true},
               {R"(/^GET$/)", true},
               {"/shop/", false},
               {"/shop/i", true},
               {"(/x/ OR /ord(er|re)s/)", true},
               {"/orders/17", true},
               {"-/orders/", false}},
              sample());
}

TEST(TrafficFilter, GivesUpOnExpressionsThatBacktrackWithoutEnd)
{
    Exchange e = sample();
    e.responseBody = body(std::string(5000, 'a'));
    EXPECT_FALSE(holds("respbody:/(a+)+(a+)+b$/", e));
}

TEST(TrafficFilter, SaysWhetherItReadsBodiesOrTheClock)
{
    EXPECT_TRUE(TrafficFilter::parse("-(x OR body:y)")->readsBodies());
    EXPECT_FALSE(TrafficFilter::parse("x status:404")->readsBodies());
    EXPECT_TRUE(TrafficFilter::parse("x since:5m")->readsClock());
    EXPECT_FALSE(TrafficFilter::parse("x")->readsClock());
}

} // namespace understudy::test::filtering
