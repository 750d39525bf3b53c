// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/postman/variables.h"
#include "core/formats/recorded/request_facts.h"

#include <map>
#include <string>
#include <vector>

namespace understudy::formats::postman {

/// A request of a collection, or the one that a saved example answers.
struct PostmanRequest
{
    std::string method = "GET";
    std::string host;                  ///< as it stands there, with scheme and port
    std::vector<std::string> segments; ///< of the path: "users", ":id", "{{id}}"
    std::string query;
    std::map<std::string, std::string> pathValues; ///< of `:name` by name
    const yaml::Node *node = nullptr;              ///< for its body; null: a URL alone
};

/// `node`: an object, or a text that is a URL.
PostmanRequest readRequest(const yaml::Node &node, Variables &variables);

/// The path as endpoints have it, and the places of its parameters.
struct PostmanPath
{
    std::string path;
    std::string shape; ///< the same for paths that answer the same requests
    struct Parameter
    {
        std::string name;
        std::size_t fromEnd; ///< segments behind it
    };
    std::vector<Parameter> parameters;
    bool isLoose
        = false; ///< a segment that holds several variables, or one of very many, takes any text
};
PostmanPath pathOf(const PostmanRequest &request);

/// What tells it apart from others with that path: values of its parameters, query and body.
/// Values with variables that nobody knows do not count.
recorded::RequestFacts factsOf(const PostmanRequest &request, const PostmanPath &path,
                               Variables &variables);

} // namespace understudy::formats::postman
