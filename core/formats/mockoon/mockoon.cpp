// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/mockoon.h"

#include "core/base/text.h"
#include "core/formats/mockoon/environment.h"
#include "core/formats/mockoon/json_text.h"
#include "core/formats/mockoon/rule_places.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>

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
LoadedServer importRoute(json::object route, const std::filesystem::path &file,
                         std::span<const yaml::Mark> marks)
{
    json::object environment{{"lastMigration", 33},
                             {"name", file.stem().string()},
                             {"hostname", "127.0.0.1"},
                             {"cors", false}};
    environment["routes"] = json::array{std::move(route)};
    return importEnvironment(std::move(environment), file, marks);
}

bool isList(const json::object &object, std::string_view key)
{
    const json::value *value = object.if_contains(key);
    return value && value->is_array();
}

bool hasAll(const json::object &object, std::initializer_list<std::string_view> keys)
{
    return std::all_of(keys.begin(), keys.end(),
                       [&](std::string_view key) { return object.contains(key); });
}

/// A piece of an environment, or of Mockoon's own files, that is no server by itself.
struct Piece
{
    std::string_view what;
    std::string_view cure;
    bool (*fits)(const json::object &);
};

constexpr std::string_view kTakeTheRoute
    = "copy the route it belongs to, or import the environment";
constexpr std::string_view kTakeTheEnvironment = "import the environment it belongs to";

constexpr std::array<Piece, 6> kPieces{
    Piece{"a folder of a Mockoon environment, which says which routes are in it, and not what they "
          "answer",
          kTakeTheEnvironment,
          [](const json::object &o) {
              return hasAll(o, {"uuid", "name"}) && isList(o, "children");
          }},
    Piece{"a response of a Mockoon route", kTakeTheRoute,
          [](const json::object &o) {
              return o.contains("statusCode") && isList(o, "headers")
                     && (isText(o, "body") || isText(o, "bodyType"));
          }},
    Piece{"a callback of a Mockoon environment", kTakeTheEnvironment,
          [](const json::object &o) { return isText(o, "uri") && isText(o, "method"); }},
    Piece{"a data bucket of a Mockoon environment", kTakeTheEnvironment,
          [](const json::object &o) {
              return hasAll(o, {"uuid", "id", "name"}) && isText(o, "value");
          }},
    Piece{"a rule of a Mockoon response", kTakeTheRoute,
          [](const json::object &o) {
              return hasAll(o, {"target", "modifier", "operator"});
          }},
    Piece{"the settings of Mockoon, which say where its environments are",
          "import those files themselves",
          [](const json::object &o) {
              return isList(o, "environments") && hasAll(o, {"disabledRoutes"});
          }},
};

const Piece *pieceOf(const json::object &object)
{
    if (object.contains("understudy"))
        return nullptr;
    const auto piece = std::find_if(kPieces.begin(), kPieces.end(),
                                    [&](const Piece &p) { return p.fits(object); });
    return piece == kPieces.end() ? nullptr : piece;
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

std::string pieceProblem(const Piece &piece)
{
    return "this is " + std::string(piece.what) + "; " + std::string(piece.cure);
}

/// What an entry of 'data' is instead of an environment or a route.
std::string entryProblem(const json::value *item, const json::value *type)
{
    const json::object *object = item ? item->if_object() : nullptr;
    if (const Piece *piece = object ? pieceOf(*object) : nullptr)
        return "an entry of 'data': " + pieceProblem(*piece);
    const json::string *name = type ? type->if_string() : nullptr;
    return "an entry of 'data' is neither an environment nor a route"
           + (name ? ", but " + text::inQuotes(*name) : std::string());
}

LoadOutcome importList(json::array &data, const std::filesystem::path &file,
                       std::span<const yaml::Mark> marks)
{
    LoadOutcome out;
    for (json::value &entry : data) {
        const std::size_t rules = std::min(marks.size(), rulesIn(entry).size());
        const std::span<const yaml::Mark> own = marks.first(rules);
        marks = marks.subspan(rules);
        json::object *object = entry.if_object();
        json::value *item = object ? object->if_contains("item") : nullptr;
        const json::value *type = object ? object->if_contains("type") : nullptr;
        if (type && *type == "environment" && item && item->is_object())
            out.servers.push_back(importEnvironment(std::move(item->get_object()), file, own));
        else if (type && *type == "route" && item && item->is_object())
            out.servers.push_back(importRoute(std::move(item->get_object()), file, own));
        else
            out.errors.push_back(
                problem(ErrorCode::Invalid, entryProblem(item, type), {file.string(), 0, 0}));
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
        return object
               && (isEnvironment(*object) || isListExport(*object) || isRoute(*object)
                   || pieceOf(*object));
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
    const std::vector<yaml::Mark> marks = marksOfRules(text);
    if (object && isListExport(*object))
        return importList(object->at("data").get_array(), file, marks);
    if (object && isRoute(*object)) {
        out.servers.push_back(importRoute(std::move(*object), file, marks));
        return out;
    }
    if (const Piece *piece = object && !isEnvironment(*object) ? pieceOf(*object) : nullptr) {
        out.errors.push_back(
            problem(ErrorCode::Invalid, pieceProblem(*piece), {file.string(), 0, 0}));
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
    out.servers.push_back(importEnvironment(std::move(*object), file, marks));
    return out;
}

} // namespace understudy::formats::mockoon
