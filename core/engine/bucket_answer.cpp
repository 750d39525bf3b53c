// SPDX-License-Identifier: Apache-2.0
#include "core/engine/bucket_answer.h"

#include "core/base/text.h"
#include "core/engine/crud.h"
#include "core/engine/json_server_query.h"
#include "core/match/comparison.h"
#include "core/template/faker/faker.h"
#include "core/template/mockoon/request_values.h"

namespace understudy {

namespace {

constexpr std::string_view kJson = "application/json";
constexpr int kNotFound = 404;
constexpr std::string_view kText = "text/plain; charset=utf-8";

JsonValue bodyOf(handlebars::RenderScope &scope)
{
    mockoon::RequestValues &request = mockoon::requestOf(scope);
    if (const auto body = request.body().json())
        return *body;
    return request.rawBody().empty() ? JsonValue(JsonObject()) : JsonValue(request.rawBody());
}

bool isRead(std::string_view method) { return method == "GET" || method == "HEAD"; }

crud::Operation operationOf(const CrudPlace &place, handlebars::RenderScope &scope)
{
    crud::Operation operation;
    operation.method = scope.request->request.method();
    operation.isItem = place.isItem;
    operation.key = place.key;
    for (const auto &[name, value] : scope.request->pathParameters) {
        if (name == "id")
            operation.id = value;
    }
    return operation;
}

/// GET of one item, which is written as it lies in the bucket.
void answerItem(const std::string &name, const JsonValue &bucket, const CrudPlace &place,
                handlebars::RenderScope &scope, http::Response &answer)
{
    crud::Operation operation = operationOf(place, scope);
    operation.position = scope.server->position(name, bucket, operation.key, operation.id);
    if (place.dialect == CrudDialect::JsonServer)
        crud::adaptToJsonServer(operation, bucket);
    const JsonValue *item = crud::itemOf(bucket, operation);
    answer.body = item ? textOf(*item) : "{}";
    if (item)
        return;
    answer.status = kNotFound;
    answer.reason.clear();
}

/// All other operations.
Result<crud::Answer> operate(const std::string &name, std::shared_ptr<const JsonValue> bucket,
                             const CrudPlace &place, handlebars::RenderScope &scope)
{
    const bool isJsonServer = place.dialect == CrudDialect::JsonServer;
    crud::Operation operation = operationOf(place, scope);
    if (isRead(operation.method)) {
        const NamedValues &query = scope.request->request.query();
        return isJsonServer ? crud::listAsJsonServer(*bucket, query) : crud::list(*bucket, query);
    }
    operation.body = bodyOf(scope);
    if (isJsonServer && operation.body.isString()) {
        const auto type = scope.request->request.request().head.find("Content-Type");
        if (type && text::toLower(std::string(*type)).find("json") != std::string::npos)
            return crud::Answer{400, JsonValue(JsonObject())};
        operation.body = JsonObject(); // which is no data for it
    }
    operation.freshId = faker::call("string.uuid", {scope, {}, {}})->text();
    operation.ownKey = scope.server->freshKey(name, operation.key, scope);
    bucket.reset(); // so that it is changed in its place
    Result<crud::Answer> answer = crud::Answer{};
    scope.server->changeBucket(name, scope, [&](JsonValue &value) {
        if (isJsonServer)
            crud::adaptToJsonServer(operation, value);
        answer = crud::change(value, operation);
    });
    return answer;
}

} // namespace

Result<std::string_view> answerFromBucket(const std::string &name,
                                          const std::optional<CrudPlace> &crud,
                                          handlebars::RenderScope &scope, http::Response &answer)
{
    auto bucket = scope.server ? scope.server->bucket(name, scope) : nullptr;
    if (!bucket)
        return Error{ErrorCode::NotFound, "there is no bucket '" + name + "'", {}};
    if (!crud) {
        answer.body = textOf(*bucket);
        return bucket->isString() ? kText : kJson;
    }
    if (crud->isItem && isRead(scope.request->request.method())) {
        answerItem(name, *bucket, *crud, scope, answer);
        return kJson;
    }
    const auto done = operate(name, std::move(bucket), *crud, scope);
    if (!done)
        return done.error();
    if (done->status != 0) {
        answer.status = done->status;
        answer.reason.clear();
    }
    answer.body = done->body ? textOf(*done->body) : std::string();
    answer.headers.insert(answer.headers.end(), done->headers.begin(), done->headers.end());
    return kJson;
}

} // namespace understudy
