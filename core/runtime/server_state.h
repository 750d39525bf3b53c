// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/json_value.h"

#include <memory>
#include <string>
#include <vector>

namespace understudy {

/// A scenario of a running server.
struct LiveScenario
{
    std::string name;
    std::string state;               ///< "Started" until something sets it
    std::vector<std::string> states; ///< that the document names, "Started" first
};

/// A bucket of a running server.
struct LiveBucket
{
    std::string name;
    std::string key; ///< the member that tells items apart
    /// As it is now; null for one that is a template and that no request has needed yet.
    std::shared_ptr<const JsonValue> value;
    /// As the document, or the file that it names, has it; null for one that is a template.
    std::shared_ptr<const JsonValue> written;
    bool isChanged = false; ///< since the server was started or its state reset
};

/// The time that a server goes by.
struct LiveClock
{
    WallTime time{};
    bool isReal = true;
    bool isFrozen = false; ///< it stands still
};

} // namespace understudy
