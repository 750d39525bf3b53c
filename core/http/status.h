// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace understudy::http {

struct StatusPhrase
{
    int status;
    std::string_view phrase;
};

/// The registered status codes with their phrases (IANA registry, RFC 9110 section 15), ascending.
std::span<const StatusPhrase> knownStatuses();

/// The standard phrase, or an empty text for a code that has none.
std::string_view reasonPhrase(int status);

/// Whether an answer with this status never has a body: 1xx, 204, 304 (RFC 9112 section 6.3).
bool isBodiless(int status);

} // namespace understudy::http
