// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/described/examples.h"
#include "core/formats/notes.h"
#include "core/formats/postman/request.h"

#include <string>

namespace understudy::formats::postman {

/// What stays of the examples for the whole collection to say.
struct ExampleCounts
{
    std::size_t cookies = 0;
    std::size_t templates = 0;
};

/// Reads an element of `response`.
described::Example readExample(const yaml::Node &node, const PostmanRequest &parent,
                               const described::RequestPath &path, Variables &variables,
                               const std::string &subject, Notes &notes, ExampleCounts &counts);

} // namespace understudy::formats::postman
