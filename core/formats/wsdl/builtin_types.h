// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/wsdl/xml.h"

#include <string>
#include <string_view>

namespace understudy::formats::wsdl {

/// A value of a type of XML Schema (part 2, section 3), by its local name.
std::string builtinValue(std::string_view type);

/// The same with the facets of a restriction: the first value of an enumeration, lengths and
/// bounds.
std::string restricted(const XmlElement &restriction, std::string value);
/// The first facet that a value made so does not keep, such as "pattern [A-Z]+"; empty if none.
std::string brokenFacet(const XmlElement &restriction, const std::string &value);

} // namespace understudy::formats::wsdl
