// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"

namespace understudy::workspace {

/// Makes of rules that cannot be compiled, such as a JSONPath of another dialect, rules that never
/// hold, so that a server of another tool's file starts when it has become a mock file. Each is
/// said among its problems, and kept as `x-rule-off` of its response. An endpoint whose path cannot
/// be compiled is switched off and said. A mock file is left as it is.
void switchOffBrokenRules(formats::LoadedServer &loaded);
void switchOffBrokenRules(formats::LoadOutcome &outcome);

} // namespace understudy::workspace
