// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/media.h"
#include "core/http/header_list.h"

#include <string>

namespace understudy::formats::openapi {

/// The headers that a response documents, with their examples or values made from their schemas.
/// Those that the server writes itself are left out, with a remark.
http::HeaderList documentedHeaders(const MakingOf &with, Element response,
                                   const std::string &subject);

} // namespace understudy::formats::openapi
