// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace understudy {

/// `bytes` as a gzip stream (RFC 1952), without a time stamp, so that the same input gives the same
/// bytes.
std::string gzip(std::string_view bytes);

/// Whether an Accept-Encoding value allows `coding` (RFC 9110 section 12.5.3).
bool acceptsCoding(std::string_view acceptEncoding, std::string_view coding);

} // namespace understudy
