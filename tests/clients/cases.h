// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/server.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::clients {

enum class Client { Curl, Python, Node, Java };
inline constexpr std::array kClients{Client::Curl, Client::Python, Client::Node, Client::Java};
std::string_view clientName(Client client);

/// What a client does; the drivers know these words.
enum class Act {
    Get,
    Twice,  ///< two POSTs, on one connection if the client keeps it; the outcome is the second's
    Upload, ///< POSTs four megabytes
    Expect, ///< POSTs with Expect: 100-continue
    Follow, ///< a GET that follows redirects
    Date    ///< a GET; the outcome is how far the answer's Date is off
};
std::string_view actName(Act act);

/// One row: something done on purpose, and what each client makes of it.
struct Case
{
    std::string_view behaviour; ///< in YAML, of the endpoint or the server
    enum class Scope { Endpoint, Server, Tls } scope = Scope::Endpoint; ///< Tls: server, with HTTPS
    Act act = Act::Get;
    /// Part of the outcome, in the order of kClients; "A||B||C": one of them, where it is a matter
    /// of version or moment. Outcomes with a status are put into words by worded().
    std::array<std::string_view, 4> seen{};
    std::chrono::milliseconds atLeast{}; ///< it takes so long
    std::uint8_t impatient = 0;          ///< bits of the clients whose own time-out ends it
    bool isImpatient(Client client) const
    {
        return impatient >> static_cast<unsigned>(client) & 1U;
    }
};

const std::vector<Case> &cases();

/// What every case answers if nothing is done to it; to the second of two requests the other.
constexpr std::string_view kBody = "The quick brown fox jumps over the lazy dog.";
constexpr std::string_view kSecondBody = "Pack my box with five dozen liquor jugs.";

/// "200 The quick…" as "200, the whole body" and the like; errors as they are.
std::string worded(const Case &row, const std::string &outcome);

/// The mock file of a case.
std::string mockFile(const Case &row);
/// The row's first column: as the program itself calls what is done.
std::string label(const Case &row);
/// The words of a cell, as help shows them.
std::string words(const Case &row, Client client);

/// The table as Markdown: what resources/help/fault-clients.md has to contain.
std::string markdownTable();

} // namespace understudy::clients
