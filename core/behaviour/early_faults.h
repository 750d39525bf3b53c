// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/units.h"
#include "core/behaviour/wire_script.h"
#include "core/model/behaviour.h"

#include <optional>
#include <string>
#include <string_view>

/// What faults do before there is an answer, as plans that core/wire plays without knowing a fault
/// by name.
namespace understudy {

/// To a connection that has just been accepted.
struct AcceptPlan
{
    std::string effect{}; ///< for the record
    WireEnd end = WireEnd::Close;
    std::optional<Duration> stallFor{}; ///< Stall: nothing = as long as the client stays
    ServerEffect server = ServerEffect::None;
    Duration serverFor{};
};

/// `fault` is one of FaultMoment::Accept, or refuse or blackhole.
AcceptPlan planAccept(const Fault &fault);

/// To a TLS handshake, when the client's hello has arrived.
struct HandshakePlan
{
    enum class Certificate { Own, Expired, NotYetValid, SelfSigned, WrongHost, UntrustedChain };
    Certificate certificate = Certificate::Own;
    bool isRefused = false;          ///< the answer to the hello is the alert handshake_failure
    bool isSilent = false;           ///< nothing is ever said to the hello
    bool isOld = false;              ///< nothing above TLS 1.1 is spoken
    bool endsWithoutGoodbye = false; ///< right until its end, where close_notify is missing
    std::string_view effect{};       ///< for the record; empty: all is as it should be

    bool isNothing() const { return effect.empty(); }
};

/// `fault` is one of FaultMoment::Handshake.
HandshakePlan planHandshake(const Fault &fault);

/// To a request whose head has arrived and whose body has not.
struct HeadPlan
{
    bool answersNow = false;  ///< the body is left unread
    bool saysContinue = true; ///< to a client that waits for 100 (RFC 9110 section 10.1.1)
    /// Bytes per second at which the body is read, in place of the throttle's.
    std::optional<ByteCount> upload{};
};

HeadPlan planHead(const Fault &fault);

/// The fault is about bytes of the body, not about those of its chunks: an answer that it strikes
/// has a length, or ends with the connection, as for clients of HTTP/1.0.
bool needsWholeBody(const Fault &fault);

} // namespace understudy
