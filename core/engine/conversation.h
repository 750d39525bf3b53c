// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/behaviour/early_faults.h"
#include "core/behaviour/script_builder.h"
#include "core/engine/compiled_server.h"
#include "core/http/request.h"
#include "core/match/request_view.h"
#include "core/traffic/exchange.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace understudy {

/// Who is at the other end of a connection, as it is known when it is accepted.
struct Client
{
    ConnectionFacts facts;
    std::string name;           ///< "127.0.0.1:50312"
    std::uint64_t connection{}; ///< its number in its server, from 1
    SteadyTime accepted{};
    std::shared_ptr<const std::string> serverId;
};

/// What went out of one answer and when, measured by whoever has the connection.
struct Sent
{
    SteadyTime arrived{}; ///< the last byte of the request
    SteadyTime matched{};
    SteadyTime firstOut{};
    SteadyTime complete{};
    Duration plannedTransfer{};
    std::string head; ///< of an answer that went out as it was prepared
    /// Of a script, and of an answer with a file: the beginning of what was sent, head and body,
    /// and how much all of it was.
    std::optional<std::string> bytes;
    std::uint64_t size = 0;
    bool isWhole = true; ///< the client took it all
    std::string error;
};

/// The engine's side of one connection of a client, without sockets and without a clock: it is told
/// what happens, in the order of its functions, and every reply is a value. It owns the snapshot
/// that answers, the numbers that draws are made from, what was decided before the request was
/// whole, and what is to be said in the journal. One thread.
class Conversation
{
public:
    using Snapshot = std::shared_ptr<const CompiledServer>;

    /// `current` gives the server as it is now.
    Conversation(std::function<Snapshot()> current, Client client);

    /// When what is going on began, as begins() was told.
    WallTime received() const { return m_received; }
    SteadyTime firstByte() const { return m_firstByte; }

    struct Acceptance
    {
        Duration latency{};             ///< before anything is read
        std::optional<AcceptPlan> plan; ///< instead of everything else
    };
    /// The connection was accepted. `received`: by the real clock, for the traffic; the moment's
    /// own time if left out.
    Acceptance accepted(const Moment &moment, std::optional<WallTime> received = {});

    /// The first byte of something arrives: of a handshake, or of a request. True if that is when a
    /// fault has been waiting to reset the connection (keepalive-race).
    bool begins(WallTime received, SteadyTime firstByte);

    /// The client's hello, with its SNI host name (empty without one).
    HandshakePlan hello(std::string_view serverName, const Moment &moment);
    /// The handshake has ended, well or not. `protocol`: "TLS 1.3", or nothing.
    void shookHands(std::string_view protocol, std::string certificateSubject, Duration took);

    /// Whether the head of a request, now that it is there, has to be told. A false may be another
    /// one when asked again: the server can change meanwhile.
    bool wantsHead();
    /// Decides what is to be known before the body is read. Asked once for a request; the snapshot
    /// that decides answers it too.
    const HeadPlan &head(const http::RequestHead &head, const Moment &moment);
    /// The request is not whole yet: a connection that waits keeps no snapshot alive, but one that
    /// has decided about its head.
    void waits() { m_server.reset(); }

    /// A whole request, or one whose head has been answered. What the plan points to lives until
    /// finished().
    AnswerPlan request(const http::Request &request, const Moment &moment);
    /// Whether request() may run scripts, and so is better called on another thread. It may be: the
    /// conversation is the caller's alone until it has returned.
    bool mayTakeLong(const http::Request &request);
    /// The answer does not simply go out.
    bool needsScript(const AnswerPlan &plan) const;
    /// It cannot go out in chunks.
    bool needsWholeBody(const AnswerPlan &plan) const;
    WireScript script(AnswerPlan &plan, AnswerBytes bytes);

    // For the journal, each with the time that was given to begins():
    std::shared_ptr<Exchange> finished(http::Request request, AnswerPlan &&plan, Sent &&sent,
                                       std::size_t captureLimit);
    /// Of a request that never became one. `raw`: what arrived of it; `answer`: what the client was
    /// told, if it was still there.
    std::shared_ptr<Exchange> refused(std::string error, const http::RequestHead &head,
                                      std::string_view raw, const http::PreparedResponse *answer,
                                      Sent sent, std::size_t captureLimit);
    /// Of a connection, or handshake, that ended before there was a request.
    std::shared_ptr<Exchange> noRequest(std::string error, SteadyTime now);
    /// Of a connection that ended as accepted() had planned it.
    std::shared_ptr<Exchange> struck(const AcceptPlan &plan, SteadyTime now);

private:
    /// What was decided when a head had arrived, and by whom.
    struct Early
    {
        Snapshot server;
        Anticipation data;
    };

    /// For the request that is whole now.
    void chooseServer();
    std::shared_ptr<Exchange> newExchange();
    std::shared_ptr<const BehaviourRecord>
    withConnection(std::shared_ptr<const BehaviourRecord> record);
    static void addSent(Exchange &exchange, const AnswerPlan &plan, Sent &sent,
                        std::size_t captureLimit);

    std::function<Snapshot()> m_current;
    Client m_client;
    std::string m_tls;          ///< "TLS 1.3, shop.localhost"
    std::uint64_t m_number = 0; ///< for draws: of the server, since its numbers began
    WallTime m_received{};
    SteadyTime m_firstByte{};
    bool m_isFirst = true;               ///< nothing was recorded yet
    std::optional<Duration> m_handshake; ///< what it took

    Snapshot m_server; ///< of the request that is arriving or being answered
    std::unique_ptr<Early> m_early;
    HandshakePlan m_handshakePlan;
    /// The latency before the first read; until the first request is recorded.
    std::shared_ptr<const BehaviourRecord> m_connectRecord;
    std::shared_ptr<BehaviourRecord> m_handshakeRecord; ///< what was wrong on purpose
    std::shared_ptr<const BehaviourRecord> m_race;      ///< what waits for the next request
    std::shared_ptr<const BehaviourRecord> m_struck;    ///< for noRequest()
};

} // namespace understudy
