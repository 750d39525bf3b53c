// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/export_answer.h"
#include "core/formats/openapi/export_crud.h"
#include "core/formats/openapi/export_path.h"

#include <set>
#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// An endpoint, or one operation of one with `crud`, that answers an operation of the document.
struct OperationSource
{
    const Endpoint *endpoint;
    const CrudOperation *crud = nullptr;
    TemplatePath path;
    std::string tag; ///< empty: none
};

/// What answers one method of one path, in the order in which it does.
struct OperationDraft
{
    std::string method; ///< ours, "GET"
    std::vector<OperationSource> sources;
};

/// "GET /users/{id}": how remarks call an endpoint.
std::string subjectOf(const Endpoint &endpoint);

/// An Operation Object. `path`: its parameters are called as there. `ids`: those of the operations
/// before it.
JsonValue operationJson(const OperationDraft &draft, const TemplatePath &path,
                        std::set<std::string> &ids, const ExportScope &scope);

} // namespace understudy::formats::openapi
