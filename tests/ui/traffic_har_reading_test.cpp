// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/traffic_samples.h"
#include "ui/models/traffic_cells.h"
#include "ui/services/traffic_har.h"
#include "ui/services/traffic_har_reader.h"

#include <QBuffer>

#include <gmock/gmock.h>

#include <random>

using namespace understudy;
using namespace understudy::ui;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

HarReading readText(const QByteArray &text, Journal &journal)
{
    QBuffer file;
    file.setData(text);
    file.open(QIODevice::ReadOnly);
    HarProgress progress;
    return readHar(file, QStringLiteral("shop.har"), journal, progress);
}

QByteArray archiveOf(const QByteArray &entries)
{
    return "{\"log\": {\"version\": \"1.2\", \"entries\": [\n" + entries + "\n]}}";
}

/// What an entry of another program becomes.
std::shared_ptr<const Exchange> readOne(const QByteArray &entry)
{
    Journal journal;
    const HarReading reading = readText(archiveOf(entry), journal);
    EXPECT_EQ(reading.error.toStdString(), "");
    return journal.at(1).exchange;
}

/// Written by us, and read again.
std::shared_ptr<const Exchange> thereAndBack(std::shared_ptr<const Exchange> exchange)
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    writeHar(
        out, {1}, [&](quint64) { return exchange; }, TrafficRedaction{{}, {}, {}});
    Journal journal;
    const HarReading reading = readText(out.data(), journal);
    EXPECT_EQ(reading.error.toStdString(), "");
    EXPECT_TRUE(reading.problems.empty());
    return journal.at(1).exchange;
}

std::string textOr(const std::shared_ptr<const std::string> &text)
{
    return text ? *text : "(none)";
}

void expectSameBody(const CapturedBody &read, const CapturedBody &written)
{
    EXPECT_EQ(textOr(read.content), textOr(written.content));
    EXPECT_EQ(read.size, written.size);
    EXPECT_EQ(read.cut, written.cut);
    EXPECT_EQ(read.dropped, written.dropped);
}

void expectSame(const Exchange &read, const Exchange &written)
{
    // The format has milliseconds.
    EXPECT_EQ(read.received, std::chrono::floor<std::chrono::milliseconds>(written.received));
    EXPECT_EQ(read.request.raw(), written.request.raw());
    EXPECT_EQ(read.responseHead, written.responseHead);
    EXPECT_EQ(read.status, written.status);
    EXPECT_EQ(read.match, written.match);
    EXPECT_EQ(read.connection, written.connection);
    EXPECT_EQ(read.ordinal, written.ordinal);
    EXPECT_EQ(read.cause, written.cause);
    EXPECT_EQ(read.client, written.client);
    EXPECT_EQ(read.tls, written.tls);
    EXPECT_EQ(read.error, written.error);
    for (auto each : {&Exchange::serverId, &Exchange::serverName, &Exchange::endpointId,
                      &Exchange::endpointLabel, &Exchange::responseId, &Exchange::responseLabel})
        EXPECT_EQ(textOr(read.*each), textOr(written.*each));
    expectSameBody(read.requestBody, written.requestBody);
    expectSameBody(read.responseBody, written.responseBody);
    const Timings &a = read.timings;
    const Timings &b = written.timings;
    for (auto each : {&Timings::requestComplete, &Timings::matched, &Timings::firstByteOut,
                      &Timings::complete, &Timings::plannedLatency, &Timings::plannedTransfer})
        EXPECT_EQ(a.*each, b.*each);
    EXPECT_EQ(a.acceptedBefore, b.acceptedBefore);
    EXPECT_EQ(a.handshake, b.handshake);
    EXPECT_EQ(purposeText(read), purposeText(written));
}

} // namespace

TEST(HarRoundTrip, KeepsTheWholeExchange)
{
    const auto exchange = understudy::test::makeExchange(
        {.method = "POST",
         .target = "/users?page=2&q=a%20b",
         .status = 201,
         .requestBody = "{\"a\": 1}",
         .responseBody = "caf\xC3\xA9",
         .headers = {{"Accept", "*/*"}, {"X-Twice", "1"}, {"X-Twice", "2"}, {"X-Empty", ""}}});
    exchange->responseHead = "HTTP/1.1 201 Just made\r\nContent-Type: text/plain\r\n\r\n";
    exchange->responseId = std::make_shared<const std::string>("r-1");
    expectSame(*thereAndBack(exchange), *exchange);
}

TEST(HarRoundTrip, KeepsWhatWasDoneOnPurpose)
{
    const auto exchange = understudy::test::makeBroken();
    const auto read = thereAndBack(exchange);
    expectSame(*read, *exchange);
    ASSERT_TRUE(read->behaviour && read->behaviour->fault);
    EXPECT_EQ(read->behaviour->fault->kind, FaultKind::Reset);
    EXPECT_EQ(read->behaviour->seed, 48151U);
    EXPECT_EQ(read->behaviour->ordinal, 17U);
    EXPECT_EQ(read->behaviour->drawnFor, "ep-users");
}

TEST(HarRoundTrip, KeepsBytes)
{
    const std::string bytes("\x00\xFF\x80\r\n", 5);
    const auto exchange = understudy::test::makeExchange(
        {.method = "PUT", .requestBody = bytes, .responseBody = bytes + "x"});
    expectSame(*thereAndBack(exchange), *exchange);
}

TEST(HarRoundTrip, KeepsWhatWasNoLongerThere)
{
    const auto exchange = understudy::test::makeExchange({.method = "POST", .requestBody = "abc"});
    exchange->requestBody.size = 9'000;
    exchange->requestBody.cut = true;
    exchange->responseBody.content.reset();
    exchange->responseBody.size = 70'000;
    exchange->responseBody.dropped = true;
    expectSame(*thereAndBack(exchange), *exchange);
}

TEST(HarRoundTrip, KeepsWhatFoundNoAnswer)
{
    const auto miss = understudy::test::makeMiss();
    miss->error = "client closed before the answer was sent";
    expectSame(*thereAndBack(miss), *miss);
    const auto options = understudy::test::makeExchange({.method = "OPTIONS", .target = "*"});
    expectSame(*thereAndBack(options), *options);
    const auto callback = understudy::test::makeExchange({.match = MatchKind::Callback});
    callback->cause = 7;
    expectSame(*thereAndBack(callback), *callback);
}

TEST(HarReading, ShowsWhatABrowserRecorded)
{
    const auto exchange = readOne(R"({
        "startedDateTime": "2024-03-01T12:00:00.250+02:00", "time": 100, "connection": "443",
        "request": {"method": "GET", "url": "https://shop.example/a%20b?x=1#top",
                    "httpVersion": "h2", "bodySize": 0,
                    "headers": [{"name": ":method", "value": "GET"},
                                {"name": "accept", "value": "*/*"}]},
        "response": {"status": 200, "statusText": "", "httpVersion": "h2", "bodySize": 70,
                     "headers": [{"name": "set-cookie", "value": "a=1\nb=2"},
                                 {"name": "content-encoding", "value": "br"}],
                     "content": {"size": 5, "mimeType": "text/plain", "text": "hello"}},
        "timings": {"blocked": 10, "dns": -1, "connect": 30, "ssl": 20,
                    "send": 1, "wait": 40, "receive": 19.5}})");
    ASSERT_TRUE(exchange);
    EXPECT_EQ(exchange->match, MatchKind::Recorded);
    EXPECT_EQ(exchange->request.raw(),
              "GET /a%20b?x=1 HTTP/1.1\r\nHost: shop.example\r\naccept: */*\r\n\r\n");
    EXPECT_EQ(exchange->responseHead, "HTTP/2 200 \r\nset-cookie: a=1\r\nset-cookie: b=2\r\n"
                                      "content-encoding: br\r\n\r\n");
    EXPECT_EQ(*exchange->serverName, "shop.example");
    EXPECT_EQ(exchange->tls, "TLS, shop.example");
    EXPECT_EQ(exchange->connection, 443U);
    EXPECT_EQ(*exchange->responseBody.content, "hello");
    EXPECT_EQ(exchange->responseBody.size, 70U);
    EXPECT_TRUE(exchange->responseBody.isDecoded);
    // The time of an exchange begins with its request: 40 ms after the browser thought of it.
    EXPECT_EQ(exchange->received.time_since_epoch(), 1'709'287'200'290ms);
    EXPECT_EQ(exchange->timings.acceptedBefore, Duration(30ms));
    EXPECT_EQ(exchange->timings.handshake, Duration(20ms));
    EXPECT_EQ(exchange->timings.requestComplete, Duration(1ms));
    EXPECT_EQ(exchange->timings.firstByteOut, Duration(41ms));
    EXPECT_EQ(exchange->timings.complete, Duration(60'500us));
}

TEST(HarReading, ShowsWhatWasNeverAnswered)
{
    const auto exchange = readOne(R"({"startedDateTime": "2024-03-01T12:00:00Z", "time": 8,
            "request": {"method": "POST", "url": "http://a/", "bodySize": 3,
                "postData": {"mimeType": "application/x-www-form-urlencoded",
                             "params": [{"name": "a b", "value": "1&"}]}},
            "response": {"status": 0, "_error": "net::ERR_BLOCKED"}})");
    ASSERT_TRUE(exchange);
    EXPECT_EQ(exchange->status, 0);
    EXPECT_EQ(exchange->error, "net::ERR_BLOCKED");
    EXPECT_EQ(exchange->responseHead, "");
    EXPECT_EQ(*exchange->requestBody.content, "a%20b=1%26");
    EXPECT_EQ(exchange->timings.complete, Duration(8ms));
}

TEST(HarReading, NamesWhatItLeavesOutByItsLine)
{
    const QByteArray good = R"({"startedDateTime": "2024-03-01T12:00:00Z",
 "request": {"method": "GET", "url": "http://a/"}, "response": {"status": 200}})";
    Journal journal;
    const HarReading reading = readText(
        archiveOf("{\"request\": {}},\n" + good + ",\n"
                  + R"({"request": {"method": "G T", "url": "http://a/"}, "response": {}},)" + "\n"
                  + R"({"request": {"method": "GET", "url": "http://b/",
  "headers": [{"name": "a b", "value": "c"}]}, "response": {"status": 200.5,
  "content": {"encoding": "base64", "text": "?"}}},)"
                  + "\n" + good.chopped(5)),
        journal);
    EXPECT_EQ(reading.entries, 2U);
    EXPECT_EQ(reading.left, 3U);
    std::vector<std::string> said;
    for (const Problem &problem : reading.problems)
        said.push_back(problem.error.text());
    EXPECT_THAT(said, ElementsAre("shop.har:2:1: left out: it has no 'response'",
                                  "shop.har:5:1: left out: its request has no method",
                                  "shop.har:6:1: the header \"a b\" cannot be shown",
                                  "shop.har:6:1: its status is none",
                                  "shop.har:6:1: a body is not base64, as it says",
                                  "shop.har:6:1: it does not say when it began",
                                  HasSubstr("shop.har:11:1: left out: the entry is damaged")));
}

TEST(HarReading, SaysWhenThereIsNothingToShow)
{
    Journal journal;
    EXPECT_THAT(readText("{}", journal).error.toStdString(), HasSubstr("this is no HAR"));
    EXPECT_THAT(readText(archiveOf({}), journal).error.toStdString(), HasSubstr("is empty"));
    EXPECT_THAT(readText(archiveOf("{}"), journal).error.toStdString(), HasSubstr("no entry"));
    EXPECT_EQ(journal.newest(), 0U);
}

TEST(HarReading, KeepsNoMoreThanTheJournalMay)
{
    QByteArray entries;
    const QByteArray entry
        = R"({"startedDateTime": "2024-03-01T12:00:00Z", "request": {"method": "GET",
"url": "http://a/"}, "response": {"status": 200, "content": {"text": ")"
          + QByteArray(2'000, 'x') + "\"}}}";
    for (int i = 0; i < 100; ++i)
        entries += (i == 0 ? "" : ",") + entry;
    Journal journal({.bytes = 50'000, .count = 60, .bodyBytes = 1'000});
    const HarReading reading = readText(archiveOf(entries), journal);
    EXPECT_EQ(reading.entries, 100U);
    EXPECT_LE(journal.counters().bytes, 50'000U);
    EXPECT_EQ(journal.counters().rows + journal.counters().evicted, 100U);
    EXPECT_GE(journal.counters().evicted, 40U);
    const auto last = journal.at(100).exchange;
    EXPECT_TRUE(last->responseBody.cut);
    EXPECT_EQ(last->responseBody.size, 2'000U);
}

TEST(HarReading, OfADamagedFileIsSafe)
{
    const std::vector<std::shared_ptr<const Exchange>> exchanges{
        understudy::test::makeBroken(), understudy::test::makeMiss(),
        understudy::test::makeExchange(
            {.method = "PUT", .requestBody = "\xFF\x01", .responseBody = "{\"a\": \"\\u00e9\"}"})};
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    writeHar(out, {0, 1, 2}, [&](quint64 n) { return exchanges[n]; });
    std::mt19937 random(10);
    for (int i = 0; i < 250; ++i) {
        QByteArray damaged = out.data();
        const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(damaged.size()));
        if (i < 50)
            damaged.truncate(at);
        else
            damaged[at] = static_cast<char>(random() & 0xFFU);
        Journal journal;
        const HarReading reading = readText(damaged, journal);
        EXPECT_LE(reading.entries, 3U) << i;
        EXPECT_EQ(reading.entries, journal.counters().appended) << i;
        // Two of three are whole, wherever a byte is another one; what is missing is said.
        EXPECT_TRUE(i < 50 || reading.entries >= 2 || !reading.error.isEmpty()) << i;
        EXPECT_TRUE(reading.entries == 3 || !reading.problems.empty() || !reading.error.isEmpty())
            << i;
        for (quint64 sequence = 1; sequence <= reading.entries; ++sequence)
            EXPECT_FALSE(rowSentence(*journal.at(sequence).exchange).isEmpty());
    }
}

TEST(HarReading, StopsWhenAsked)
{
    Journal journal;
    QBuffer file;
    file.setData(archiveOf(R"({"request": {}, "response": {}})"));
    file.open(QIODevice::ReadOnly);
    HarProgress progress;
    progress.isStopped = true;
    EXPECT_EQ(readHar(file, "x.har", journal, progress).entries, 0U);
}
