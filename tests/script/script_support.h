// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/script/qt_scripting.h"
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <filesystem>
#include <string>

namespace understudy::test {

/// Limits that no test reaches by being slow, with a sanitizer or beside a load.
inline ScriptLimits patiently(unsigned threads = 0)
{
    ScriptLimits limits;
    limits.time = std::chrono::minutes(1);
    limits.memory = std::size_t{8} * 1024 * 1024 * 1024;
    limits.threads = threads;
    return limits;
}

/// For scripts that never end.
inline ScriptLimits briefly(unsigned threads = 0)
{
    ScriptLimits limits = patiently(threads);
    limits.time = std::chrono::seconds(1);
    return limits;
}

inline WorkbenchOptions withScripting(const ScriptLimits &limits = patiently())
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
                          const ScriptLimits &limits = patiently())
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
