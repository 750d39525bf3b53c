// SPDX-License-Identifier: Apache-2.0
// TLS servers as a whole, where the session alone does not decide.
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::test;

TEST(TlsServer, EndsAFailedHandshakeSoThatItsAlertArrives)
{
    RunningMock server("understudy: 1\nname: Test\nlisten: {port: 0, tls: self-signed}\n"
                       "endpoints:\n- {path: /x, responses: [{body: one}]}\n");
    LoopbackClient client(server.port());
    // A handshake record that holds no hello, and more behind it that nobody reads.
    client.send(std::string("\x16\x03\x01\x00\x08", 5) + std::string(100'000, 'x'));
    const std::string answer = client.readAll();
    EXPECT_FALSE(client.isReset());
    ASSERT_GE(answer.size(), 7U);
    EXPECT_EQ(answer[0], '\x15') << "no alert record";
    EXPECT_EQ(answer[5], '\x02') << "not fatal";
}
