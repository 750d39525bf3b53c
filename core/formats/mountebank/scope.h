// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/yaml/node.h"

#include <set>
#include <string>

namespace understudy::formats::mountebank {

using yaml::Node;

/// What is said of one stub, and about whom. `isServed` becomes false where the stub cannot be
/// answered here, which is noted.
struct StubScope
{
    Notes &notes;
    std::set<std::string> &saidOnce; ///< of the imposter
    std::string subject;             ///< "GET /orders", "stub 3"
    bool isServed = true;

    /// What holds for many predicates is said where the imposter has it first.
    void changedOnce(const std::string &message, yaml::Mark at)
    {
        if (saidOnce.insert(message).second)
            notes.changed(subject, message, at);
    }
    void switchOff(const std::string &why, yaml::Mark at)
    {
        notes.notServed(subject, why + ", so that this stub is switched off", at);
        isServed = false;
    }
};

} // namespace understudy::formats::mountebank
