// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/export_answer.h"

#include <span>
#include <string_view>
#include <vector>

namespace understudy::formats::openapi {

/// One of the operations on a bucket that an endpoint with `crud` answers.
struct CrudOperation
{
    std::string_view method;
    bool isItem;
    std::string_view verb;    ///< of its id
    std::string_view summary; ///< what it does
};

std::span<const CrudOperation> crudOperations();

/// What an operation answers while the bucket is as in the beginning.
std::vector<WrittenAnswer> crudAnswers(const CrudOperation &operation, const Endpoint &endpoint,
                                       const std::string &subject, const ExportScope &scope);
/// The `requestBody` of an operation; nothing where it takes none.
std::optional<JsonValue> crudBody(const CrudOperation &operation, const Endpoint &endpoint,
                                  const std::string &subject, const ExportScope &scope);

} // namespace understudy::formats::openapi
