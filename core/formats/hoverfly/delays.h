// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/regex.h"
#include "core/formats/notes.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <optional>
#include <string>
#include <vector>

namespace understudy::formats::hoverfly {

/// `fixedDelay` or `logNormalDelay` of a response, in milliseconds; at most an hour.
std::optional<LatencyModel> delayOf(const yaml::Node &response);

/// `globalActions`: delays for what their patterns are found in.
class GlobalDelays
{
public:
    /// `actions` may be null: none.
    GlobalDelays(const yaml::Node *actions, Notes &notes);

    /// Gives endpoints the first delay whose pattern is found in host and path, where their
    /// responses have none of their own.
    void apply(const std::string &host, std::vector<Endpoint> &endpoints, Notes &notes);

private:
    struct Delay
    {
        Regex pattern;
        std::string method;
        std::optional<LatencyModel> latency;
    };

    static bool isFor(const Delay &delay, const std::string &url, const Endpoint &endpoint);

    std::vector<Delay> m_delays;
    yaml::Mark m_at;
    bool m_hasSaid = false;
};

} // namespace understudy::formats::hoverfly
