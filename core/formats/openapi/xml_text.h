// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/formats/openapi/document.h"

#include <string>

namespace understudy::formats::openapi {

/// A value as XML, by the `xml` hints of its schema: name, namespace, prefix, attribute, wrapped.
/// What the schema does not name is called by its property, component, or "root".
std::string xmlText(Document &document, Element schema, const JsonValue &value);

} // namespace understudy::formats::openapi
