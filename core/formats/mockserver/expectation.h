// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

namespace understudy::formats::mockserver {

struct ReadExpectation
{
    Endpoint endpoint;
    double priority = 0; ///< the highest is tried first
};

/// It asks for a request or does something.
bool isExpectation(const yaml::Node &node);
/// It is an entry of a log of Google Cloud, whose requests have the same key.
bool isOfALog(const yaml::Node &node);
/// An expectation as an endpoint with one response. What cannot be served is off, and noted.
ReadExpectation readExpectation(const yaml::Node &node, Notes &notes);

} // namespace understudy::formats::mockserver
