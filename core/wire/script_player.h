// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/token_bucket.h"
#include "core/behaviour/wire_script.h"
#include "core/wire/channel.h"
#include "core/wire/outcome.h"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string_view>

namespace understudy::wire {

/// Plays scripts on a client's stream: writes, waits, slices, throttles. Waiting is a timer;
/// stopping the server ends every wait. The throttle goes on from one answer of a connection to the
/// next. Lives on its channel's thread, and no longer than it.
class ScriptPlayer
{
public:
    explicit ScriptPlayer(Channel &channel)
        : m_channel(channel)
    {}

    /// Plays all steps, keeping what was sent in `outcome`; stops where the client or the server
    /// leaves, and `isWhole` says so. What becomes of the connection is the caller's to do.
    boost::asio::awaitable<void> play(const WireScript &script, Outcome &outcome);
    /// Streams a file without any throttle: the answer of nearly every file.
    boost::asio::awaitable<bool> writeFile(const WriteFileStep &file, Outcome &outcome);
    /// From now on at full speed.
    void endThrottle() { m_download.reset(); }

private:
    boost::asio::awaitable<bool> writeSliced(std::string_view bytes, Slices slices,
                                             Outcome &outcome);
    boost::asio::awaitable<bool> writeThrottled(std::string_view bytes, Outcome &outcome);

    Channel &m_channel;
    std::optional<TokenBucket> m_download;
    ByteCount m_downloadRate;
};

} // namespace understudy::wire
