// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/yaml/node.h"
#include "core/http/header_list.h"

#include <optional>
#include <string>
#include <vector>

namespace understudy::formats::har {

/// A field of a form that the recorder took apart.
struct RecordedField
{
    std::string name;
    std::string value;
    bool isFile = false;
};

/// A body as the file has it.
struct RecordedBody
{
    std::string mediaType;
    std::optional<std::string> text; ///< nothing: the recorder did not keep it
    bool isBase64 = false;
    std::optional<double> size;          ///< without its coding, in bytes
    std::vector<RecordedField> fields{}; ///< of a request
};

/// What each step took, in milliseconds; nothing where the recorder did not know.
struct RecordedTimings
{
    std::optional<double> dns;
    std::optional<double> blocked;
    std::optional<double> connect; ///< with `ssl`
    std::optional<double> ssl;
    std::optional<double> send;
    std::optional<double> wait;
    std::optional<double> receive;
    std::optional<double> total;
};

/// An element of `log.entries` (HAR 1.2, section "entries") as it stands there: headers and bodies
/// are neither checked nor changed, what is missing or of another kind is empty. The one reading of
/// an entry, whatever it becomes.
struct RecordedEntry
{
    yaml::Mark at;
    std::string started; ///< an ISO 8601 moment, if it is one
    std::string method;
    std::string url;
    std::string requestVersion;
    http::HeaderList requestHeaders;
    RecordedBody requestBody;
    std::optional<double> requestSize; ///< of the body on the wire
    double status = 0;                 ///< 0: never answered
    std::string reason;
    std::string responseVersion;
    http::HeaderList responseHeaders;
    RecordedBody responseBody;
    std::optional<double> responseSize; ///< of the body on the wire
    RecordedTimings timings;
    std::string connection;
    std::string error; ///< why it was not answered, in the words of the recorder
    std::string comment;
};

/// Errors: Invalid, with the place, where there is no request or no response.
Result<RecordedEntry> readRecorded(const yaml::Node &node);

} // namespace understudy::formats::har
