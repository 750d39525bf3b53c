// SPDX-License-Identifier: Apache-2.0
// The specification data of Handlebars (handlebars-lang/handlebars.js by way of
// jbboehr/handlebars-spec): every case without code in it.
#include "core/template/template.h"
#include "tests/corpus/corpus.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace understudy::test {

namespace {

JsonValue readJsonFile(const std::filesystem::path &path)
{
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    const auto parsed = JsonValue::parse(text.str());
    EXPECT_TRUE(parsed) << path;
    return parsed ? *parsed : JsonValue();
}

std::string textOf(const JsonObject &object, std::string_view key)
{
    const JsonValue *value = object.find(key);
    return value && value->ifString() ? *value->ifString() : std::string();
}

bool isSet(const JsonObject &options, std::string_view key)
{
    const JsonValue *value = options.find(key);
    return value && value->isTrue();
}

class HandlebarsCase
{
public:
    explicit HandlebarsCase(const JsonObject &object)
        : m_case(object)
    {
        if (const JsonValue *given = object.find("compileOptions")) {
            const JsonObject &names = *given->ifObject();
            m_options.strict = isSet(names, "strict");
            m_options.assumeObjects = isSet(names, "assumeObjects");
            m_options.compat = isSet(names, "compat");
            m_options.knownHelpersOnly = isSet(names, "knownHelpersOnly");
            m_options.preventIndent = isSet(names, "preventIndent");
            m_options.ignoreStandalone = isSet(names, "ignoreStandalone");
            m_options.explicitPartialContext = isSet(names, "explicitPartialContext");
        }
    }

    /// The text, or the error.
    Result<std::string> render(bool parsesOnly)
    {
        const auto compiled = handlebars::Template::compile(textOf(m_case, "template"), m_options);
        if (!compiled)
            return compiled.error();
        if (parsesOnly)
            return std::string();
        std::map<std::string, handlebars::Template, std::less<>> partials;
        if (const JsonValue *given = m_case.find("partials"); given && given->ifObject()) {
            for (const JsonMember &partial : *given->ifObject()) {
                auto one = handlebars::Template::compile(*partial.value.ifString(), m_options);
                if (!one)
                    return one.error();
                partials.emplace(partial.name, *std::move(one));
            }
        }
        handlebars::RenderOptions options;
        options.partials = [&](std::string_view name) -> const handlebars::Template * {
            const auto found = partials.find(name);
            return found == partials.end() ? nullptr : &found->second;
        };
        if (const JsonValue *runtime = m_case.find("runtimeOptions")) {
            if (const JsonValue *data = runtime->ifObject()->find("data"); data && data->ifObject())
                options.data = handlebars::Value::ofJson(*data);
        }
        const JsonValue *data = m_case.find("data");
        const handlebars::Value context
            = data ? handlebars::Value::ofJson(*data) : handlebars::Value();
        std::string out;
        if (const auto rendered = compiled->render(out, context, nullptr, options); !rendered)
            return rendered.error();
        return out;
    }

private:
    const JsonObject &m_case;
    handlebars::TemplateOptions m_options;
};

class HandlebarsSpec : public testing::TestWithParam<std::pair<const char *, std::size_t>>
{};

} // namespace

TEST_P(HandlebarsSpec, EveryCaseGivesWhatHandlebarsGives)
{
    const auto [name, count] = GetParam();
    const JsonValue cases = readJsonFile(corpus() / "handlebars" / (std::string(name) + ".json"));
    ASSERT_TRUE(cases.ifArray());
    EXPECT_EQ(cases.ifArray()->size(), count);
    const bool parsesOnly = std::string_view(name) == "parser";
    for (const JsonValue &one : *cases.ifArray()) {
        const JsonObject &object = *one.ifObject();
        SCOPED_TRACE(textOf(object, "it") + ": " + textOf(object, "template"));
        const auto rendered = HandlebarsCase(object).render(parsesOnly);
        if (object.find("exception")) {
            EXPECT_FALSE(rendered) << *rendered;
        } else if (!rendered) {
            ADD_FAILURE() << rendered.error().message;
        } else if (!parsesOnly) {
            EXPECT_EQ(*rendered, textOf(object, "expected"));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, HandlebarsSpec,
                         testing::Values(std::pair("basic", 69), std::pair("blocks", 31),
                                         std::pair("builtins", 13), std::pair("data", 5),
                                         std::pair("helpers", 2), std::pair("parser", 79),
                                         std::pair("partials", 56), std::pair("regressions", 25),
                                         std::pair("strict", 21),
                                         std::pair("whitespace-control", 36)),
                         [](const auto &each) {
                             std::string name = each.param.first;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

} // namespace understudy::test
