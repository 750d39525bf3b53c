// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/document.h"

#include <string>
#include <utility>
#include <vector>

namespace understudy::formats::openapi {

/// A parameter's name and the regular expression of what it takes.
using NarrowParameter = std::pair<std::string, std::string>;

/// The parameters of a path template that take only some texts by their schemas: whole numbers,
/// UUIDs, the values of an enum. Those of `common` names are left out.
std::vector<NarrowParameter> narrowParameters(Document &document, Element operation,
                                              Element pathItem, const std::string &path,
                                              const std::vector<std::string> &common);

/// The schema of a parameter of the path, in version 2.0 the parameter itself; empty where it is
/// not described.
Element pathParameter(Document &document, Element operation, Element pathItem,
                      const std::string &name);

/// The path template with them.
std::string withNarrow(std::string path, const std::vector<NarrowParameter> &parameters);

/// The names in a path template, in their order.
std::vector<std::string> namesInPath(const std::string &path);

/// A path template without the names of its parameters: equal for paths that answer the same
/// requests.
std::string shapeOfPath(const std::string &path);

} // namespace understudy::formats::openapi
