// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/target_values.h"

namespace understudy {

/// A request as scripts get it: method, path, target, query, headers (names in lower case), params
/// (of the path), cookies, form, body (a text; null where there is none), host, client, tls and
/// count. A query parameter, cookie or field that comes several times is a list.
JsonValue scriptRequest(const MatchContext &context);

} // namespace understudy
