// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/engine/compiled_server.h"
#include "core/traffic/exchange.h"

#include <memory>
#include <string>
#include <vector>

namespace understudy::wire {

class TlsContext;

/// What a connection asks of the server it belongs to. Implemented by the runtime; called on I/O
/// threads, any number at once.
class Service
{
public:
    virtual ~Service() = default;

    /// The snapshot to answer with; taken once per request.
    virtual std::shared_ptr<const CompiledServer> snapshot() const = 0;
    virtual std::shared_ptr<const std::string> serverId() const = 0;
    /// What TLS clients are shown; null if the server speaks plain HTTP only.
    virtual std::shared_ptr<const TlsContext> tls() const = 0;
    /// When the server was started.
    virtual SteadyTime started() const = 0;
    /// The time that the server goes by, which somebody may have set (core/runtime/server_clock.h).
    virtual WallTime shown(WallTime real) const { return real; }
    virtual bool showsRealTime() const { return true; }
    /// Takes a finished exchange over. Its place in the journal, from 1.
    virtual std::uint64_t record(std::shared_ptr<const Exchange> exchange) = 0;
    /// Sends what an answer causes. `cause`: the place of its exchange.
    virtual void sendCallbacks(std::vector<OutboundRequest> requests, std::uint64_t cause) = 0;
    /// Of a body, how much an exchange keeps, in bytes.
    virtual std::size_t captureLimit() const = 0;
    /// Something the user should know: descriptors ran out, a body file is missing.
    virtual void report(Severity severity, std::string text) = 0;
};

} // namespace understudy::wire
