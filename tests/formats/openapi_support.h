// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_text.h"
#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/http/uri.h"
#include "core/model/edit.h"
#include "tests/formats/mockoon_environment.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::test {

/// Holds what came of a document to what is promised of every import.
inline void checkImported(const formats::LoadedServer &loaded)
{
    EXPECT_EQ(loaded.format, "openapi");
    for (const Finding &finding : validate(loaded.server))
        ADD_FAILURE() << finding.endpointId << ": " << finding.field << ": " << finding.message;
    const auto read = formats::native::read(formats::native::write(loaded.server), "written");
    EXPECT_TRUE(read.ok() && read.server == loaded.server) << formats::native::write(loaded.server);
}

/// Imports one document; an error fails the test.
inline formats::LoadedServer importedDocument(std::string_view text,
                                              const std::string &name = "api.yaml")
{
    formats::LoadOutcome outcome = formats::loadText(text, name);
    for (const Problem &error : outcome.errors)
        ADD_FAILURE() << error.error.text();
    if (outcome.servers.size() != 1) {
        ADD_FAILURE() << "one server expected";
        return {};
    }
    checkImported(outcome.servers[0]);
    return std::move(outcome.servers[0]);
}

inline std::vector<Endpoint> endpointsOf(const Server &server)
{
    std::vector<Endpoint> out;
    forEachEndpoint(server, [&](const EndpointVisit &visit) { out.push_back(visit.endpoint); });
    return out;
}

inline bool says(const formats::LoadedServer &loaded, std::string_view words)
{
    return std::any_of(loaded.problems.begin(), loaded.problems.end(), [&](const Problem &p) {
        return p.error.message.find(words) != std::string::npos;
    });
}

/// The path, decoded, without the names and patterns of its parameters.
inline std::string plainPath(const std::string &path)
{
    std::string out;
    int depth = 0;
    for (const char c : path) {
        depth -= c == '}' ? 1 : 0;
        if (depth == 0)
            out += c;
        depth += c == '{' ? 1 : 0;
    }
    return http::percentDecode(out);
}

/// Method, path, status and body of every answer that has no template and no other file.
inline std::set<std::string> answersOf(const Server &server)
{
    std::set<std::string> out;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        for (const understudy::Response &response : visit.endpoint.responses) {
            const bool isPlain = response.body.kind == Body::Kind::Text
                                 || response.body.kind == Body::Kind::Json
                                 || response.body.kind == Body::Kind::None;
            if (!visit.enabled || response.isTemplate || !isPlain)
                continue;
            const auto parsed = JsonValue::parse(response.body.content);
            const std::string body = response.body.kind == Body::Kind::Json
                                         ? writeJson(response.body.json)
                                     : parsed ? writeJson(*parsed)
                                              : response.body.content;
            for (const std::string &method : visit.endpoint.methods)
                out.insert(method + ' ' + server.base + plainPath(visit.endpoint.path) + ' '
                           + std::to_string(response.status) + ' ' + body);
        }
    });
    return out;
}

/// A document of version 3.0 whose `GET /x` answers with what `schema` (JSON) describes.
inline std::string documentOf(std::string_view schema, std::string_view components = "{}",
                              std::string_view version = "3.0.3")
{
    return R"({"openapi": ")" + std::string(version) + R"(", "info": {"title": "T"}, "paths": {
        "/x": {"get": {"responses": {"200": {"description": "", "content": {
        "application/json": {"schema": )"
           + std::string(schema) + R"(}}}}}}}, "components": {"schemas": )"
           + std::string(components) + "}}";
}

/// What that answers, as compact JSON.
inline std::string sampleOf(std::string_view schema, std::string_view components = "{}",
                            std::string_view version = "3.0.3")
{
    const auto loaded = importedDocument(documentOf(schema, components, version), "api.json");
    const std::vector<Endpoint> endpoints = endpointsOf(loaded.server);
    if (endpoints.size() != 1 || endpoints[0].responses.empty())
        return "no response";
    EXPECT_FALSE(says(loaded, "does not fit")) << loaded.problems[0].error.message;
    return writeJson(endpoints[0].responses[0].body.json);
}

} // namespace understudy::test
