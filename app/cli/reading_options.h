// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/formats/format.h"

namespace understudy::cli {

inline constexpr OptionSpec fromOption{
    "from", "FORMAT", "format of what is read; recognised by its content otherwise"};
inline constexpr OptionSpec checkRequestsOption{
    "check-requests", "", "OpenAPI: refuse requests that the document does not allow"};
inline constexpr OptionSpec makeBucketsOption{
    "make-buckets", "", "OpenAPI: keep what is sent to collections, in buckets with CRUD"};
inline constexpr OptionSpec dynamicOption{
    "dynamic", "", "OpenAPI: answer 'Prefer: dynamic=true' with data that is invented anew"};
inline constexpr OptionSpec recordedLatencyOption{
    "recorded-latency", "", "HAR: answers wait as long as those that were recorded"};

/// What the command line says about how files are read, as far as the command has these options.
inline formats::LoadOptions readingOptions(const Arguments &arguments)
{
    formats::LoadOptions out;
    out.format = arguments.text("from").value_or("");
    out.checkRequests = arguments.has("check-requests");
    out.makeBuckets = arguments.has("make-buckets");
    out.dynamicAnswers = arguments.has("dynamic");
    out.recordedLatency = arguments.has("recorded-latency");
    return out;
}

} // namespace understudy::cli
