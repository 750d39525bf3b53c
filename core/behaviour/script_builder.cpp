// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/script_builder.h"

#include "core/base/draw.h"
#include "core/base/text.h"
#include "core/behaviour/head_faults.h"
#include "core/behaviour/head_text.h"
#include "core/model/fault_catalogue.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace understudy {

namespace {

constexpr std::size_t kGarbageHead = 256;
// Of a long body, so much is made up; a client has noticed by then.
constexpr std::uint64_t kMostGarbage = 1u << 20;
constexpr double kLongestPlan = 1e15; // microseconds: some thirty years
// More changed bytes than this show nothing new.
constexpr std::uint64_t kMostCorrupted = 100'000;

// WireMock's MALFORMED_RESPONSE_CHUNK, byte by byte (reference/wiremock.md, Faults).
constexpr std::string_view kMalformedChunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                             "lskdu018973t09sylgasjkfg1][]'./.sdlv";

std::string randomBytes(std::uint64_t state, std::uint64_t size)
{
    std::string out;
    out.reserve(size + sizeof(std::uint64_t));
    while (out.size() < size) {
        const std::uint64_t number = nextDraw(state);
        for (std::size_t i = 0; i < sizeof(number); ++i)
            out += static_cast<char>(number >> (8 * i));
    }
    out.resize(size);
    // Never by chance the beginning of an answer.
    if (!out.empty())
        out[0] = static_cast<char>(out[0] | '\x80');
    return out;
}

std::string bytesText(std::uint64_t count)
{
    return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

/// Builds the script of one answer; lives as long as that takes.
class Builder
{
public:
    Builder(AnswerBytes answer, const Decision &decision, WallTime now)
        : m_answer(std::move(answer))
        , m_decision(decision)
        , m_now(now)
    {}

    WireScript run(std::string &effect)
    {
        if (m_decision.head.count() > 0)
            m_script.steps.emplace_back(WaitForAnswerStep{m_decision.head});
        m_script.end = m_answer.keepsAlive ? WireEnd::KeepAlive : WireEnd::Close;
        if (m_decision.throttle)
            m_script.download = m_decision.throttle->download;
        if (m_decision.fault)
            applyFault(m_decision.fault->fault);
        else
            writeAnswer();
        m_script.plannedTransfer = plannedTransfer();
        effect = std::move(m_effect);
        return std::move(m_script);
    }

private:
    void applyFault(const Fault &fault)
    {
        switch (fault.kind) {
        case FaultKind::Close:
        case FaultKind::Reset:
        case FaultKind::Stall:
            breakOff(fault);
            return;
        case FaultKind::Refuse:
        case FaultKind::Blackhole:
            takeServerAway(fault);
            return;
        case FaultKind::HalfClose:
            cutBody(bodySize() / 2);
            writeAnswer();
            m_script.end = WireEnd::HalfClose;
            m_effect = "the sending side was shut down after " + bytesText(sentBody())
                       + " of the body; the connection stayed open for reading";
            return;
        case FaultKind::Truncate:
            cutBody(fault.offset ? fault.offset->value : bodySize() / 2);
            writeAnswer();
            m_script.end = WireEnd::Close;
            m_effect = "the head announced the whole length and the connection was closed after "
                       + bytesText(sentBody()) + " of the body";
            return;
        case FaultKind::Garbage:
            writeGarbage();
            return;
        case FaultKind::MalformedChunk:
            m_script.steps.emplace_back(WriteStep{std::string(kMalformedChunk), {}});
            m_script.end = WireEnd::Close;
            m_effect = "a head that announces chunks was followed by bytes that are none";
            return;
        case FaultKind::KeepaliveRace:
            writeAnswer();
            m_script.end = m_answer.keepsAlive ? WireEnd::Race : WireEnd::Close;
            m_effect = "the answer was sent as it should be; the connection is reset when its next "
                       "request begins to arrive";
            return;
        case FaultKind::NoRead:
            leaveUnread(fault);
            return;
        case FaultKind::Duplicate:
            writeAnswer();
            writeAnswer();
            m_effect = "the whole answer was sent twice";
            return;
        default:
            changeAnswer(fault);
        }
    }

    /// Faults that send the whole answer, changed.
    void changeAnswer(const Fault &fault)
    {
        Slices slices;
        switch (fault.kind) {
        case FaultKind::MalformedHead:
            m_answer.head = malformHead(m_answer.head, fault.variant, m_effect);
            m_script.end = WireEnd::Close;
            break;
        case FaultKind::BadEncoding:
            claimGzip();
            break;
        case FaultKind::BadCharset:
            breakCharset();
            break;
        case FaultKind::Corrupt:
            corrupt(fault.count.value_or(1));
            break;
        case FaultKind::Dribble:
            slices = {1, fault.pace.value_or(Duration{}), 0};
            m_effect = "the body was sent byte by byte, " + formatDuration(slices.pause)
                       + " before each";
            break;
        case FaultKind::ClockSkew:
            m_answer.head = skewHead(m_answer.head, fault.by.value_or(Duration{}), m_now, m_effect);
            break;
        case FaultKind::SlowRead:
            m_effect = "the body of the request was read at "
                       + formatByteRate(fault.upload.value_or(ByteCount{}));
            break;
        case FaultKind::ExpectRefuse:
            if (fault.variant != "silent")
                m_script.end = WireEnd::Close; // the body may come or not
            break;
        default:
            break; // the engine has put the fault's own answer in place already
        }
        writeAnswer(slices);
    }

    std::uint64_t bodySize() const
    {
        return m_answer.file ? m_answer.file->size : m_answer.body.size();
    }
    std::uint64_t sentBody() const { return bodySize(); } // after cutBody

    void cutBody(std::uint64_t size)
    {
        const std::uint64_t kept = std::min(size, bodySize());
        if (m_answer.file)
            m_answer.file->size = kept;
        else
            m_answer.body.resize(kept);
    }

    /// Head and body with body latency, throttle pieces and patches.
    void writeAnswer(Slices slices = {})
    {
        if (const CompiledThrottle *throttle = m_decision.throttle;
            throttle && slices.size == 0 && bodySize() > 0)
            slices = throttleSlices(*throttle);
        const bool isOnePiece = !m_answer.file && slices.size == 0 && m_decision.body.count() == 0;
        m_script.steps.emplace_back(
            WriteStep{isOnePiece ? m_answer.head + m_answer.body : m_answer.head, {}});
        if (isOnePiece)
            return;
        if (m_decision.body.count() > 0)
            m_script.steps.emplace_back(PauseStep{m_decision.body});
        if (m_answer.file) {
            WriteFileStep step = *m_answer.file;
            step.slices = slices;
            m_script.steps.emplace_back(std::move(step));
        } else if (!m_answer.body.empty()) {
            m_script.steps.emplace_back(WriteStep{m_answer.body, slices});
        }
    }

    /// WireMock's dribble: n equal pieces, the rest in the last, over/n before each
    /// (reference/wiremock.md, delays).
    Slices throttleSlices(const CompiledThrottle &throttle) const
    {
        if (throttle.chunks) {
            const std::uint64_t pieces = std::clamp<std::uint64_t>(*throttle.chunks, 1, bodySize());
            return {bodySize() / pieces, throttle.over / static_cast<Duration::rep>(pieces),
                    pieces};
        }
        return {throttle.slice.value, throttle.pause, 0};
    }

    void breakOff(const Fault &fault)
    {
        std::string when = m_decision.fault->place == FaultPlace::Request
                               ? "when the head of the request had arrived"
                               : "before the first byte of the answer";
        if (m_decision.fault->place == FaultPlace::Body) {
            cutBody(fault.offset ? fault.offset->value : bodySize() / 2);
            writeAnswer();
            when = "after " + bytesText(sentBody()) + " of the body";
        }
        m_script.end = fault.kind == FaultKind::Reset ? WireEnd::Reset : WireEnd::Close;
        if (fault.kind == FaultKind::Stall) {
            m_script.end = WireEnd::Stall;
            m_script.stallFor = fault.duration;
            m_effect = "nothing was sent "
                       + (when.starts_with("before") ? std::string("at all") : when)
                       + "; the connection is kept for "
                       + (fault.duration ? formatDuration(*fault.duration)
                                         : std::string("as long as the client stays"));
        } else if (fault.kind == FaultKind::Reset) {
            m_effect = "the connection was reset " + when;
        } else {
            m_effect = "the connection was closed " + when;
        }
    }

    void leaveUnread(const Fault &fault)
    {
        if (fault.variant == "stall") {
            m_script.end = WireEnd::Stall;
            m_effect = "the body of the request was neither read nor answered";
            return;
        }
        writeAnswer();
        m_script.end = WireEnd::Reset;
        m_effect = "answered without reading the body of the request, then reset";
    }

    void takeServerAway(const Fault &fault)
    {
        m_script.effectFor = fault.duration.value_or(kServerAway);
        if (fault.kind == FaultKind::Refuse) {
            m_script.effect = ServerEffect::Refuse;
            m_script.end = WireEnd::Reset;
            m_effect = "the connection was reset and the server does not listen for "
                       + formatDuration(m_script.effectFor);
        } else {
            m_script.effect = ServerEffect::Blackhole;
            m_script.end = WireEnd::Stall;
            m_script.stallFor = m_script.effectFor;
            m_effect = "nothing was answered and the server accepts no connection for "
                       + formatDuration(m_script.effectFor);
        }
    }

    void writeGarbage()
    {
        if (m_decision.fault->place != FaultPlace::Body) {
            m_script.steps.emplace_back(
                WriteStep{randomBytes(m_decision.material, kGarbageHead), {}});
            m_effect = bytesText(kGarbageHead) + " of noise were sent instead of an answer";
        } else {
            const std::uint64_t size = std::min(bodySize(), kMostGarbage);
            m_answer.file.reset();
            m_answer.body = randomBytes(m_decision.material, size);
            writeAnswer();
            m_effect = bytesText(size) + " of noise were sent instead of the body";
        }
        m_script.end = WireEnd::Close;
    }

    void claimGzip()
    {
        HeadText head(m_answer.head);
        head.remove("Content-Encoding");
        head.add("Content-Encoding: gzip");
        m_answer.head = head.text();
        // A body that really is gzip loses its magic number (RFC 1952 section 2.3.1).
        if (m_answer.body.starts_with("\x1f\x8b"))
            m_answer.body[0] = '\0';
        else if (m_answer.file)
            m_answer.file->patches.push_back({0, 0, std::uint8_t{0}});
        m_effect = "the head said gzip and the body was none";
    }

    void breakCharset()
    {
        HeadText head(m_answer.head);
        head.edit("Content-Type", [](std::string_view type) {
            return std::string(text::trim(type.substr(0, type.find(';')))) + "; charset=utf-8";
        });
        m_answer.head = head.text();
        // C3 announces a second byte of 80..BF (RFC 3629 section 4); 28 is none.
        constexpr std::array<std::uint8_t, 2> broken{0xC3, 0x28};
        for (std::size_t i = 0; i < broken.size() && i < bodySize(); ++i) {
            if (m_answer.file)
                m_answer.file->patches.push_back({i, 0, broken[i]});
            else
                m_answer.body[i] = static_cast<char>(broken[i]);
        }
        m_effect = "the body began with bytes that are no UTF-8";
    }

    void corrupt(std::uint64_t count)
    {
        std::uint64_t state = m_decision.material;
        std::vector<BytePatch> patches;
        const std::uint64_t size = bodySize();
        const std::uint64_t wanted = std::min({count, size, kMostCorrupted});
        // Different places (Floyd's sampling).
        std::unordered_set<std::uint64_t> chosen;
        for (std::uint64_t top = size - wanted; top < size; ++top) {
            const std::uint64_t place = nextDraw(state) % (top + 1);
            chosen.insert(chosen.contains(place) ? top : place);
        }
        std::vector<std::uint64_t> places(chosen.begin(), chosen.end());
        std::sort(places.begin(), places.end());
        // Never all bits at once: 0 would change nothing.
        patches.reserve(places.size());
        for (const std::uint64_t place : places)
            patches.push_back(
                {place, static_cast<std::uint8_t>(nextDraw(state) % 255 + 1), std::nullopt});
        if (m_answer.file) {
            m_answer.file->patches = std::move(patches);
        } else {
            for (const BytePatch &patch : patches)
                m_answer.body[patch.offset] = static_cast<char>(m_answer.body[patch.offset]
                                                                ^ static_cast<char>(patch.flip));
        }
        m_effect = bytesText(wanted) + " of the body were changed";
    }

    Duration plannedTransfer() const
    {
        double planned = static_cast<double>(m_decision.body.count()); // microseconds
        std::uint64_t bytes = 0;
        const auto sliced = [&](std::uint64_t size, const Slices &slices) {
            bytes += size;
            if (slices.size == 0)
                return;
            std::uint64_t pieces = (size + slices.size - 1) / slices.size;
            if (slices.pieces > 0)
                pieces = std::min(pieces, slices.pieces);
            planned += static_cast<double>(slices.pause.count()) * static_cast<double>(pieces);
        };
        for (const WireStep &step : m_script.steps) {
            if (const auto *write = std::get_if<WriteStep>(&step))
                sliced(write->bytes.size(), write->slices);
            else if (const auto *file = std::get_if<WriteFileStep>(&step))
                sliced(file->size, file->slices);
        }
        if (m_script.download.value > 0) {
            constexpr double kMicroseconds = 1e6;
            planned += static_cast<double>(bytes) * kMicroseconds
                       / static_cast<double>(m_script.download.value);
        }
        return Duration(static_cast<Duration::rep>(std::min(planned, kLongestPlan)));
    }

    AnswerBytes m_answer;
    const Decision &m_decision;
    WallTime m_now;
    WireScript m_script;
    std::string m_effect;
};

} // namespace

WireScript buildScript(AnswerBytes answer, const Decision &decision, WallTime now,
                       std::string &effect)
{
    return Builder(std::move(answer), decision, now).run(effect);
}

} // namespace understudy
