// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mockoon/responses.h"

namespace understudy::formats::mockoon {

/// One response without its rules: status, headers with the Content-Type that Mockoon would send,
/// body, latency, callbacks.
Response translateAnswer(const ObjectReader &response, const EnvironmentScope &environment,
                         bool isCrud, Notes &notes);

/// Milliseconds under `key`; 0 where there are none.
Duration readMilliseconds(const ObjectReader &reader, std::string_view key);

} // namespace understudy::formats::mockoon
