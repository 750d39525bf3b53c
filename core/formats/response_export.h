// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/model/edit.h"
#include "core/model/server.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What exports to tools have in common whose stubs are a request and a response, as WireMock and
/// mountebank.
namespace understudy::formats {

/// What an export says of the subject that it is about.
class ExportReport
{
public:
    /// `tool`: as people call it, "WireMock".
    explicit ExportReport(std::string_view tool)
        : m_tool(tool)
        , m_notes({})
    {}

    std::string subject;

    void changed(const std::string &message) { m_notes.changed(subject, message); }
    void notServed(const std::string &message)
    {
        m_notes.notServed(subject, message);
        ++m_lost;
    }
    /// How much has had no word so far.
    std::size_t lost() const { return m_lost; }
    void noWord(const std::string &what, const std::string &so = "it is left out")
    {
        notServed(what + " has no word in " + std::string(m_tool) + "; " + so);
    }
    std::vector<Problem> take() { return m_notes.take(); }

private:
    std::string_view m_tool;
    Notes m_notes;
    std::size_t m_lost = 0;
};

/// What an export of one response knows, and where it says what has no word there.
struct ResponseScope
{
    const Server &server;
    const std::vector<const Folder *> &folders; ///< outer before inner
    const Endpoint &endpoint;
    const std::filesystem::path &files; ///< where body files are looked for
    ExportReport &report;
};

/// Makes an endpoint the subject. False for one that has no stub, which is said: it is off, or a
/// bucket's operations.
bool hasStub(const EndpointVisit &visit, ExportReport &report);

/// Its responses answer one after the other because of `times`, as none of them has a rule.
bool takesTurnsByTimes(const Endpoint &endpoint);

/// Adds a header: one text, or a list where it is sent several times.
void addHeader(JsonObject &headers, const std::string &name, std::string value);

/// The headers that we send with a response: its own, those of its server, and what its body
/// brings. `rendered` makes what goes out of a value.
JsonObject sentHeaders(const Response &response, const Server &server,
                       const std::function<std::string(const std::string &)> &rendered);

/// The bytes of a body file; nothing where it cannot be read, which is said.
std::optional<std::string> bodyFile(const std::string &path, ResponseScope &scope);
/// They can stand in a text.
bool isPlainText(std::string_view bytes);

/// Calls with the behaviour of the server, of each folder, of the endpoint and of the response.
void forEachBehaviour(const Response &response, const ResponseScope &scope,
                      const std::function<void(const Behaviour &)> &visit);
/// It happens to every answer, in place of it.
bool replacesEveryAnswer(const Fault &fault);

std::int64_t inMilliseconds(Duration duration);

/// "list.0.name" as a JSONPath.
std::string dotPathAsJsonPath(std::string_view steps);

} // namespace understudy::formats
