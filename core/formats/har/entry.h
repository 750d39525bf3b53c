// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/formats/notes.h"
#include "core/formats/recorded/request_facts.h"
#include "core/formats/recorded/url.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <optional>
#include <string>

namespace understudy::formats::har {

/// One request with its answer, as the file has it.
struct Entry
{
    recorded::Url url;
    std::string method;
    recorded::RequestFacts facts;
    Response response;
    std::optional<Duration> wait;    ///< until the answer began
    std::optional<Duration> receive; ///< from there to its end
    bool hasBody = false;            ///< of the answer
    yaml::Mark at;

    std::string subject() const { return method + ' ' + url.path; }
};

/// Reads an element of `log.entries`. Nothing for what was never answered or is no HTTP request,
/// which is noted.
std::optional<Entry> readEntry(const yaml::Node &node, Notes &notes);

} // namespace understudy::formats::har
