// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"
#include "core/traffic/exchange.h"

#include <string>

namespace understudy::ui {

/// What the server, as it stands now, has for a request of the past: what "+ Mock" opens instead of
/// making a second endpoint beside it.
struct MockTarget
{
    enum class Kind {
        None,      ///< nothing: a new endpoint is needed
        Answers,   ///< `endpointId` answers this request
        NeedsReply ///< `endpointId` is meant for it, but no rule of its responses holds
    };
    Kind kind = Kind::None;
    std::string endpointId;
};

/// Asks the server's own compiler and selection, with a memory that begins anew: counters and
/// scenarios stand at their beginning. A server that does not compile has nothing to say.
MockTarget findMockTarget(const Server &server, const Exchange &exchange);

} // namespace understudy::ui
