// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/script/qt_scripting.h"
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <filesystem>
#include <string>

namespace understudy::test {

inline WorkbenchOptions withScripting(const ScriptLimits &limits = {})
{
    WorkbenchOptions options;
    options.threads = 2;
    options.scripting = makeQtScripting(limits);
    return options;
}

/// A server with one endpoint, ANY /a/{id}, that is answered by `script`; `more` are keys of the
/// server.
class ScriptedMock
{
public:
    explicit ScriptedMock(std::string_view script, std::string_view more = {},
                          const ScriptLimits &limits = {})
        : m_server(mock("- path: /a/{id}\n"
                        "  id: a\n"
                        "  responses: [{script: a.js, status: 202, headers: {X-File: yes}}]\n",
                        more),
                   withScripting(limits))
    {
        m_server.folder().write("a.js", script);
    }

    RunningMock &server() { return m_server; }
    void write(std::string_view script) { m_server.folder().write("a.js", script); }

    std::string send(const std::string &target, const std::string &body = {},
                     const std::string &headers = {})
    {
        LoopbackClient client(m_server.port());
        client.send("POST " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + headers
                    + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        return client.readAll();
    }
    std::string body(const std::string &target = "/a/1", const std::string &body = {})
    {
        return bodyOf(send(target, body));
    }

private:
    RunningMock m_server;
};

/// A script of one expression.
inline std::string returning(std::string_view expression)
{
    return "module.exports = function (request, mock) { return " + std::string(expression)
           + "; };\n";
}

} // namespace understudy::test
