// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/early_faults.h"

#include "core/model/fault_catalogue.h"

namespace understudy {

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
