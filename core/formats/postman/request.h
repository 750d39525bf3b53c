// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/described/request.h"
#include "core/formats/described/variables.h"
#include "core/formats/yaml/node.h"

namespace understudy::formats::postman {

using described::Variables;

/// A request of a collection, or the one that a saved example answers.
struct PostmanRequest : described::Request
{
    const yaml::Node *node = nullptr; ///< for its body; null: a URL alone
};

/// `node`: an object, or a text that is a URL.
PostmanRequest readRequest(const yaml::Node &node, Variables &variables);

/// The body is a file that the collection does not hold, or has one in a part.
bool sendsFile(const yaml::Node &node);

/// What tells it apart from others with that path: values of its parameters, query and body.
recorded::RequestFacts factsOf(const PostmanRequest &request, const described::RequestPath &path,
                               Variables &variables);

} // namespace understudy::formats::postman
