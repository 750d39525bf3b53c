// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/request_view.h"

#include <string_view>
#include <vector>

namespace understudy {

/// The parts of a multipart body (RFC 2046 section 5.1, RFC 7578); contents are views into `body`.
/// Empty if `contentType` is no multipart type, has no boundary, or the body does not keep to it.
std::vector<BodyPart> parseMultipart(std::string_view contentType, std::string_view body);

/// A parameter of a header value such as `form-data; name="a"`, unquoted; empty if it is not there.
std::string headerParameter(std::string_view value, std::string_view name);

} // namespace understudy
