// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/regex.h"
#include "core/formats/hoverfly/field.h"
#include "core/formats/notes.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy::formats::hoverfly {

/// For which hosts a pair is meant.
struct Destination
{
    std::string exact;           ///< empty: none is named exactly
    std::vector<Regex> patterns; ///< that are found in the host
    std::string written;         ///< the patterns, as people read them
    bool isNone = false;         ///< a pattern is broken

    bool isAny() const { return !isNone && exact.empty() && patterns.empty(); }
    /// What is exact is not what the patterns ask for, or a pattern is broken.
    bool isImpossible() const { return isNone || (!exact.empty() && !isMeant(exact)); }
    bool isMeant(const std::string &host) const;
};

struct ReadPair
{
    Endpoint endpoint;
    Destination destination;
    int score = 0; ///< of a request that matches: the strongest match answers
    yaml::Mark at;
};

/// A pair of request and response as an endpoint. What cannot be served is off, and noted.
ReadPair readPair(const yaml::Node &pair, Notes &notes);

} // namespace understudy::formats::hoverfly
