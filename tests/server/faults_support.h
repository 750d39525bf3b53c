// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <string>

/// A server with one fault, and what a raw client sees of it.
namespace understudy::test::faults {

inline const std::string kGet = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

inline std::string withFault(const std::string &fault, const std::string &more = {})
{
    return mock("- {path: /x, behaviour: {faults: [" + fault
                    + "]}, responses: [{body: 0123456789}]}\n"
                      "- {path: /ok, responses: [{body: fine}]}\n",
                more);
}

/// Everything the client gets for one GET, up to the end of the connection.
struct Seen
{
    explicit Seen(const RunningMock &server, const std::string &request = kGet)
    {
        LoopbackClient client(server.port());
        client.send(request);
        bytes = client.readAll();
        isReset = client.isReset();
    }
    std::string bytes;
    bool isReset = false;
};

} // namespace understudy::test::faults
