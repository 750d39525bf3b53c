// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/journal.h"

#include <string>
#include <utility>
#include <vector>

/// Exchanges made by hand, as a server would have recorded them.
namespace understudy::test {

struct Sample
{
    std::string method = "GET";
    std::string target = "/users";
    int status = 200;
    MatchKind match = MatchKind::Matched;
    Duration duration = std::chrono::milliseconds(1);
    std::string requestBody = {};
    std::string responseBody = "[]";
    std::vector<std::pair<std::string, std::string>> headers{{"Accept", "*/*"}};
};

std::shared_ptr<Exchange> makeExchange(const Sample &sample);

/// An unmatched GET /orders/17 with one near miss, whose condition on Accept failed.
std::shared_ptr<Exchange> makeMiss();

/// GET /users over TLS as the first request of its connection: 213 ms of log-normal latency, then
/// reset in the middle of the body, drawn at 20 %.
std::shared_ptr<Exchange> makeBroken();

/// A connection whose handshake a fault ended: there is no request.
std::shared_ptr<Exchange> makeNoRequest();

/// Appends `count` exchanges with the paths /n/1 … /n/count.
void fill(Journal &journal, int count);

} // namespace understudy::test
