// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/header_list.h"
#include "core/http/request.h"

namespace understudy::http {

/// What the conditions of a request make of an answer (RFC 9110 section 13.2).
enum class Precondition { Holds, NotModified, Failed };

/// Evaluates If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since in the order of RFC
/// 9110 section 13.2.2 against the validators that the answer carries: its ETag and Last-Modified.
/// A condition on a validator that the answer has not is as if there were no representation of that
/// tag, and a date condition is ignored.
Precondition evaluatePreconditions(const RequestHead &request, const HeaderList &answer);

/// Whether a Range header is to be looked at: there is no If-Range, or it names the answer's
/// validator (RFC 9110 section 13.1.5, strong comparison).
bool allowsRange(const RequestHead &request, const HeaderList &answer);

} // namespace understudy::http
