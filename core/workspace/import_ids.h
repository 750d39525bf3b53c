// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workspace/import_stamp.h"

namespace understudy::workspace {

/// Gives the endpoints and responses of what is offered and of the last import the ids that they
/// have in `mine` (see import_pairs.h for what is the same), and ids of their own where they are
/// not in it. Behind it every endpoint and response of the two canonical trees has its id written
/// out.
void callAlike(formats::yaml::Node &mine, formats::yaml::Node &offered, ImportStamp &then);

} // namespace understudy::workspace
