// SPDX-License-Identifier: Apache-2.0
// A response in bytes, for each kind of client (RFC 9112).
#include "core/http/http1_writer.h"

#include <gtest/gtest.h>

namespace understudy::http {
namespace {

/// What goes out, Date left out.
std::string sent(Response response, int version, bool keepsAlive = true,
                 bool leavesOutChunks = false)
{
    const auto prepared = prepareResponse(std::move(response), false);
    Http1Writer writer(*prepared, version);
    if (leavesOutChunks)
        writer.leaveOutChunks();
    std::string out;
    writer.writeHead({}, {}, keepsAlive, out);
    return out + writer.body();
}

Response chunked()
{
    Response response;
    response.headers = {{"Transfer-Encoding", "chunked"}, {"Trailer", "X-Sum"}, {"X-Sum", "7"}};
    response.body = "abc";
    return response;
}

} // namespace

TEST(Http1Writer, SaysTheLengthAndWhatBecomesOfTheConnection)
{
    Response response;
    response.status = 201;
    response.headers = {{"Content-Length", "99"}, {"X", "y"}};
    response.body = "abc";
    const std::string head = "HTTP/1.1 201 Created\r\nX: y\r\nContent-Length: 3\r\n";
    EXPECT_EQ(sent(response, 11), head + "\r\nabc");
    EXPECT_EQ(sent(response, 11, false), head + "Connection: close\r\n\r\nabc");
    EXPECT_EQ(sent(response, 10), head + "Connection: keep-alive\r\n\r\nabc");
    EXPECT_EQ(sent(response, 10, false), head + "Connection: close\r\n\r\nabc");
    response.headers.push_back({"Connection", "close"});
    EXPECT_EQ(sent(response, 10, false),
              "HTTP/1.1 201 Created\r\nX: y\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc");
}

TEST(Http1Writer, SendsChunksToThoseWhoKnowThem)
{
    const std::string start = "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\n";
    EXPECT_EQ(sent(chunked(), 11),
              start + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 7\r\n\r\n");
    EXPECT_EQ(sent(chunked(), 10),
              start + "Content-Length: 3\r\nConnection: keep-alive\r\n\r\nabc");
    EXPECT_EQ(sent(chunked(), 11, true, true), start + "Content-Length: 3\r\n\r\nabc");
}

TEST(Http1Writer, LeavesOutBodiesThatAStatusNeverHas)
{
    Response response = chunked();
    response.status = 304;
    EXPECT_EQ(sent(response, 11),
              "HTTP/1.1 304 Not Modified\r\nTrailer: X-Sum\r\nX-Sum: 7\r\n\r\n");
}

TEST(Http1Writer, LeavesADateOfItsOwnAlone)
{
    const auto with = prepareResponse({.headers = {{"Date", "now"}}}, false);
    const auto without = prepareResponse({}, false);
    std::string out;
    Http1Writer(*with, 11).writeHead("A: b\r\n", "Date: then\r\n", true, out);
    EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 0\r\nA: b\r\n\r\n");
    Http1Writer(*without, 11).writeHead("A: b\r\n", "Date: then\r\n", true, out);
    EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: b\r\nDate: then\r\n\r\n");
}

} // namespace understudy::http
