// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/recorded/request_facts.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What the formats have in common in which people describe requests, with variables and saved
/// answers (Postman, Bruno, Insomnia, .http files).
namespace understudy::formats::described {

/// A request, or the one that a saved answer belongs to; its body is the format's own matter.
struct Request
{
    std::string method = "GET";
    std::string host;                  ///< as it stands there, with scheme and port
    std::vector<std::string> segments; ///< of the path: "users", ":id", "{{id}}"
    std::string query;
    std::map<std::string, std::string> pathValues; ///< of `:name` by name
};

/// Host, segments and query of "https://host/path", "{{host}}/path", "host:80/path", "/path", and
/// "http:///path", which some write for a URL without a host. Variables are filled in before.
void readAddress(std::string_view address, Request &request);

/// The path as endpoints have it, and the places of its parameters.
struct RequestPath
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
RequestPath pathOf(const Request &request);

/// What tells it apart from others with that path: values of its parameters and query. Values with
/// variables that nobody knows do not count.
recorded::RequestFacts factsOf(const Request &request, const RequestPath &path);

/// A body of GraphQL, as clients send it: JSON with the query and, where they are JSON, its
/// variables.
void addGraphQl(recorded::RequestFacts &facts, std::string query, std::string_view variables);

} // namespace understudy::formats::described
