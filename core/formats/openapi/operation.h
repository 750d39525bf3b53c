// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/document.h"
#include "core/formats/openapi/path_parameters.h"

#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// An operation, before it is known which base path all have.
struct Operation
{
    std::string method;
    std::string path;
    Element at;
    Element pathItem;
    std::vector<std::string> bases;
    std::vector<NarrowParameter> narrow{}; ///< see tellApart()

    std::string subject() const;
};

/// Operations whose paths differ by the names of parameters alone answer the same requests. Gives
/// all of them but one, the one that takes anything where there is one, narrow
/// parameters.
void tellApart(Document &document, std::vector<Operation> &operations);

} // namespace understudy::formats::openapi
