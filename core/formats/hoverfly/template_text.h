// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/model/server.h"

namespace understudy::formats::hoverfly {

/// Makes the response a template where each tag of its body and headers has a word in WireMock's
/// dialect, as `{{ Request.QueryParam.page }}` has. Otherwise it is sent as it stands, and said.
void translateTemplates(Response &response, const Translation &scope, yaml::Mark at);

} // namespace understudy::formats::hoverfly
