// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/media.h"
#include "core/formats/openapi/path_links.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// The answers to requests that an operation does not allow, to be tried before its own ones: to
/// those without what its security asks for a 401, to those whose parameters or body are not as
/// described a 422 (or the 400 that it documents). Each names what was wrong, as problem+json. None
/// where all is allowed.
std::vector<Response> refusals(const MakingOf &with, const OperationPlace &place,
                               const std::string &subject);

} // namespace understudy::formats::openapi
