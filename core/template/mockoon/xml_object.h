// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/match/xml_body.h"

namespace understudy::mockoon {

/// An XML document as the compact object that `xml-js` makes of it: elements by their names, equal
/// ones as a list, with `_attributes`, `_text`, `_cdata`, `_comment` and `_declaration`.
JsonValue xmlObject(const XmlBody &xml);

} // namespace understudy::mockoon
