// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mountebank/comparison.h"

#include <string_view>

namespace understudy::formats::mountebank {

/// What a predicate asks of one field of the request: "path", "query", "body".
Rule compareField(std::string_view field, Comparison comparison, const Node &expected,
                  const Parameters &parameters, StubScope &scope);

/// What it asks of the body, or of what a selector finds in it.
Rule compareBody(Comparison comparison, const Node &expected, const Parameters &parameters,
                 StubScope &scope);

/// It has a character that a path has only percent-encoded where mountebank compares it.
bool isNeverSent(std::string_view path);

/// The names of a query or a form are these and no others, each as often as it has values.
Rule onlyTheseNames(const RuleTarget &whole, const Node &expected, const Parameters &parameters);

} // namespace understudy::formats::mountebank
