// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/openapi_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// Collections of a document that become buckets.
namespace understudy::formats::openapi {
namespace {

using namespace test;
using testing::HasSubstr;

constexpr std::string_view kCollections = R"(openapi: 3.0.3
info: {title: T}
paths:
  /shop/pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: ok
          content: {application/json: {example: [{petId: 1, name: Ada}, {petId: 2, name: Bob}]}}
    post: {responses: {'201': {description: made}}}
  /shop/pets/{petId}:
    get:
      responses: {'200': {description: ok, content: {application/json: {example: {petId: 1}}}}}
    delete: {responses: {'204': {description: gone}}}
  /shop/pets/{petId}/photos:
    get: {responses: {'200': {description: ok, content: {application/json: {example: [{id: 1}]}}}}}
  /shop/pets/{petId}/photos/{name}:
    get: {responses: {'200': {description: ok}}}
  /words: {get: {responses: {'200': {description: ok, content: {application/json: {example: [a]}}}}}}
  /words/{id}: {get: {responses: {'200': {description: ok}}}}
  /news: {get: {responses: {'200': {description: ok, content: {application/json: {example: [{id: 1}]}}}}}}
)";

Server withBuckets(std::string_view text)
{
    LoadOutcome outcome = loadText(text, "api.yaml", {.makeBuckets = true});
    EXPECT_TRUE(outcome.ok() && outcome.servers.size() == 1);
    if (outcome.servers.empty())
        return {};
    checkImported(outcome.servers[0]);
    return std::move(outcome.servers[0].server);
}

TEST(OpenApiBuckets, ACollectionAndItsItemsAreOneEndpoint)
{
    const Server server = withBuckets(kCollections);
    ASSERT_EQ(server.buckets.size(), 2U);
    EXPECT_EQ(server.buckets[0].name, "pets");
    EXPECT_EQ(server.buckets[0].key, "petId");
    EXPECT_EQ(server.buckets[1].name, "photos");
    EXPECT_EQ(server.buckets[1].key, "id");
    const std::vector<Endpoint> endpoints = endpointsOf(server);
    ASSERT_EQ(endpoints.size(), 5U);
    EXPECT_EQ(endpoints[0].name, "listPets");
    EXPECT_EQ(endpoints[0].crud, "pets");
    EXPECT_EQ(endpoints[0].methods, std::vector<std::string>{"ANY"});
    EXPECT_EQ(endpoints[2].path, "/words");
    EXPECT_EQ(endpoints[4].crud, "");
}

TEST(OpenApiBuckets, WhatIsSentIsKept)
{
    ServedEnvironment server(withBuckets(kCollections));
    const std::string json = "Content-Type: application/json\r\n";
    EXPECT_EQ(server.ask("GET", "/shop/pets/2").body, R"({"petId":2,"name":"Bob"})");
    EXPECT_EQ(server.ask("POST", "/shop/pets", json, R"({"name":"Cleo"})").status, 201);
    EXPECT_THAT(server.ask("GET", "/shop/pets").body, HasSubstr("Cleo"));
    EXPECT_EQ(server.ask("DELETE", "/shop/pets/1").status, 200);
    EXPECT_EQ(server.ask("GET", "/shop/pets/1").status, 404);
}

TEST(OpenApiBuckets, NoneIsMadeUnlessAskedFor)
{
    const LoadedServer loaded = importedDocument(kCollections);
    EXPECT_TRUE(loaded.offered.makeBuckets);
    EXPECT_TRUE(loaded.server.buckets.empty());
    EXPECT_EQ(endpointsOf(loaded.server).size(), 9U);
    EXPECT_FALSE(importedDocument(documentOf("{}"), "api.json").offered.makeBuckets);
}

TEST(OpenApiBuckets, WhatCrudCannotAnswerIsAnsweredAsBefore)
{
    ServedEnvironment server(withBuckets(R"(openapi: 3.0.3
info: {title: T}
paths:
  /a: {get: {responses: {'200': {description: ok, content: {application/json: {example: [{id: 1}]}}}}}}
  /a/{id}:
    get: {responses: {'200': {description: ok}}}
    post: {responses: {'202': {description: taken}}}
)"));
    EXPECT_EQ(server.ask("POST", "/a/1").status, 202);
    EXPECT_EQ(server.ask("GET", "/a/1").status, 200);
}

TEST(OpenApiBuckets, ItemsThatCannotBeToldApartAreNone)
{
    const LoadedServer loaded = importedDocument(R"(openapi: 3.0.3
info: {title: T}
paths:
  /a: {get: {responses: {'200': {description: ok, content: {application/json: {example: [{id: 1}, {id: 1}]}}}}}}
  /a/{id}: {get: {responses: {'200': {description: ok}}}}
)");
    EXPECT_FALSE(loaded.offered.makeBuckets);
}

TEST(OpenApiBuckets, HaveNamesOfTheirOwn)
{
    std::string text = "openapi: 3.0.3\ninfo: {title: T}\npaths:\n";
    for (const std::string path : {"/a/x", "/b/x", "/c/x-2"})
        text += "  " + path
                + ": {get: {responses: {'200': {description: ok, content: {application/json: "
                  "{example: [{id: 1}]}}}}}}\n  "
                + path + "/{id}: {get: {responses: {'200': {description: ok}}}}\n";
    const Server server = withBuckets(text);
    ASSERT_EQ(server.buckets.size(), 3U);
    std::set<std::string> names;
    for (const Bucket &bucket : server.buckets)
        names.insert(bucket.name);
    EXPECT_EQ(names.size(), 3U);
}

} // namespace
} // namespace understudy::formats::openapi
