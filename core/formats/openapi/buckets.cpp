// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/buckets.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/openapi/path_parameters.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace understudy::formats::openapi {

namespace {

using Endpoints = std::vector<TaggedEndpoint>;

/// A collection and its items.
struct Resource
{
    std::string path;               ///< of the collection
    std::string key;                ///< the property that names an item
    JsonArray items;                ///< what the collection answers
    std::vector<std::size_t> parts; ///< places of the endpoints on both paths
};

/// The methods that CRUD answers on a collection and on an item.
constexpr std::array<std::string_view, 6> kCrudMethods{"GET", "HEAD",  "POST",
                                                       "PUT", "PATCH", "DELETE"};

bool isCrudMethod(const Endpoint &endpoint)
{
    return endpoint.methods.size() == 1
           && std::find(kCrudMethods.begin(), kCrudMethods.end(), endpoint.methods.front())
                  != kCrudMethods.end();
}

bool answersGet(const Endpoint &endpoint)
{
    return endpoint.methods.size() == 1 && endpoint.methods.front() == "GET";
}

/// "/users" of "/users/{id}", and "id"; nothing for a path that does not end in a parameter alone.
std::optional<std::pair<std::string, std::string>> itemPath(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos || slash == 0 || !path.ends_with('}') || path[slash + 1] != '{'
        || path.starts_with("regex:"))
        return std::nullopt;
    const std::vector<std::string> names = namesInPath(path.substr(slash));
    if (names.size() != 1 || names.front().size() + 3 != path.size() - slash)
        return std::nullopt;
    return std::pair(path.substr(0, slash), names.front().substr(0, names.front().find(':')));
}

/// A list of objects, as the body that is sent unasked has it.
std::optional<JsonArray> listOf(const Endpoint &endpoint)
{
    if (endpoint.responses.empty() || endpoint.responses.front().isTemplate)
        return std::nullopt;
    const Body &body = endpoint.responses.front().body;
    const JsonArray *list = body.kind == Body::Kind::Json ? body.json.ifArray() : nullptr;
    const bool isOfObjects = list && !list->empty()
                             && std::all_of(list->begin(), list->end(),
                                            [](const JsonValue &item) { return item.isObject(); });
    return isOfObjects ? std::optional(*list) : std::nullopt;
}

/// What all items are told apart by: the parameter's own name, or `id`.
std::string keyOf(const JsonArray &items, const std::string &parameter)
{
    for (const std::string &name : {parameter, std::string("id")}) {
        std::set<std::string> seen;
        const bool allHave = std::all_of(items.begin(), items.end(), [&](const JsonValue &item) {
            const JsonValue *value = item.ifObject()->find(name);
            return value && (value->isString() || value->isNumber())
                   && seen.insert(writeJson(*value)).second;
        });
        if (allHave)
            return name;
    }
    return {};
}

/// What CRUD answers of what stands on a path: all but POST to an item.
void addParts(const Endpoints &endpoints, const std::vector<std::size_t> &places, bool isItem,
              Resource &resource)
{
    for (const std::size_t place : places) {
        const bool isThere = place == resource.parts.front();
        const Endpoint &endpoint = endpoints[place].endpoint;
        const bool isAnswered
            = isCrudMethod(endpoint) && !(isItem && endpoint.methods.front() == "POST");
        if (!isThere && isAnswered)
            resource.parts.push_back(place);
    }
}

std::vector<Resource> resourcesOf(const Endpoints &endpoints)
{
    std::map<std::string, std::vector<std::size_t>> byPath;
    for (std::size_t i = 0; i < endpoints.size(); ++i)
        byPath[endpoints[i].endpoint.path].push_back(i);
    std::vector<Resource> out;
    for (const auto &[path, items] : byPath) {
        const auto split = itemPath(path);
        const auto collection = split ? byPath.find(split->first) : byPath.end();
        const bool hasItem = std::any_of(items.begin(), items.end(), [&](std::size_t i) {
            return answersGet(endpoints[i].endpoint);
        });
        if (collection == byPath.end() || !hasItem)
            continue;
        for (const std::size_t i : collection->second) {
            std::optional<JsonArray> list;
            if (answersGet(endpoints[i].endpoint))
                list = listOf(endpoints[i].endpoint);
            std::string key = list ? keyOf(*list, split->second) : std::string();
            if (key.empty())
                continue;
            Resource resource{split->first, std::move(key), *std::move(list), {i}};
            addParts(endpoints, collection->second, false, resource);
            addParts(endpoints, items, true, resource);
            out.push_back(std::move(resource));
            break;
        }
    }
    return out;
}

/// A name that no bucket has; `names` are those that were given, with the last number each.
std::string bucketName(const std::string &path, std::map<std::string, std::size_t> &names)
{
    std::string stem;
    for (std::size_t from = 0; from < path.size();) {
        const std::size_t slash = std::min(path.find('/', from), path.size());
        const std::string segment = path.substr(from, slash - from);
        if (!segment.empty() && segment.find('{') == std::string::npos)
            stem = text::slug(segment);
        from = slash + 1;
    }
    if (stem.empty())
        stem = "items";
    std::string name = stem;
    while (!names.emplace(name, 1).second)
        name = stem + "-" + std::to_string(++names[stem]);
    return name;
}

} // namespace

bool canMakeBuckets(const Endpoints &endpoints) { return !resourcesOf(endpoints).empty(); }

void makeBuckets(Document &document, Endpoints &endpoints, Server &server)
{
    std::vector<bool> isGone(endpoints.size(), false);
    std::map<std::string, std::size_t> names;
    for (Resource &resource : resourcesOf(endpoints)) {
        Bucket bucket;
        bucket.name = bucketName(resource.path, names);
        bucket.key = resource.key;
        bucket.items = std::move(resource.items);
        Endpoint &collection = endpoints[resource.parts.front()].endpoint;
        for (const std::size_t part : resource.parts)
            isGone[part] = part != resource.parts.front();
        document.changed("GET " + text::shortened(resource.path, 200),
                         "the collection, and what is below it, is the bucket '" + bucket.name
                             + "' with CRUD: its operations answer from what it holds, whatever "
                               "else is documented for them, and their requests are not checked",
                         document.root().at("paths"));
        collection.methods = {"ANY"};
        collection.crud = bucket.name;
        collection.responses.clear();
        server.buckets.push_back(std::move(bucket));
    }
    std::size_t place = 0;
    std::erase_if(endpoints, [&](const TaggedEndpoint &) { return isGone[place++]; });
}

} // namespace understudy::formats::openapi
