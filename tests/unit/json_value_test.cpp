// SPDX-License-Identifier: Apache-2.0
#include "core/base/decimal.h"
#include "core/base/json_text.h"
#include "core/match/comparison.h"
#include "core/match/json_path.h"

#include <gmock/gmock.h>

using namespace understudy;

namespace {

JsonValue jsonOf(std::string_view text)
{
    auto value = JsonValue::parse(text);
    if (!value)
        ADD_FAILURE() << value.error().text();
    return value ? *std::move(value) : JsonValue();
}

bool sameJson(std::string_view a, std::string_view b, const JsonComparison &how = {})
{
    WorkBudget budget(kConditionWork);
    return equalsJson(jsonOf(a), jsonOf(b), how, budget) == MatchVerdict::Yes;
}

} // namespace

TEST(JsonValue, KeepsNumbersAsTheyWereWritten)
{
    for (const char *text :
         {"1236546565217899832645", "1e400", "-0", "1.0", "1.50", "12.90", "1E5", "1e-400", "0",
          "18446744073709551616", "0.1000000000000000055511151231257827021181583404541015625"}) {
        EXPECT_EQ(writeJson(jsonOf(text)), text);
        EXPECT_EQ(writeJson(jsonOf("{\"a\": [" + std::string(text) + "]}")),
                  "{\"a\":[" + std::string(text) + "]}");
    }
}

TEST(JsonValue, ReadsTextsStrictlyAndSaysWhereItFailed)
{
    EXPECT_EQ(writeJson(jsonOf("\"\\ud83d\\ude00\"")), "\"\xf0\x9f\x98\x80\"");
    for (const char *text : {"", "01", "+1", "1.", ".5", "[1,]", "{\"a\"}", "nul", "1 2", "'a'",
                             "NaN", "[1}", "\"\\x\""})
        EXPECT_FALSE(JsonValue::parse(text)) << text;
    const auto broken = JsonValue::parse("{\n \"\xc3\xa9\": x}");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().where, (Place{"", 2, 7}));
    const auto deep = JsonValue::parse(std::string(300, '['));
    ASSERT_FALSE(deep);
    EXPECT_EQ(deep.error().code, ErrorCode::Limit);
}

TEST(JsonValue, OfSeveralEqualNamesTakesTheLastValueAtTheFirstPlace)
{
    EXPECT_EQ(writeJson(jsonOf(R"({"a":1,"b":2,"a":3})")), R"({"a":3,"b":2})");
    std::string large = "{\"a\":0";
    for (int i = 0; i < 100; ++i)
        large += ",\"k" + std::to_string(i) + "\":" + std::to_string(i);
    const JsonValue value = jsonOf(large + ",\"a\":9}");
    const JsonObject &object = *value.ifObject();
    EXPECT_EQ(object.size(), 101U);
    EXPECT_EQ(object.begin()->name, "a");
    EXPECT_EQ(*object.find("a"), JsonValue(9));
    EXPECT_EQ(*object.find("k57"), JsonValue(57));
    EXPECT_FALSE(object.contains("k100"));
}

TEST(JsonValue, FindsWhatWasSetInAGrowingObject)
{
    JsonObject object;
    for (int i = 0; i < 60; ++i)
        object.set("k" + std::to_string(i), i);
    object.set("k7", "other");
    EXPECT_EQ(object.size(), 60U);
    EXPECT_EQ(*object.find("k7"), JsonValue("other"));
    EXPECT_EQ(*object.find("k59"), JsonValue(59));
}

TEST(Decimal, ComparesByValueWhateverTheLength)
{
    const auto number = [](std::string_view text) { return *Decimal::parse(text); };
    EXPECT_EQ(number("1"), number("1.0"));
    EXPECT_EQ(number("1"), number("10e-1"));
    EXPECT_EQ(number("0"), number("-0.00e9"));
    EXPECT_EQ(number("1e400"), number("10E+399"));
    EXPECT_EQ(number("+.5"), number("0.50"));
    EXPECT_NE(number("1234567890123456789"), number("1234567890123456788"));
    EXPECT_LT(number("123456789012345678901"), number("123456789012345678902"));
    EXPECT_LT(number("-2"), number("-1.5"));
    EXPECT_LT(number("-1"), number("1e-400"));
    EXPECT_LT(number("0.1"), number("0.10000000000000000000000001"));
    EXPECT_GT(number("1e401"), number("9e400"));
    EXPECT_DOUBLE_EQ(number("-12.5e3").toDouble(), -12500);
    for (const char *text : {"", ".", "-", "1e", "1e+", "0x1", "1 ", "inf", "nan", "1.2.3", "--1"})
        EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Comparison, OfJsonTakesNumbersExactly)
{
    EXPECT_TRUE(sameJson("1236546565217899832645", "1236546565217899832645"));
    EXPECT_FALSE(sameJson("1236546565217899832645", "1236546565217899832646"));
    EXPECT_TRUE(sameJson("1e400", "1e400"));
    EXPECT_FALSE(sameJson("1e400", "1e401"));
    EXPECT_TRUE(sameJson("[1.0, 1.50]", "[1, 15e-1]"));
    EXPECT_FALSE(sameJson("0.1", "0.1000000000000000055511151231257827"));
    EXPECT_FALSE(sameJson("1", "\"1\""));
    EXPECT_TRUE(sameJson(R"({"a":1,"b":[2]})", R"({"b":[2.0],"a":1})"));
}

TEST(Comparison, OfListsWithoutOrderTriesEveryPairing)
{
    EXPECT_TRUE(sameJson("[1,2,3.0]", "[3,1.0,2]", {true, false}));
    EXPECT_FALSE(sameJson("[1,1,2]", "[1,2,2]", {true, false}));
    const JsonComparison loose{true, true};
    EXPECT_TRUE(sameJson(R"([{"a":1,"b":2},{"a":1}])", R"([{"a":1},{"a":1,"b":2}])", loose));
    EXPECT_TRUE(sameJson(R"([{"a":1,"b":2},{"a":1,"c":3},{"a":1}])",
                         R"([{"a":1},{"a":1,"b":2},{"c":3}])", loose));
    EXPECT_FALSE(sameJson(R"([{"a":1},{"a":1}])", R"([{"a":1},{"a":1,"b":2}])", loose));
}

TEST(Comparison, OfATextWithANumberIsExact)
{
    const JsonValue id = jsonOf("1234567890123456789");
    EXPECT_TRUE(equalsValue("1234567890123456789", id));
    EXPECT_FALSE(equalsValue("1234567890123456788", id));
    EXPECT_TRUE(equalsValue(" 1234567890123456789.0 ", id));
    EXPECT_FALSE(equalsValue("many", id));
    // A number of JSON equals a text however it was written; a text only byte for byte.
    EXPECT_TRUE(equalsValue("12.90", "12.9", true));
    EXPECT_FALSE(equalsValue("12.90", "12.9"));
    EXPECT_FALSE(equalsValue("12.90", "12.9x", true));
}

TEST(JsonPath, ComparesNumbersExactly)
{
    const JsonValue document
        = jsonOf(R"([{"id":1234567890123456789012},{"id":1234567890123456789013},{"id":1e400}])");
    const auto count = [&](std::string_view path) {
        const auto query = JsonPath::parse(path);
        return query ? query->select(document).size() : 99;
    };
    EXPECT_EQ(count("$[?@.id == 1234567890123456789012]"), 1U);
    EXPECT_EQ(count("$[?@.id > 1234567890123456789012]"), 2U);
    EXPECT_EQ(count("$[?@.id == 1e400]"), 1U);
    EXPECT_EQ(count("$[?@.id != 1e400]"), 2U);
    EXPECT_EQ(textOf(*JsonPath::parse("$[0].id")->select(document).at(0)),
              "1234567890123456789012");
}
