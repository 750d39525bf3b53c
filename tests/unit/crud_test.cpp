// SPDX-License-Identifier: Apache-2.0
// The operations on a bucket (reference/mockoon.md section 4), as a table of requests and answers.
#include "core/engine/crud.h"

#include "core/base/json_text.h"

#include <gtest/gtest.h>

namespace understudy::crud {

namespace {

JsonValue json(std::string_view text) { return *JsonValue::parse(text); }

/// "201 {…}", or what was refused.
std::string shown(const Result<Answer> &answer)
{
    if (!answer)
        return "refused: " + answer.error().message;
    return std::to_string(answer->status) + ' '
           + (answer->body ? writeJson(*answer->body) : std::string());
}

std::string changed(JsonValue &bucket, std::string_view method, std::string_view id,
                    std::string_view body, std::string key = "id")
{
    Operation operation;
    operation.method = method;
    operation.isItem = !id.empty();
    operation.id = id;
    operation.key = std::move(key);
    operation.body = json(body);
    operation.freshId = "fresh";
    return shown(change(bucket, operation));
}

std::string listed(std::string_view bucket, const NamedValues &query)
{
    const auto answer = list(json(bucket), query);
    return answer ? writeJson(*answer->body) : "refused: " + answer.error().message;
}

} // namespace

TEST(Crud, ChangesAList)
{
    JsonValue bucket = json(R"([{"id":1,"a":1},{"id":5}])");
    EXPECT_EQ(changed(bucket, "POST", "", R"({"b":2})"), R"(201 {"b":2,"id":6})");
    EXPECT_EQ(changed(bucket, "POST", "", R"({"id":"x"})"), R"(201 {"id":"x"})");
    EXPECT_EQ(changed(bucket, "PUT", "1", R"({"c":3})"), R"(200 {"c":3,"id":1})");
    EXPECT_EQ(changed(bucket, "PATCH", "1", R"({"d":4})"), R"(200 {"c":3,"id":1,"d":4})");
    EXPECT_EQ(changed(bucket, "PATCH", "9", "{}"), "404 {}");
    EXPECT_EQ(changed(bucket, "DELETE", "x", "{}"), "200 {}");
    EXPECT_EQ(changed(bucket, "DELETE", "x", "{}"), "404 {}");
    EXPECT_EQ(writeJson(bucket), R"([{"c":3,"id":1,"d":4},{"id":5},{"b":2,"id":6}])");
    EXPECT_EQ(changed(bucket, "PATCH", "", R"([{"id":7}])"),
              R"(200 [{"c":3,"id":1,"d":4},{"id":5},{"b":2,"id":6},{"id":7}])");
    EXPECT_EQ(changed(bucket, "PUT", "", R"([{"id":1}])"), R"(200 [{"id":1}])");
    EXPECT_EQ(changed(bucket, "DELETE", "", "{}"), "200 {}");
    EXPECT_EQ(changed(bucket, "POST", "", "{}"), R"(201 {"id":"fresh"})");
}

TEST(Crud, RefusesWhatWouldMakeAListOfNumberedNames)
{
    JsonValue bucket = json(R"([{"id":1}])");
    EXPECT_EQ(changed(bucket, "PUT", "1", "[1]"), "refused: an item takes an object, not a list");
    EXPECT_EQ(changed(bucket, "PATCH", "", "{}"), "refused: a list takes a list, not an object");
    EXPECT_EQ(writeJson(bucket), R"([{"id":1}])");
}

TEST(Crud, KnowsKeysInsideOfItemsAndItemsWithoutAny)
{
    JsonValue nested = json(R"([{"sub":{"my":3}}])");
    EXPECT_EQ(changed(nested, "POST", "", R"({"a":1})", "sub.my"), R"(201 {"a":1,"sub":{"my":4}})");
    EXPECT_EQ(changed(nested, "DELETE", "3", "{}", "sub.my"), "200 {}");
    JsonValue texts = json(R"(["a","b"])");
    EXPECT_EQ(changed(texts, "PUT", "1", R"("c")"), R"(200 "c")");
    EXPECT_EQ(changed(texts, "POST", "", R"("d")"), R"(201 "d")");
    EXPECT_EQ(writeJson(texts), R"(["a","c","d"])");
    JsonValue object = json(R"({"a":1})");
    EXPECT_EQ(changed(object, "PATCH", "", R"({"b":2})"), R"(200 {"a":1,"b":2})");
    EXPECT_EQ(changed(object, "POST", "", R"({"c":3})"), R"(201 {"c":3})");
}

TEST(Crud, ListsAsTheQueryAsks)
{
    const std::string_view all = R"([{"id":1,"n":"Bob","a":{"c":"x"}},{"id":2,"n":"ada"},)"
                                 R"({"id":10,"n":"Eve","a":{"c":"y"}}])";
    const auto ids = [&](const NamedValues &query) {
        const auto answer = list(json(all), query);
        std::string out;
        for (const JsonValue &item : *answer->body->ifArray())
            out += item.ifObject()->find("id")->ifNumber()->text + ' ';
        return out;
    };
    EXPECT_EQ(ids({}), "1 2 10 ");
    EXPECT_EQ(ids({{"search", "AD"}}), "2 ");
    EXPECT_EQ(ids({{"id_gt", "1"}, {"id_lt", "10"}}), "2 ");
    EXPECT_EQ(ids({{"id_eq", "+10.0"}}), "10 ");
    EXPECT_EQ(ids({{"id_ne", "10"}}), "1 2 ");
    EXPECT_EQ(ids({{"a.c_eq", "y"}}), "10 ");
    EXPECT_EQ(ids({{"n_like", "^(ada|eve)$"}}), "2 10 ");
    EXPECT_EQ(ids({{"n_start", "b"}}), "1 ");
    EXPECT_EQ(ids({{"n_end", "E"}}), "10 ");
    EXPECT_EQ(ids({{"sort", "n"}}), "2 1 10 ");
    EXPECT_EQ(ids({{"sort", "id"}, {"order", "desc"}}), "10 2 1 ");
    EXPECT_EQ(ids({{"page", "2"}, {"limit", "2"}}), "10 ");
    EXPECT_EQ(ids({{"page", "9"}}), "");
    EXPECT_EQ(ids({{"limit", "0"}}), "1 2 10 ");
    EXPECT_EQ(ids({{"limit", "1"}, {"limit", "2"}}), "1 2 10 "); // given twice: not given
    EXPECT_EQ(listed("[1,2,3]", {{"_gte", "2"}}), "[2,3]");
    EXPECT_EQ(listed("\"text\"", {{"search", "x"}}), "\"text\"");
    EXPECT_TRUE(listed(all, {{"n_like", "("}}).starts_with("refused: the filter 'n_like'"));
    const auto answer = list(json(all), {{"id_gt", "1"}, {"limit", "1"}});
    EXPECT_EQ(http::findHeader(answer->headers, "X-Total-Count")->value, "3");
    EXPECT_EQ(http::findHeader(answer->headers, "X-Filtered-Count")->value, "2");
}

} // namespace understudy::crud
