// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/early_faults.h"

#include "core/model/fault_catalogue.h"

#include <algorithm>
#include <array>

namespace understudy {

namespace {

using Certificate = HandshakePlan::Certificate;

struct Variant
{
    std::string_view name;
    HandshakePlan plan;
};

constexpr std::array<Variant, 9> kHandshakes{{
    {"expired",
     {.certificate = Certificate::Expired, .effect = "the certificate shown has expired"}},
    {"not-yet-valid",
     {.certificate = Certificate::NotYetValid, .effect = "the certificate shown is not valid yet"}},
    {"self-signed",
     {.certificate = Certificate::SelfSigned,
      .effect = "the certificate shown is signed by itself"}},
    {"wrong-host",
     {.certificate = Certificate::WrongHost,
      .effect = "the certificate shown is for another host"}},
    {"untrusted-chain",
     {.certificate = Certificate::UntrustedChain,
      .effect = "the certificate shown is signed by an authority nobody knows"}},
    {"alert", {.isRefused = true, .effect = "the handshake was refused with an alert"}},
    {"stall", {.isSilent = true, .effect = "the client's hello was never answered"}},
    {"cut",
     {.endsWithoutGoodbye = true, .effect = "the connection ends without TLS's close_notify"}},
    {"old-version", {.isOld = true, .effect = "nothing newer than TLS 1.1 was offered"}},
}};

} // namespace

AcceptPlan planAccept(const Fault &fault)
{
    const bool isRefuse = fault.kind == FaultKind::Refuse;
    switch (fault.kind) {
    case FaultKind::Reset:
        return {.effect = "the connection was reset as soon as it was accepted",
                .end = WireEnd::Reset};
    case FaultKind::Stall:
        return {.effect = "the connection was accepted and nothing was read or sent",
                .end = WireEnd::Stall,
                .stallFor = fault.duration};
    case FaultKind::Refuse:
    case FaultKind::Blackhole: {
        const Duration away = fault.duration.value_or(kServerAway);
        return {.effect
                = (isRefuse ? "the connection was reset and the server stopped listening for "
                            : "the connection was left alone and the server stopped accepting for ")
                  + formatDuration(away),
                .end = isRefuse ? WireEnd::Reset : WireEnd::Stall,
                .stallFor = away,
                .server = isRefuse ? ServerEffect::Refuse : ServerEffect::Blackhole,
                .serverFor = away};
    }
    default:
        return {.effect = "the connection was closed as soon as it was accepted"};
    }
}

HandshakePlan planHandshake(const Fault &fault)
{
    const auto found
        = std::find_if(kHandshakes.begin(), kHandshakes.end(),
                       [&](const Variant &variant) { return variant.name == fault.variant; });
    return found == kHandshakes.end() ? HandshakePlan{} : found->plan;
}

HeadPlan planHead(const Fault &fault)
{
    switch (fault.kind) {
    case FaultKind::Reset:
    case FaultKind::NoRead:
        return {.answersNow = true};
    case FaultKind::ExpectRefuse:
        return {.answersNow = fault.variant != "silent", .saysContinue = false};
    case FaultKind::SlowRead:
        return {.upload = fault.upload};
    default:
        return {};
    }
}

bool needsWholeBody(const Fault &fault)
{
    switch (fault.kind) {
    case FaultKind::Close:
    case FaultKind::Reset:
    case FaultKind::Stall:
    case FaultKind::HalfClose:
    case FaultKind::Truncate:
    case FaultKind::Garbage:
    case FaultKind::MalformedHead:
    case FaultKind::BadEncoding:
    case FaultKind::BadCharset:
    case FaultKind::Corrupt:
        return true;
    default:
        return false;
    }
}

} // namespace understudy
