// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::http {

/// The parts of a request target (RFC 9112 section 3.2) as views into it, nothing decoded.
struct TargetParts
{
    std::string_view scheme;    ///< of absolute-form, else empty
    std::string_view authority; ///< of absolute-form or authority-form, else empty
    std::string_view path;      ///< "/" for an absolute-form without path; "*" for asterisk-form
    std::string_view query;     ///< without the question mark
    bool hasQuery = false;
};

/// Splits a target. `method` decides between authority-form (CONNECT) and the others. A fragment,
/// which no client should send, stays part of the query or path it follows.
TargetParts splitTarget(std::string_view method, std::string_view target);

/// Percent-decodes; a `%` that two hex digits do not follow stays as it is. `plusIsSpace` for forms
/// and queries.
std::string percentDecode(std::string_view text, bool plusIsSpace = false);

/// Percent-encodes everything but unreserved characters and those in `keep` (RFC 3986 section 2.3).
std::string percentEncode(std::string_view text, std::string_view keep = {});

/// The pairs of `a=1&b=2` in order, decoded; a name without `=` has an empty value.
std::vector<std::pair<std::string, std::string>> parseQuery(std::string_view query);

/// The pairs of a Cookie header in order (RFC 6265 section 4.2.1), values without their quotes.
std::vector<std::pair<std::string, std::string>> parseCookies(std::string_view header);

} // namespace understudy::http
