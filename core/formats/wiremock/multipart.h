// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/wiremock/nodes.h"
#include "core/model/rule.h"

#include <vector>

namespace understudy::formats::wiremock {

/// Adds what `multipartPatterns` asks for (reference/wiremock.md, section 4.10). A part is found by
/// its name, which a pattern gives or asks of its Content-Disposition.
void multipart(const Node &request, std::vector<Rule> &rules, StubScope &scope);

} // namespace understudy::formats::wiremock
