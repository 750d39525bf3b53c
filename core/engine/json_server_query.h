// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/crud.h"

/// A bucket as json-server 0.17 answers for it: other parameters, and changes that it refuses.
/// Behaviour watched, and from its source (lib/server/router/plural.js).
namespace understudy::crud {

/// GET of a list with json-server's parameters: `q`, `_page`, `_limit` (or `_per_page`), `_sort`,
/// `_order`, `_start`, `_end`, a member's name for equal values, and `_gte`, `_lte`, `_ne`, `_like`
/// behind one. Others do not count. Errors: Syntax for a filter that is no regular expression.
Result<Answer> listAsJsonServer(const JsonValue &bucket, const NamedValues &query);

/// What an operation has to be for an answer like json-server's: items keep their id whatever the
/// body says, those of a list of texts cannot be asked for, and the first of a list gets 1.
void adaptToJsonServer(Operation &operation, const JsonValue &bucket);

} // namespace understudy::crud
