// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/clients/cases.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace understudy::clients {

/// A line for a driver: NUMBER, ACT, SECONDS and URL, with tabs between them. SECONDS is the
/// client's time-out. All lines of a file are run at once, by one process.
struct Order
{
    std::size_t number = 0;
    Act act = Act::Get;
    double seconds = 0;
    std::string url;
};

/// The line that a driver prints for it: NUMBER, MILLISECONDS and OUTCOME. The outcome is the
/// status and the first 60 characters of the body, or the client's own error.
struct Outcome
{
    std::chrono::milliseconds took{};
    std::string text;
};

/// The program behind a client; nothing if it is not installed.
std::optional<std::filesystem::path> findClient(Client client);

/// Runs a driver over all orders; by number. `authority`: the PEM file to trust. Missing entries:
/// the driver broke down; what it said is on standard error.
std::map<std::size_t, Outcome> runClient(Client client, const std::vector<Order> &orders,
                                         const std::filesystem::path &folder,
                                         const std::filesystem::path &authority);

} // namespace understudy::clients
