// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/server.h"

#include <string>
#include <string_view>

namespace understudy::wire {

/// The value of the header that signs a body (RFC 2104).
std::string signatureOf(const Signature &sign, std::string_view body);

} // namespace understudy::wire
