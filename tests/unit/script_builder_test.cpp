// SPDX-License-Identifier: Apache-2.0
// Every fault as a table: an answer and a decision in, a wire script out. No sockets.
#include "core/behaviour/head_faults.h"
#include "core/behaviour/script_builder.h"
#include "core/model/fault_catalogue.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

const std::string kHead = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n"
                          "Date: Sun, 22 Nov 2026 10:00:00 GMT\r\n\r\n";
const std::string kBody = "0123456789";

/// A decision with one fault, as the chain makes it.
struct Drawn
{
    explicit Drawn(Fault fault)
    {
        compiled.fault = std::move(fault);
        compiled.place = faultPlace(compiled.fault);
        decision.fault = &compiled;
        decision.material = 4711;
        decision.record = std::make_shared<BehaviourRecord>();
        decision.record->fault.emplace();
    }
    Drawn(const Drawn &) = delete;

    WireScript script(bool isFile = false)
    {
        AnswerBytes bytes{kHead, isFile ? "" : kBody, std::nullopt, true};
        if (isFile)
            bytes.file = WriteFileStep{"f.txt", 0, 10, {}, {}};
        return buildScript(std::move(bytes), decision, WallTime{}, effect);
    }

    CompiledFault compiled;
    Decision decision;
    std::string effect;
};

Fault faultOf(FaultKind kind, std::optional<FaultPlace> at = std::nullopt)
{
    Fault fault;
    fault.kind = kind;
    fault.at = at;
    return fault;
}

/// All bytes that the write steps of a script send.
std::string sentBy(const WireScript &script)
{
    std::string out;
    for (const WireStep &step : script.steps) {
        if (const auto *write = std::get_if<WriteStep>(&step))
            out += write->bytes;
    }
    return out;
}

} // namespace

TEST(ScriptBuilder, SendsAnAnswerInOnePieceWhereNothingHappens)
{
    const Decision nothing;
    std::string effect;
    const WireScript script
        = buildScript({kHead, kBody, std::nullopt, true}, nothing, WallTime{}, effect);
    WireScript whole;
    whole.steps = {WriteStep{kHead + kBody, {}}};
    EXPECT_EQ(script, whole);
    EXPECT_EQ(effect, "");
}

TEST(ScriptBuilder, WaitsBeforeTheHeadAndBeforeTheBody)
{
    Decision decision;
    decision.head = 50ms;
    decision.body = 20ms;
    std::string effect;
    const WireScript script
        = buildScript({kHead, kBody, std::nullopt, true}, decision, WallTime{}, effect);
    const std::vector<WireStep> steps{WaitForAnswerStep{50ms}, WriteStep{kHead, {}},
                                      PauseStep{20ms}, WriteStep{kBody, {}}};
    EXPECT_EQ(script.steps, steps);
    EXPECT_EQ(script.plannedTransfer, 20ms);
}

TEST(ScriptBuilder, LetsTheLatencyPassBeforeAFault)
{
    Drawn drawn(faultOf(FaultKind::Close));
    drawn.decision.head = 50ms;
    EXPECT_EQ(drawn.script().steps, std::vector<WireStep>{WaitForAnswerStep{50ms}});
}

TEST(ScriptBuilder, CutsABodyIntoEqualChunksWithTheRestInTheLast)
{
    CompiledThrottle throttle;
    throttle.chunks = 3;
    throttle.over = 3s;
    Decision decision;
    decision.throttle = &throttle;
    std::string effect;
    const WireScript script
        = buildScript({kHead, kBody, std::nullopt, true}, decision, WallTime{}, effect);
    const std::vector<WireStep> steps{WriteStep{kHead, {}}, WriteStep{kBody, Slices{3, 1s, 3}}};
    EXPECT_EQ(script.steps, steps);
    EXPECT_EQ(script.plannedTransfer, 3s);
}

TEST(ScriptBuilder, NeverCutsABodyIntoMoreChunksThanBytes)
{
    CompiledThrottle throttle;
    throttle.chunks = 1000;
    throttle.over = 1s;
    Decision decision;
    decision.throttle = &throttle;
    std::string effect;
    const WireScript script
        = buildScript({kHead, kBody, std::nullopt, true}, decision, WallTime{}, effect);
    EXPECT_EQ(std::get<WriteStep>(script.steps[1]).slices, (Slices{1, 100ms, 10}));
}

TEST(ScriptBuilder, PlansAThrottledTransferByItsRate)
{
    CompiledThrottle throttle;
    throttle.download = ByteCount{10};
    Decision decision;
    decision.throttle = &throttle;
    std::string effect;
    const WireScript script
        = buildScript({kHead, kBody, std::nullopt, true}, decision, WallTime{}, effect);
    EXPECT_EQ(script.download, ByteCount{10});
    EXPECT_EQ(script.plannedTransfer, (kHead.size() + kBody.size()) * 100ms);
}

TEST(ScriptBuilder, BreaksOffBeforeTheHead)
{
    for (const auto &[kind, end] :
         {std::pair(FaultKind::Close, WireEnd::Close), std::pair(FaultKind::Reset, WireEnd::Reset),
          std::pair(FaultKind::Stall, WireEnd::Stall)}) {
        Drawn drawn(faultOf(kind, FaultPlace::Head));
        const WireScript script = drawn.script();
        EXPECT_TRUE(script.steps.empty());
        EXPECT_EQ(script.end, end);
        EXPECT_NE(drawn.effect, "");
    }
}

TEST(ScriptBuilder, BreaksOffInTheBody)
{
    Fault fault = faultOf(FaultKind::Reset, FaultPlace::Body);
    fault.offset = ByteCount{3};
    Drawn drawn(fault);
    EXPECT_EQ(sentBy(drawn.script()), kHead + "012");
    EXPECT_EQ(drawn.effect, "the connection was reset after 3 bytes of the body");

    Drawn half(faultOf(FaultKind::Close, FaultPlace::Body));
    EXPECT_EQ(sentBy(half.script()), kHead + "01234");
}

TEST(ScriptBuilder, StallsForItsTime)
{
    Fault fault = faultOf(FaultKind::Stall, FaultPlace::Body);
    fault.duration = 3s;
    Drawn drawn(fault);
    const WireScript script = drawn.script();
    EXPECT_EQ(script.end, WireEnd::Stall);
    EXPECT_EQ(script.stallFor, 3s);
    EXPECT_EQ(sentBy(script), kHead + "01234");
}

TEST(ScriptBuilder, TakesTheServerAway)
{
    Fault refuse = faultOf(FaultKind::Refuse);
    refuse.duration = 2s;
    Drawn drawn(refuse);
    const WireScript script = drawn.script();
    EXPECT_EQ(script.effect, ServerEffect::Refuse);
    EXPECT_EQ(script.effectFor, 2s);
    EXPECT_EQ(script.end, WireEnd::Reset);

    Drawn blackhole(faultOf(FaultKind::Blackhole));
    const WireScript second = blackhole.script();
    EXPECT_EQ(second.effect, ServerEffect::Blackhole);
    EXPECT_EQ(second.effectFor, 5s);
    EXPECT_EQ(second.end, WireEnd::Stall);
}

TEST(ScriptBuilder, HalfClosesAfterHalfTheBody)
{
    Drawn drawn(faultOf(FaultKind::HalfClose));
    const WireScript script = drawn.script();
    EXPECT_EQ(sentBy(script), kHead + "01234");
    EXPECT_EQ(script.end, WireEnd::HalfClose);
}

TEST(ScriptBuilder, TruncatesAndKeepsTheAnnouncedLength)
{
    Fault fault = faultOf(FaultKind::Truncate);
    fault.offset = ByteCount{4};
    Drawn drawn(fault);
    const WireScript script = drawn.script();
    EXPECT_EQ(sentBy(script), kHead + "0123");
    EXPECT_EQ(script.end, WireEnd::Close);
}

TEST(ScriptBuilder, SendsSeededNoiseInsteadOfAnAnswer)
{
    Drawn drawn(faultOf(FaultKind::Garbage));
    const std::string noise = sentBy(drawn.script());
    EXPECT_EQ(noise.size(), 256U);
    EXPECT_FALSE(noise.starts_with("HTTP"));
    EXPECT_EQ(sentBy(Drawn(faultOf(FaultKind::Garbage)).script()), noise);
    Drawn other(faultOf(FaultKind::Garbage));
    other.decision.material = 4712;
    EXPECT_NE(sentBy(other.script()), noise);
}

TEST(ScriptBuilder, SendsNoiseOfTheSameLengthInsteadOfTheBody)
{
    Drawn drawn(faultOf(FaultKind::Garbage, FaultPlace::Body));
    const WireScript script = drawn.script();
    EXPECT_THAT(sentBy(script), testing::StartsWith(kHead));
    EXPECT_EQ(sentBy(script).size(), kHead.size() + kBody.size());
    EXPECT_EQ(script.end, WireEnd::Close);
}

// The bytes are WireMock's (reference/wiremock.md, section 7).
TEST(ScriptBuilder, SendsTheMalformedChunkOfWireMock)
{
    Drawn drawn(faultOf(FaultKind::MalformedChunk));
    EXPECT_EQ(sentBy(drawn.script()), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                      "lskdu018973t09sylgasjkfg1][]'./.sdlv");
}

TEST(ScriptBuilder, MalformsTheHead)
{
    const std::pair<const char *, std::string> cases[]{
        {"status-line", "HTTP/1.1 2x0 Broken\r\n"},
        {"header", "\r\nThis line has no colon\r\n"},
        {"duplicate-length", "Content-Length: 10\r\nDate: Sun, 22 Nov 2026 10:00:00 GMT\r\n"
                             "Content-Length: 20\r\n"},
        {"wrong-length", "Content-Length: 20\r\n"},
        {"nul", std::string("X-Broken: a\0b\r\n", 15)},
    };
    for (const auto &[variant, expected] : cases) {
        Fault fault = faultOf(FaultKind::MalformedHead);
        fault.variant = variant;
        Drawn drawn(fault);
        const WireScript script = drawn.script();
        EXPECT_THAT(sentBy(script), HasSubstr(expected)) << variant;
        EXPECT_THAT(sentBy(script), testing::EndsWith("\r\n\r\n" + kBody)) << variant;
        EXPECT_EQ(script.end, WireEnd::Close) << variant;
        EXPECT_NE(drawn.effect, "") << variant;
    }
}

TEST(ScriptBuilder, ClaimsGzipOverABodyThatIsNone)
{
    Drawn drawn(faultOf(FaultKind::BadEncoding));
    EXPECT_THAT(sentBy(drawn.script()), HasSubstr("Content-Encoding: gzip\r\n\r\n" + kBody));
}

TEST(ScriptBuilder, BreaksTheCharsetAndKeepsTheLength)
{
    Drawn drawn(faultOf(FaultKind::BadCharset));
    const std::string sent = sentBy(drawn.script());
    EXPECT_THAT(sent, HasSubstr("Content-Type: text/plain; charset=utf-8\r\n"));
    EXPECT_THAT(sent, testing::EndsWith("\xC3\x28"
                                        "23456789"));
}

TEST(ScriptBuilder, CorruptsExactlySoManyBytes)
{
    for (const std::uint64_t count : {1U, 3U, 10U, 50U}) {
        Fault fault = faultOf(FaultKind::Corrupt);
        fault.count = count;
        Drawn drawn(fault);
        const std::string body = sentBy(drawn.script()).substr(kHead.size());
        ASSERT_EQ(body.size(), kBody.size());
        std::size_t changed = 0;
        for (std::size_t i = 0; i < body.size(); ++i)
            changed += body[i] != kBody[i] ? 1 : 0;
        EXPECT_EQ(changed, std::min<std::size_t>(count, kBody.size()));
    }
}

TEST(ScriptBuilder, PatchesAFileWhereItWouldChangeABody)
{
    Fault fault = faultOf(FaultKind::Corrupt);
    fault.count = 2;
    const WireScript script = Drawn(fault).script(true);
    const auto &file = std::get<WriteFileStep>(script.steps[1]);
    EXPECT_EQ(file.patches.size(), 2U);
    EXPECT_LT(file.patches[0].offset, file.patches[1].offset);

    Fault cut = faultOf(FaultKind::Truncate);
    cut.offset = ByteCount{4};
    EXPECT_EQ(std::get<WriteFileStep>(Drawn(cut).script(true).steps[1]).size, 4U);
}

TEST(ScriptBuilder, DribblesByteByByte)
{
    Fault fault = faultOf(FaultKind::Dribble);
    fault.pace = 5ms;
    const WireScript script = Drawn(fault).script();
    EXPECT_EQ(std::get<WriteStep>(script.steps[1]).slices, (Slices{1, 5ms, 0}));
    EXPECT_EQ(script.plannedTransfer, 50ms);
}

TEST(ScriptBuilder, SendsTheAnswerTwice)
{
    EXPECT_EQ(sentBy(Drawn(faultOf(FaultKind::Duplicate)).script()), kHead + kBody + kHead + kBody);
}

TEST(ScriptBuilder, RacesTheNextRequestOnlyWhereThereMayBeOne)
{
    Drawn drawn(faultOf(FaultKind::KeepaliveRace));
    EXPECT_EQ(drawn.script().end, WireEnd::Race);
    Drawn last(faultOf(FaultKind::KeepaliveRace));
    EXPECT_EQ(
        buildScript({kHead, kBody, std::nullopt, false}, last.decision, WallTime{}, last.effect)
            .end,
        WireEnd::Close);
}

TEST(ScriptBuilder, LeavesABodyUnread)
{
    Drawn answers(faultOf(FaultKind::NoRead));
    EXPECT_EQ(answers.script().end, WireEnd::Reset);
    Fault fault = faultOf(FaultKind::NoRead);
    fault.variant = "stall";
    const WireScript script = Drawn(fault).script();
    EXPECT_EQ(script.end, WireEnd::Stall);
    EXPECT_TRUE(script.steps.empty());
}

TEST(HeadFaults, ShiftsDatesAndCookies)
{
    std::string effect;
    const std::string head = skewHead("HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 10:00:00 GMT\r\n"
                                      "Expires: Sun, 22 Nov 2026 11:00:00 GMT\r\n"
                                      "Set-Cookie: a=1; Expires=Sun, 22 Nov 2026 12:00:00 GMT; "
                                      "Path=/\r\nX-Other: Sun, 22 Nov 2026 10:00:00 GMT\r\n\r\n",
                                      -24h, WallTime{}, effect);
    EXPECT_EQ(head, "HTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 10:00:00 GMT\r\n"
                    "Expires: Sat, 21 Nov 2026 11:00:00 GMT\r\n"
                    "Set-Cookie: a=1; Expires=Sat, 21 Nov 2026 12:00:00 GMT; Path=/\r\n"
                    "X-Other: Sun, 22 Nov 2026 10:00:00 GMT\r\n\r\n");
}

TEST(HeadFaults, KeepsAnExpiresThatIsNoDate)
{
    std::string effect;
    EXPECT_THAT(skewHead("HTTP/1.1 200 OK\r\nExpires: 0\r\n\r\n", 1h, WallTime{}, effect),
                HasSubstr("Expires: 0\r\n"));
}

TEST(HeadFaults, EndsAnAnswerWithItsConnection)
{
    EXPECT_EQ(endWithConnection("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nA: b\r\n\r\n"),
              "HTTP/1.1 200 OK\r\nA: b\r\nConnection: close\r\n\r\n");
}

TEST(HeadFaults, LeavesDatesAloneThatNoClockCanHold)
{
    std::string effect;
    EXPECT_THAT(skewHead("HTTP/1.1 200 OK\r\nExpires: Fri, 31 Dec 9999 23:59:59 GMT\r\n\r\n", 1h,
                         WallTime{}, effect),
                HasSubstr("Expires: Fri, 31 Dec 9999 23:59:59 GMT\r\n"));
}

TEST(HeadFaults, GivesTwoLengthsToAHeadThatHasNone)
{
    std::string effect;
    const std::string head
        = malformHead("HTTP/1.1 304 Not Modified\r\n\r\n", "duplicate-length", effect);
    EXPECT_THAT(head, HasSubstr("Content-Length: 0\r\nContent-Length: 10\r\n"));
}
