// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/openapi_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// Requests that a document does not allow, where they are checked.
namespace understudy::formats::openapi {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

Server checking(std::string_view text)
{
    LoadOutcome outcome = loadText(text, "api.yaml", {.checkRequests = true});
    EXPECT_TRUE(outcome.ok() && outcome.servers.size() == 1);
    if (outcome.servers.empty())
        return {};
    checkImported(outcome.servers[0]);
    return std::move(outcome.servers[0].server);
}

/// `POST /x` with these parts of an operation and these components.
std::string operationOf(const std::string &parts, const std::string &components = "{}",
                        const std::string &version = "3.0.3")
{
    return "openapi: " + version + "\ninfo: {title: T}\ncomponents: " + components
           + "\npaths:\n  /x/{id}:\n    post:\n      responses: {'200': {description: ok}}\n"
           + parts;
}

const std::string kJson = "Content-Type: application/json\r\n";

TEST(OpenApiChecks, NothingIsRefusedUnlessAskedFor)
{
    const std::string text
        = operationOf("      parameters: [{in: query, name: q, required: true}]\n");
    const LoadedServer loaded = importedDocument(text);
    EXPECT_TRUE(loaded.offered.checkRequests);
    EXPECT_TRUE(says(loaded, "requests are not checked"));
    ServedEnvironment open(loaded.server);
    EXPECT_EQ(open.ask("POST", "/x/1").status, 200);
    ServedEnvironment strict(checking(text));
    EXPECT_EQ(strict.ask("POST", "/x/1").status, 422);
    EXPECT_EQ(strict.ask("POST", "/x/1?q=").status, 200);
}

TEST(OpenApiChecks, ParametersAreHeldToTheirSchemas)
{
    ServedEnvironment server(checking(operationOf(R"(      parameters:
      - {in: path, name: id, required: true, schema: {type: integer}}
      - {in: query, name: limit, schema: {type: integer, minimum: 1, maximum: 50}}
      - {in: query, name: ratio, schema: {type: number, minimum: 0, exclusiveMinimum: true}}
      - {in: query, name: sort, schema: {type: string, enum: [asc, desc]}}
      - {in: query, name: flag, schema: {type: boolean}}
      - {in: query, name: code, schema: {type: string, pattern: '^[A-Z]+$', maxLength: 3}}
      - {in: query, name: day, schema: {type: string, format: date}}
      - {in: header, name: X-Request, schema: {type: string, format: uuid}}
      - {in: cookie, name: tries, schema: {type: integer}}
      - {in: header, name: Accept, required: true, schema: {type: string, enum: [nonsense]}}
)")));
    struct Row
    {
        std::string target;
        std::string head;
        std::string violated; ///< empty: let in
    };
    const std::vector<Row> rows{
        {"/x/1", "", ""},
        {"/x/one", "", "path.id"},
        {"/x/1?limit=50&ratio=0.5&sort=asc&flag=true&code=ABC&day=2026-02-28", "", ""},
        {"/x/1?limit=0", "", "query.limit"},
        {"/x/1?limit=51", "", "query.limit"},
        {"/x/1?limit=1.5", "", "query.limit"},
        {"/x/1?limit=", "", "query.limit"},
        {"/x/1?ratio=0", "", "query.ratio"},
        {"/x/1?ratio=1e-3", "", ""},
        {"/x/1?sort=ASC", "", "query.sort"},
        {"/x/1?flag=1", "", "query.flag"},
        {"/x/1?code=abc", "", "query.code"},
        {"/x/1?code=ABCD", "", "query.code"},
        {"/x/1?day=2026-13-01", "", "query.day"},
        {"/x/1", "X-Request: 1\r\n", "header.X-Request"},
        {"/x/1", "X-Request: 3fa85f64-5717-4562-b3fc-2c963f66afa6\r\n", ""},
        {"/x/1", "Cookie: tries=many\r\n", "cookie.tries"},
        {"/x/1?other=1", "", ""},
    };
    for (const Row &row : rows) {
        const Answer answer = server.ask("POST", row.target, row.head);
        EXPECT_EQ(answer.status, row.violated.empty() ? 200 : 422) << row.target << row.head;
        if (!row.violated.empty()) {
            EXPECT_THAT(answer.body, HasSubstr("\"target\":\"" + row.violated + "\""));
            EXPECT_THAT(answer.head, HasSubstr("application/problem+json"));
        }
    }
}

TEST(OpenApiChecks, BodiesAreHeldToTheirSchema)
{
    const std::string components = R"({schemas: {
      Node: {type: object, required: [name, id], properties: {
        id: {type: integer, readOnly: true}, name: {type: string, nullable: true},
        age: {type: number, maximum: 10, exclusiveMaximum: true},
        next: {$ref: '#/components/schemas/Node'}}}}})";
    ServedEnvironment server(checking(operationOf(R"(      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}
)",
                                                  components)));
    const auto ask = [&](const std::string &body, const std::string &head) {
        return server.ask("POST", "/x/1", head, body);
    };
    EXPECT_EQ(ask(R"({"name":"a"})", kJson).status, 200);
    EXPECT_EQ(ask(R"({"name":null,"age":9.9})", kJson).status, 200);
    EXPECT_EQ(ask(R"({"name":"a"})", "Content-Type: application/json; charset=utf-8\r\n").status,
              200);
    EXPECT_THAT(ask(R"({"age":1})", kJson).body, HasSubstr("name"));
    EXPECT_THAT(ask(R"({"name":"a","age":10})", kJson).body, HasSubstr("/age"));
    EXPECT_THAT(ask(R"({"name":"a","next":{"name":"b","next":{"name":5}}})", kJson).body,
                HasSubstr("/next/next/name"));
    EXPECT_THAT(ask("{", kJson).body, HasSubstr("\"target\":\"body\""));
    EXPECT_THAT(ask("", "").body,
                HasSubstr(R"([{"target":"body","expected":"not equals ''","actual":""}])"));
    EXPECT_THAT(ask("a", "Content-Type: text/plain\r\n").body, HasSubstr("header.Content-Type"));
}

TEST(OpenApiChecks, ABodyMayBeLeftOutWhereItIsNotRequired)
{
    ServedEnvironment server(checking(operationOf(R"(      requestBody:
        content:
          application/json: {schema: {type: object, required: [a]}}
          application/x-www-form-urlencoded: {schema: {type: object, required: [b], properties: {b: {type: integer}}}}
          text/csv: {schema: {type: string}}
)")));
    const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
    EXPECT_EQ(server.ask("POST", "/x/1").status, 200);
    EXPECT_EQ(server.ask("POST", "/x/1", kJson, R"({"a":1})").status, 200);
    EXPECT_EQ(server.ask("POST", "/x/1", kJson, R"({"b":1})").status, 422);
    EXPECT_EQ(server.ask("POST", "/x/1", form, "b=1").status, 200);
    EXPECT_THAT(
        server.ask("POST", "/x/1", form, "b=one").body,
        HasSubstr(R"([{"target":"form.b","expected":"matches ^-?[0-9]+$","actual":"one"}])"));
    EXPECT_EQ(server.ask("POST", "/x/1", form, "c=1").status, 422);
    EXPECT_EQ(server.ask("POST", "/x/1", "Content-Type: text/csv\r\n", "1;2").status, 200);
}

TEST(OpenApiChecks, ADocumentedStatusIsUsed)
{
    const std::string text
        = "openapi: 3.0.3\ninfo: {title: T}\npaths:\n  /x:\n    get:\n"
          "      parameters: [{in: query, name: q, required: true}]\n"
          "      responses: {'200': {description: ok}, '400': {description: no}}\n";
    EXPECT_EQ(ServedEnvironment(checking(text)).ask("GET", "/x").status, 400);
}

TEST(OpenApiChecks, WhoBringsNoProofGetsA401)
{
    const std::string components = R"({securitySchemes: {
      key: {type: apiKey, in: query, name: key}, app: {type: apiKey, in: header, name: X-App},
      token: {type: http, scheme: bearer}, login: {type: http, scheme: basic}}})";
    ServedEnvironment server(
        checking(operationOf("      security: [{key: [], app: []}, {token: []}, {login: []}]\n"
                             "      parameters: [{in: query, name: q, required: true}]\n",
                             components)));
    const Answer stranger = server.ask("POST", "/x/1?key=1&q=1");
    EXPECT_EQ(stranger.status, 401);
    EXPECT_THAT(stranger.head, HasSubstr("WWW-Authenticate: Bearer"));
    EXPECT_THAT(stranger.head, HasSubstr("WWW-Authenticate: Basic realm=\"api\""));
    EXPECT_THAT(stranger.body, HasSubstr("header.X-App"));
    EXPECT_EQ(server.ask("POST", "/x/1?key=1&q=1", "X-App: a\r\n").status, 200);
    EXPECT_EQ(server.ask("POST", "/x/1?q=1", "Authorization: bearer abc\r\n").status, 200);
    EXPECT_EQ(server.ask("POST", "/x/1?q=1", "Authorization: Basic YTpi\r\n").status, 200);
    EXPECT_EQ(server.ask("POST", "/x/1?q=1", "Authorization: Digest a\r\n").status, 401);
    EXPECT_EQ(server.ask("POST", "/x/1", "Authorization: Bearer abc\r\n").status, 422);
}

TEST(OpenApiChecks, AnEmptyRequirementLetsEverybodyIn)
{
    const std::string components = "{securitySchemes: {token: {type: http, scheme: bearer}}}";
    const Server open = checking(operationOf("      security: [{token: []}, {}]\n", components));
    EXPECT_EQ(endpointsOf(open).at(0).responses.size(), 1U); // nobody can be refused
    EXPECT_EQ(ServedEnvironment(open).ask("POST", "/x/1").status, 200);
    const std::string common
        = operationOf("      description: a\n", components) + "security: [{token: []}]\n";
    EXPECT_EQ(ServedEnvironment(checking(common)).ask("POST", "/x/1").status, 401);
    const std::string lifted
        = operationOf("      security: []\n", components) + "security: [{token: []}]\n";
    EXPECT_EQ(ServedEnvironment(checking(lifted)).ask("POST", "/x/1").status, 200);
}

TEST(OpenApiChecks, SwaggersBodiesAndFormsAreCheckedToo)
{
    ServedEnvironment server(checking(R"(swagger: "2.0"
info: {title: T}
securityDefinitions: {login: {type: basic}}
definitions: {Pet: {type: object, required: [name]}}
paths:
  /pets:
    post:
      consumes: [application/json]
      parameters: [{in: body, name: pet, required: true, schema: {$ref: '#/definitions/Pet'}}]
      responses: {'200': {description: ok}}
  /forms:
    post:
      consumes: [application/x-www-form-urlencoded]
      parameters:
      - {in: formData, name: age, type: integer, required: true}
      - {in: query, name: page, type: integer}
      responses: {'200': {description: ok}}
  /closed:
    get:
      security: [{login: []}]
      responses: {'200': {description: ok}}
)"));
    const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
    EXPECT_EQ(server.ask("POST", "/pets", kJson, R"({"name":"a"})").status, 200);
    EXPECT_EQ(server.ask("POST", "/pets", kJson, "{}").status, 422);
    EXPECT_EQ(server.ask("POST", "/pets").status, 422);
    EXPECT_EQ(server.ask("POST", "/forms", form, "age=3").status, 200);
    EXPECT_EQ(server.ask("POST", "/forms", form, "age=three").status, 422);
    EXPECT_EQ(server.ask("POST", "/forms?page=x", form, "age=3").status, 422);
    EXPECT_EQ(server.ask("GET", "/closed").status, 401);
}

TEST(OpenApiChecks, OtherAnswersAreStillThereForTheAsking)
{
    ServedEnvironment server(checking(R"(openapi: 3.1.0
info: {title: T}
paths:
  /x:
    get:
      parameters: [{in: query, name: q, required: true, schema: {type: [string, 'null']}}]
      responses: {'200': {description: ok}, '404': {description: none}}
)"));
    EXPECT_EQ(server.ask("GET", "/x?q=1", "Prefer: code=404\r\n").status, 404);
    EXPECT_EQ(server.ask("GET", "/x", "Prefer: code=404\r\n").status, 422);
}

TEST(OpenApiChecks, SchemasThatNobodyCanCheckAreSaid)
{
    std::string deep = "{type: object}";
    for (int i = 0; i < 120; ++i)
        deep = "{items: " + deep + "}";
    const std::string text = operationOf("      requestBody:\n        content: {application/json: "
                                         "{schema: "
                                         + deep + "}}\n");
    LoadOutcome outcome = loadText(text, "api.yaml", {.checkRequests = true});
    ASSERT_EQ(outcome.servers.size(), 1U);
    EXPECT_TRUE(says(outcome.servers[0], "too large to be checked"));
    // A pattern that is none, and a format nobody knows, do not count.
    ServedEnvironment server(checking(operationOf(
        "      requestBody:\n        content: {application/json: {schema: {type: string, pattern: "
        "'(', format: nonsense}}}\n")));
    EXPECT_EQ(server.ask("POST", "/x/1", kJson, R"("a")").status, 200);
    EXPECT_EQ(server.ask("POST", "/x/1", kJson, "1").status, 422);
}

struct BodyRow
{
    std::string schema; ///< of the body of `POST /x/{id}`
    std::string good;
    std::string bad; ///< empty: everything is good
};

void PrintTo(const BodyRow &row, std::ostream *out) { *out << row.schema; }

class OpenApiBodies : public testing::TestWithParam<BodyRow>
{};

TEST_P(OpenApiBodies, AreRefusedWhereTheyAreWrongAndNowhereElse)
{
    ServedEnvironment server(checking(operationOf(
        "      requestBody: {content: {application/json: {schema: " + GetParam().schema + "}}}\n",
        "{schemas: {Base: {type: object, properties: {id: {type: integer, readOnly: true}}}, "
        "Loop: {allOf: [{$ref: '#/components/schemas/Loop'}], required: [a]}, "
        "Turn: {not: {$ref: '#/components/schemas/Turn'}}}}")));
    EXPECT_EQ(server.ask("POST", "/x/1", kJson, GetParam().good).status, 200);
    if (!GetParam().bad.empty()) {
        EXPECT_EQ(server.ask("POST", "/x/1", kJson, GetParam().bad).status, 422);
    }
}

INSTANTIATE_TEST_SUITE_P(
    OfSchemas, OpenApiBodies,
    testing::Values(
        // What is readOnly need not be sent, wherever it is said.
        BodyRow{"{allOf: [{$ref: '#/components/schemas/Base'}, {required: [id, name]}]}",
                R"({"name":1})", "{}"},
        BodyRow{"{required: [id, b], allOf: [{$ref: '#/components/schemas/Base'}]}", R"({"b":1})",
                "{}"},
        BodyRow{"{type: object, required: [id], properties: {id: {allOf: [{readOnly: true}]}}}",
                "{}", "[]"},
        // Of another object it has to be.
        BodyRow{"{properties: {id: {readOnly: true}, in: {type: object, required: [id]}}}",
                R"({"in":{"id":1}})", R"({"in":{}})"},
        BodyRow{"{dependentSchemas: {b: {required: [id]}}, properties: {id: {readOnly: true}}}",
                R"({"b":1})", ""},
        // Exclusive bounds of 3.0 are flags.
        BodyRow{"{type: integer, minimum: 3, exclusiveMinimum: true}", "4", "3"},
        BodyRow{"{type: integer, maximum: 3, exclusiveMaximum: true}", "2", "3"},
        // Less said below `not` and oneOf would be more.
        BodyRow{"{not: {format: nonsense}}", R"("a")", ""},
        BodyRow{"{not: {pattern: '('}}", R"("a")", ""},
        BodyRow{"{oneOf: [{type: string, format: nonsense}, {type: string, format: uuid}]}",
                R"("3fa85f64-5717-4562-b3fc-2c963f66afa6")", ""},
        BodyRow{"{patternProperties: {'(': {}}, additionalProperties: false}", R"({"a":1})", ""},
        // No schemas that cannot be compiled.
        BodyRow{"{$ref: '#/components/schemas/Loop'}", R"({"a":1})", "{}"},
        BodyRow{"{$ref: '#/components/schemas/Turn'}", R"({"a":1})", ""},
        BodyRow{"{type: integer, dependentRequired: [a], minLength: many}", "1", R"("a")"},
        BodyRow{"{type: integer, format: int32}", "2147483647", "2147483648"}));

TEST(OpenApiChecks, AValueOfOneOfSeveralTypesIsNotRefused)
{
    ServedEnvironment server(checking(operationOf(R"(      parameters:
      - {in: query, name: both, schema: {type: [integer, string]}}
      - {in: query, name: untyped, schema: {minimum: 3}}
      - {in: query, name: one, schema: {type: [integer, 'null']}}
)",
                                                  "{}", "3.1.0")));
    EXPECT_EQ(server.ask("POST", "/x/1?both=abc&untyped=abc&one=1").status, 200);
    EXPECT_EQ(server.ask("POST", "/x/1?one=abc").status, 422);
}

TEST(OpenApiChecks, MediaTypesThatDifferInTheirParametersAreNotConfused)
{
    ServedEnvironment server(checking(operationOf(R"(      requestBody:
        content:
          application/json;v=1: {schema: {type: object, required: [a]}}
          application/json;v=2: {schema: {type: object, required: [b]}}
)")));
    EXPECT_EQ(
        server.ask("POST", "/x/1", "Content-Type: application/json;v=1\r\n", "{\"a\":1}").status,
        200);
    EXPECT_EQ(
        server.ask("POST", "/x/1", "Content-Type: application/json;v=2\r\n", "{\"b\":1}").status,
        200);
}

TEST(OpenApiChecks, FieldsAreInAFormWhateverElseTheDocumentConsumes)
{
    ServedEnvironment server(checking(R"(swagger: "2.0"
info: {title: T}
consumes: [application/json]
paths:
  /f:
    post:
      parameters: [{in: formData, name: n, type: integer, required: true}]
      responses: {'200': {description: ok}}
)"));
    const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
    EXPECT_EQ(server.ask("POST", "/f", form, "n=1").status, 200);
    EXPECT_EQ(server
                  .ask("POST", "/f", "Content-Type: multipart/form-data; boundary=b\r\n",
                       "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--b--\r\n")
                  .status,
              200);
    EXPECT_EQ(server.ask("POST", "/f", form, "n=a").status, 422);
    EXPECT_EQ(server.ask("POST", "/f").status, 422);
}

TEST(OpenApiChecks, AFieldThatIsRequiredNeedNotBeDescribed)
{
    const std::string text = operationOf(R"(      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, required: [file, note], properties: {file: {type: string, format: binary}, tags: {type: array}, more: {type: object}}}
)");
    const LoadOutcome outcome = loadText(text, "api.yaml", {.checkRequests = true});
    ASSERT_EQ(outcome.servers.size(), 1U);
    EXPECT_TRUE(says(outcome.servers[0], "that are lists only the presence is checked"));
    EXPECT_TRUE(says(outcome.servers[0], "that are objects are not checked"));
    ServedEnvironment server(outcome.servers[0].server);
    const std::string type = "Content-Type: multipart/form-data; boundary=b\r\n";
    const auto part = [](const std::string &name) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n\1\r\n";
    };
    EXPECT_EQ(server.ask("POST", "/x/1", type, part("file") + part("note") + "--b--\r\n").status,
              200);
    EXPECT_THAT(server.ask("POST", "/x/1", type, part("file") + "--b--\r\n").body,
                HasSubstr("\"target\":\"part.note\""));
}

TEST(OpenApiChecks, WhatDependsOnTheStyleOfAParameterIsNotChecked)
{
    ServedEnvironment server(checking(operationOf(R"(      parameters:
      - {in: path, name: id, required: true, style: label, schema: {type: integer}}
      - {in: query, name: empty, allowEmptyValue: true, schema: {type: integer}}
)")));
    EXPECT_EQ(server.ask("POST", "/x/.5?empty=").status, 200);
}

} // namespace
} // namespace understudy::formats::openapi
