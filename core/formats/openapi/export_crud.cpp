// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/export_crud.h"

#include "core/formats/openapi/export_schema.h"

#include <array>

namespace understudy::formats::openapi {

namespace {

constexpr int kCrudOk = 200;
constexpr int kCrudCreated = 201;
constexpr int kCrudMissing = 404;

constexpr std::array kCrudOperations{
    CrudOperation{"GET", false, "list", "all, searched, filtered, sorted and paged"},
    CrudOperation{"POST", false, "create", "add one"},
    CrudOperation{"PUT", false, "replace-all", "replace all"},
    CrudOperation{"PATCH", false, "add-all", "add several"},
    CrudOperation{"DELETE", false, "delete-all", "delete all"},
    CrudOperation{"GET", true, "get", "one"},
    CrudOperation{"PUT", true, "replace", "replace one"},
    CrudOperation{"PATCH", true, "update", "change one"},
    CrudOperation{"DELETE", true, "delete", "delete one"},
};

JsonValue firstItem(const JsonValue &items)
{
    const JsonArray *array = items.ifArray();
    if (!array)
        return items;
    return array->empty() ? JsonValue(JsonObject()) : array->front();
}

/// What the request of an operation holds, as the bucket has it.
JsonValue crudValue(const CrudOperation &operation, const JsonValue &items)
{
    const bool isAll = !operation.isItem && operation.method != "POST";
    return isAll ? items : firstItem(items);
}

} // namespace

std::span<const CrudOperation> crudOperations() { return kCrudOperations; }

std::vector<WrittenAnswer> crudAnswers(const CrudOperation &operation, const Endpoint &endpoint,
                                       const std::string &subject, const ExportScope &scope)
{
    Response plain;
    if (!endpoint.responses.empty())
        plain = endpoint.responses.front();
    const bool isPost = operation.method == "POST";
    const bool isDelete = operation.method == "DELETE";
    if (operation.method != "GET" || operation.isItem)
        plain.status = isPost ? kCrudCreated : kCrudOk;
    plain.when.reset();
    plain.body = Body::ofJson(
        isDelete ? JsonValue(JsonObject())
                 : crudValue(operation, itemsOfBucket(endpoint.crud, subject, scope)));
    std::vector<WrittenAnswer> out;
    if (auto answer = writtenAnswer(plain, subject, scope))
        out.push_back(*std::move(answer));
    if (operation.isItem) {
        plain.name.clear();
        plain.status = kCrudMissing;
        plain.body = Body::ofJson(JsonObject());
        if (auto answer = writtenAnswer(plain, subject, scope))
            out.push_back(*std::move(answer));
    }
    for (WrittenAnswer &answer : out)
        answer.isKept = true;
    return out;
}

std::optional<JsonValue> crudBody(const CrudOperation &operation, const Endpoint &endpoint,
                                  const std::string &subject, const ExportScope &scope)
{
    if (operation.method == "GET" || operation.method == "DELETE")
        return std::nullopt;
    const JsonValue value = crudValue(operation, itemsOfBucket(endpoint.crud, subject, scope));
    JsonValue schema = schemaOfValues({&value});
    // What is missing is kept, made or left out: nothing is required.
    dropRequired(schema);
    JsonObject media{{"schema", std::move(schema)}, {"example", value}};
    return JsonValue(
        JsonObject{{"content", JsonObject{{"application/json", JsonValue(std::move(media))}}}});
}

} // namespace understudy::formats::openapi
