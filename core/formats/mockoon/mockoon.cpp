// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/mockoon.h"

#include "core/formats/mockoon/environment.h"
#include "core/formats/mockoon/json_text.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mockoon {

namespace json = boost::json;

namespace {

/// Keys that an environment has and hardly any other JSON file.
constexpr std::array<std::string_view, 5> kOwnKeys{"lastMigration", "endpointPrefix",
                                                   "rootChildren", "proxyMode", "proxyHost"};

bool isEnvironment(const json::object &object)
{
    const json::value *routes = object.if_contains("routes");
    return routes && routes->is_array()
           && std::any_of(kOwnKeys.begin(), kOwnKeys.end(),
                          [&](std::string_view key) { return object.contains(key); });
}

bool isText(const json::object &object, std::string_view key)
{
    const json::value *value = object.if_contains(key);
    return value && value->is_string();
}

/// One route, as the desktop application copies it to the clipboard.
bool isRoute(const json::object &object)
{
    const json::value *responses = object.if_contains("responses");
    const bool hasAnswer = (responses && responses->is_array()) || object.contains("statusCode");
    return hasAnswer && isText(object, "endpoint") && isText(object, "method")
           && !object.contains("routes");
}

/// An environment around one route, of the newest level but for what the route itself shows to be
/// older.
LoadedServer importRoute(json::object route, const std::filesystem::path &file)
{
    json::object environment{{"lastMigration", 33},
                             {"name", file.stem().string()},
                             {"hostname", "127.0.0.1"},
                             {"cors", false}};
    environment["routes"] = json::array{std::move(route)};
    return importEnvironment(std::move(environment), file);
}

/// {"source": "mockoon:1.2.3", "data": [{"type": "environment", "item": {…}}]}
bool isListExport(const json::object &object)
{
    const json::value *source = object.if_contains("source");
    const json::value *data = object.if_contains("data");
    return source && source->is_string() && source->get_string().starts_with("mockoon") && data
           && data->is_array();
}

Problem problem(ErrorCode code, std::string message, Place where)
{
    return {Severity::Error, {code, std::move(message), std::move(where)}};
}

LoadOutcome importList(json::array &data, const std::filesystem::path &file)
{
    LoadOutcome out;
    for (json::value &entry : data) {
        json::object *object = entry.if_object();
        json::value *item = object ? object->if_contains("item") : nullptr;
        const json::value *type = object ? object->if_contains("type") : nullptr;
        if (type && *type == "environment" && item && item->is_object())
            out.servers.push_back(importEnvironment(std::move(item->get_object()), file));
        else if (type && *type == "route" && item && item->is_object())
            out.servers.push_back(importRoute(std::move(item->get_object()), file));
        else
            out.errors.push_back(problem(ErrorCode::Invalid, "an entry of 'data' is no environment",
                                         {file.string(), 0, 0}));
    }
    if (out.servers.empty() && out.errors.empty())
        out.errors.push_back(
            problem(ErrorCode::Invalid, "the list holds no environment", {file.string(), 0, 0}));
    return out;
}

} // namespace

bool recognise(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos || text[first] != '{')
        return false;
    if (const auto value = parseJson(text)) {
        const json::object *object = value->if_object();
        return object && (isEnvironment(*object) || isListExport(*object) || isRoute(*object));
    }
    // A broken file is still Mockoon's: its error is to be reported with the right expectation.
    return text.find("\"lastMigration\"") != std::string_view::npos
           || text.find("\"endpointPrefix\"") != std::string_view::npos
           || text.find("\"rootChildren\"") != std::string_view::npos;
}

LoadOutcome import(std::string_view text, const std::filesystem::path &file)
{
    LoadOutcome out;
    auto value = parseJson(text);
    if (!value) {
        Error error = value.error();
        error.where.file = file.string();
        out.errors.push_back({Severity::Error, std::move(error)});
        return out;
    }
    json::object *object = value->if_object();
    if (object && isListExport(*object))
        return importList(object->at("data").get_array(), file);
    if (object && isRoute(*object)) {
        out.servers.push_back(importRoute(std::move(*object), file));
        return out;
    }
    if (!object || !isEnvironment(*object)) {
        out.errors.push_back(problem(
            ErrorCode::Invalid,
            "this is JSON, but no Mockoon environment: an environment is an object with 'routes' "
            "and 'lastMigration', a route one with 'method', 'endpoint' and 'responses'",
            {file.string(), 1, 1}));
        return out;
    }
    out.servers.push_back(importEnvironment(std::move(*object), file));
    return out;
}

} // namespace understudy::formats::mockoon
