// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/http/response.h"
#include "core/model/server.h"
#include "core/template/render_scope.h"

#include <optional>
#include <string>
#include <string_view>

namespace understudy {

/// The operations that an endpoint with `crud` answers.
struct CrudPlace
{
    std::string key = "id"; ///< where an item has its id, a dot path
    bool isItem = false;
    CrudDialect dialect = CrudDialect::Mockoon;
};

/// Puts a bucket into an answer: as it is, or what the request's operation on it comes to, with
/// status, body and headers. Returns the content type where no header says another. Errors:
/// NotFound where there is no such bucket; Invalid or Syntax where the operation is refused, and
/// nothing was changed.
Result<std::string_view> answerFromBucket(const std::string &name,
                                          const std::optional<CrudPlace> &crud,
                                          handlebars::RenderScope &scope, http::Response &answer);

} // namespace understudy
