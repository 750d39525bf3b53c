// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/document.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// Where an operation stands.
struct OperationPlace
{
    Element operation;
    Element pathItem;
    std::string path;
};

/// What is asked for by a parameter of the path is in the answer: properties of the first response,
/// whose body was made for `schema`, that are called as a parameter, and `id` for the last one when
/// that is an id, become templates. Texts do where they are in the response; whole numbers and
/// UUIDs in a response of their own, which answers where the path has such a value. Nothing happens
/// where types differ or the schema asks for more.
void linkParameters(Document &document, const OperationPlace &place, Element schema,
                    std::vector<Response> &responses);

} // namespace understudy::formats::openapi
