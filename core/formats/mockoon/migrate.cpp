// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/migrate.h"

#include "core/formats/mockoon/faker_names.h"

#include <string>
#include <string_view>

namespace understudy::formats::mockoon {

namespace json = boost::json;

namespace {

/// Below it, templates use the names of faker 7.
constexpr std::int64_t kFakerLevel = 29;

bool isTrue(const json::object &object, std::string_view key)
{
    const json::value *value = object.if_contains(key);
    return value && value->is_bool() && value->get_bool();
}

bool isMissing(const json::object &object, std::string_view key)
{
    const json::value *value = object.if_contains(key);
    return !value || value->is_null();
}

void moveKey(json::object &from, std::string_view oldKey, json::object &to, std::string_view newKey)
{
    if (json::value *value = from.if_contains(oldKey); value && isMissing(to, newKey))
        to[newKey] = *value;
}

/// Calls `visit` for every object in the list `key`.
template<class Visit>
void forEachObject(json::object &object, std::string_view key, Visit visit)
{
    json::value *value = object.if_contains(key);
    if (json::array *list = value ? value->if_array() : nullptr) {
        for (json::value &entry : *list) {
            if (json::object *child = entry.if_object())
                visit(*child);
        }
    }
}

/// Levels 2 to 6: one answer per route, its content type apart, its file in an object.
void migrateSingleAnswer(json::object &route)
{
    json::object response;
    moveKey(route, "customHeaders", route, "headers");
    if (const json::value *found = route.if_contains("contentType"); found && found->is_string()) {
        const json::value type = *found; // a copy: new keys move the old ones
        if (isMissing(route, "headers") || !route["headers"].is_array())
            route["headers"] = json::array();
        route["headers"].get_array().push_back({{"key", "Content-Type"}, {"value", type}});
    }
    if (json::value *file = route.if_contains("file"); file && file->is_object()) {
        moveKey(file->get_object(), "path", response, "filePath");
        moveKey(file->get_object(), "sendAsBody", response, "sendFileAsBody");
    }
    for (const std::string_view key :
         {"statusCode", "latency", "filePath", "sendFileAsBody", "headers", "body"})
        moveKey(route, key, response, key);
    route["responses"] = json::array{std::move(response)};
}

void migrateResponse(json::object &response)
{
    // Level 24.
    if (isMissing(response, "bodyType")) {
        const json::value *file = response.if_contains("filePath");
        const bool hasFile = file && file->is_string() && !file->get_string().empty();
        response["bodyType"] = hasFile ? "FILE" : "INLINE";
    }
    // Level 18.
    forEachObject(response, "rules", [](json::object &rule) {
        if (isMissing(rule, "operator"))
            rule["operator"] = isTrue(rule, "isRegex") ? "regex" : "equals";
    });
}

/// Level 29.
void renameFaker(json::object &object, std::string_view key)
{
    json::value *value = object.if_contains(key);
    if (value && value->is_string())
        *value = withTodaysFakerNames(std::string(std::string_view(value->get_string())));
}

std::int64_t levelOf(const json::object &environment)
{
    const json::value *level = environment.if_contains("lastMigration");
    return level && level->is_int64() ? level->get_int64() : 0;
}

void migrateRoute(json::object &route)
{
    if (isMissing(route, "responses")
        && !(isMissing(route, "statusCode") && isMissing(route, "body")))
        migrateSingleAnswer(route);
    // Level 21.
    if (isMissing(route, "responseMode")) {
        if (isTrue(route, "randomResponse"))
            route["responseMode"] = "RANDOM";
        else if (isTrue(route, "sequentialResponse"))
            route["responseMode"] = "SEQUENTIAL";
    }
    forEachObject(route, "responses", migrateResponse);
}

} // namespace

void migrate(json::object &environment)
{
    // Level 19.
    if (isMissing(environment, "tlsOptions") && isTrue(environment, "https"))
        environment["tlsOptions"] = {{"enabled", true}};
    forEachObject(environment, "routes", migrateRoute);
    if (levelOf(environment) >= kFakerLevel)
        return;
    forEachObject(environment, "data", [](json::object &bucket) { renameFaker(bucket, "value"); });
    forEachObject(environment, "routes", [](json::object &route) {
        forEachObject(route, "responses",
                      [](json::object &response) { renameFaker(response, "body"); });
    });
}

} // namespace understudy::formats::mockoon
