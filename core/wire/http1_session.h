// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/token_bucket.h"
#include "core/engine/conversation.h"
#include "core/http/http1_writer.h"
#include "core/http/request_parser.h"
#include "core/wire/script_player.h"
#include "core/wire/session.h"

#include <cstdint>
#include <optional>
#include <string>

namespace understudy::wire {

/// HTTP/1.0 and 1.1: reads a request, answers it, and begins again (RFC 9112 section 9).
class Http1Session final : public Session
{
public:
    Http1Session(Channel &channel, Conversation &conversation);
    ~Http1Session() override;

    boost::asio::awaitable<void> run() override;

private:
    enum class Arrival {
        Whole,    ///< m_parser holds a request
        HeadOnly, ///< a fault strikes before the body is read
        None      ///< the connection has ended; everything about it is said
    };

    // http1_session.cpp: reading
    boost::asio::awaitable<Arrival> readRequest(Limits limits);
    HeadPlan anticipate();
    boost::asio::awaitable<bool> slowDown(std::size_t bytes);
    boost::asio::awaitable<void> refuse(const http::ParseFailure &failure);
    void recordLeft();
    /// Counts what m_parser holds against what the whole server may hold; false when that is spent.
    bool hold(std::uint64_t most);
    void release();

    // http1_answer.cpp
    boost::asio::awaitable<void> answer(http::Request request);
    boost::asio::awaitable<void> answerPlainly(const AnswerPlan &plan,
                                               const http::Http1Writer &writer, Outcome &outcome);
    boost::asio::awaitable<void> answerByScript(AnswerPlan &plan, http::Http1Writer &writer,
                                                Outcome &outcome);
    Moment moment(WallTime wall, SteadyTime now) const;
    /// "Date: …\r\n" as the server's clock shows it.
    std::string_view dateLine();

    Channel &m_channel;
    Conversation &m_conversation;
    ScriptPlayer m_player;
    http::RequestParser m_parser;
    std::uint64_t m_held = 0; ///< this connection's part of ListenerShare::held
    std::string m_carry;      ///< bytes behind the request that is being answered
    std::string m_dateLine;   ///< where the server's clock is set
    bool m_keepAlive = true;
    std::optional<TokenBucket> m_upload; ///< while a throttled body is read
    WireEnd m_end = WireEnd::KeepAlive;  ///< what becomes of the connection after the answer
    std::optional<Duration> m_stallFor;
};

} // namespace understudy::wire
