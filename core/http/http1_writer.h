// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/response.h"

#include <memory>
#include <string>
#include <string_view>

namespace understudy::http {

/// A response in the bytes of HTTP/1 (RFC 9112), all but what depends on the client and the hour:
/// Date, Connection and the empty line. Immutable and shared: the bytes of a static answer are made
/// once, when its server is compiled.
struct PreparedResponse
{
    int status = 200;
    std::string head; ///< status line and header lines, each with CR LF, without chunks
    std::shared_ptr<const std::string> body; ///< never null; as it is, without chunks
    /// For clients that know chunks; null: nobody gets any.
    std::shared_ptr<const std::string> chunkedBody;
    std::string chunkedHead;

    bool hasDate = false;             ///< the head has a Date of its own
    bool hasConnection = false;       ///< the head has a Connection header of its own
    bool closes = false;              ///< the connection ends with it
    bool hasAllowOrigin = false;      ///< Access-Control-Allow-Origin
    bool hasExposeHeaders = false;    ///< Access-Control-Expose-Headers
    bool exposesAll = false;          ///< that one says `*`
    bool hasAllowCredentials = false; ///< Access-Control-Allow-Credentials
    bool isStatic = false;            ///< belongs to the compiled server, not to one exchange
};

/// Content-Length and Transfer-Encoding are made here and those of `response.headers` are dropped.
/// Statuses that never have a body lose it, with its length.
std::shared_ptr<const PreparedResponse> prepareResponse(Response response, bool isStatic);

/// Chooses the bytes that go to one client. The response must outlive it.
class Http1Writer
{
public:
    /// `version` is the client's: 10 or 11.
    Http1Writer(const PreparedResponse &response, int version)
        : m_response(response)
        , m_isOld(version == 10)
        , m_isChunked(response.chunkedBody && !m_isOld)
    {}

    /// Says the length, or ends with the connection, though the response asks for chunks.
    void leaveOutChunks() { m_isChunked = false; }

    const std::string &body() const
    {
        return m_isChunked ? *m_response.chunkedBody : *m_response.body;
    }
    /// Puts the whole head into `out`: `extraLines` and `dateLine` with CR LF behind each line.
    /// HTTP/1.0 closes unless told otherwise, HTTP/1.1 keeps alive (RFC 9112 section 9.3).
    void writeHead(std::string_view extraLines, std::string_view dateLine, bool keepsAlive,
                   std::string &out) const;

private:
    const PreparedResponse &m_response;
    bool m_isOld;
    bool m_isChunked;
};

} // namespace understudy::http
