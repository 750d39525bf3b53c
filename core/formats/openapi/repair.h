// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/formats/openapi/media.h"

#include <string>
#include <vector>

namespace understudy::formats::openapi {

struct Repaired
{
    JsonValue value;
    std::vector<std::string> notes; ///< what was changed; empty: nothing had to be
};

/// An example that somebody wrote, so that it is what the schema says: a text that holds JSON is
/// read, what does not fit is replaced by what is made, what is required is added and what may not
/// be there taken out, each where it stands; the rest stays as it was written. Where that does not
/// help, the whole value is made.
Repaired repair(const MakingOf &with, Element schema, JsonValue value);

} // namespace understudy::formats::openapi
