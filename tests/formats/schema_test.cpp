// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"
#include "core/formats/native/native.h"
#include "core/formats/yaml/parse.h"
#include "core/model/fault_catalogue.h"
#include "core/model/operator_catalogue.h"
#include "tests/formats/native_support.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <memory>
#include <optional>
#include <set>

#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace understudy;
using namespace understudy::formats;

namespace {

boost::json::value schemaText()
{
    return boost::json::parse(test::contentOf(std::filesystem::path(UNDERSTUDY_SOURCE_DIR)
                                              / "resources/schema/mock-1.json"));
}

class SchemaOfTheMockFile : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        s_schema = std::make_unique<valijson::Schema>();
        const boost::json::value text = schemaText();
        valijson::SchemaParser().populateSchema(valijson::adapters::BoostJsonAdapter(text),
                                                *s_schema);
    }
    static void TearDownTestSuite() { s_schema.reset(); }

    /// Nothing, if the text is not even YAML: that is not the schema's to say.
    static std::optional<bool> accepts(const std::string &text, std::string &why)
    {
        const auto node = yaml::parse(text, {});
        if (!node)
            return std::nullopt;
        const boost::json::value value = boost::json::parse(writeJson(yaml::toJson(*node)));
        valijson::Validator validator;
        valijson::ValidationResults results;
        const bool ok
            = validator.validate(*s_schema, valijson::adapters::BoostJsonAdapter(value), &results);
        for (valijson::ValidationResults::Error error; results.popError(error);) {
            for (const std::string &part : error.context)
                why += part;
            why += ": " + error.description + "\n";
        }
        return ok;
    }

    static std::unique_ptr<valijson::Schema> s_schema;
};

std::unique_ptr<valijson::Schema> SchemaOfTheMockFile::s_schema;

/// What a schema cannot say: values that depend on one another.
const std::set<std::string> kOnlyTheReaderSees{
    "base64.mock.yaml",             // text of any kind
    "duplicate-ids.mock.yaml",      // unique across folders
    "fault-never.mock.yaml",        // counts that exclude one another
    "fault-past-body.mock.yaml",    // the length of a body
    "fault-request-side.mock.yaml", // how many responses there are
    "fault-tls-plain.mock.yaml",    // what stands under listen
    "fault-values.mock.yaml",       // durations and rates above 0
    "fault-window.mock.yaml",       // from before to
    "handshake.mock.yaml",          // a duration above 0
    "missing-bucket.mock.yaml",     // a name that is given elsewhere
    "p99-below-median.mock.yaml",   // durations in order
    "path-braces.mock.yaml",        // a grammar of its own
};

} // namespace

TEST_F(SchemaOfTheMockFile, AcceptsEveryGoodFile)
{
    for (const auto &file : test::filesIn(test::nativeData("good"))) {
        std::string why;
        const auto accepted = accepts(test::contentOf(file), why);
        ASSERT_TRUE(accepted) << file;
        EXPECT_TRUE(*accepted) << file << "\n" << why;
    }
}

TEST_F(SchemaOfTheMockFile, RefusesEveryBadFileThatItCanJudge)
{
    for (const auto &file : test::filesIn(test::nativeData("bad"))) {
        std::string why;
        const auto accepted = accepts(test::contentOf(file), why);
        if (accepted) {
            EXPECT_EQ(*accepted, kOnlyTheReaderSees.contains(file.filename().string())) << file;
        }
    }
}

/// The canonical text of a good file is good too.
TEST_F(SchemaOfTheMockFile, AcceptsWhatTheWriterWrites)
{
    for (const auto &file : test::filesIn(test::nativeData("good"))) {
        const native::ReadOutcome read = native::read(test::contentOf(file), file.string());
        std::string why;
        const auto accepted = accepts(native::write(read.server), why);
        ASSERT_TRUE(accepted) << file;
        EXPECT_TRUE(*accepted) << file << "\n" << why;
    }
}

/// Each line of the bad files with several errors would be refused by itself: one removed must not
/// hide another.
TEST_F(SchemaOfTheMockFile, JudgesEachFaultAndRuleAlone)
{
    for (const char *name : {"bad/faults.mock.yaml", "bad/rules.mock.yaml"}) {
        const auto whole = yaml::parse(test::contentOf(test::nativeData(name)), {});
        ASSERT_TRUE(whole);
        const yaml::Node *behaviour = whole->find("behaviour");
        const yaml::Node &list = behaviour ? *behaviour->find("faults")
                                           : *whole->find("endpoints")->items[0].find("responses");
        for (const yaml::Node &item : list.items) {
            const std::string one = writeJson(yaml::toJson(item));
            const std::string text
                = behaviour ? R"({"understudy": 1, "behaviour": {"faults": [)" + one + "]}}"
                            : R"({"understudy": 1, "endpoints": [{"path": "/", "responses": [)"
                                  + one + "]}]}";
            std::string why;
            EXPECT_FALSE(accepts(text, why).value_or(true)) << one;
            EXPECT_FALSE(native::read(text, {}).ok()) << one;
        }
    }
}

TEST_F(SchemaOfTheMockFile, KnowsEveryKindOfFault)
{
    std::set<std::string> kinds;
    const boost::json::value schema = schemaText();
    for (const auto &kind :
         schema.at("definitions").at("fault").at("properties").at("kind").at("enum").as_array())
        kinds.emplace(kind.as_string());
    std::set<std::string> expected;
    for (const FaultKind kind : allFaultKinds())
        expected.emplace(faultKindName(kind));
    EXPECT_EQ(kinds, expected);
}

TEST_F(SchemaOfTheMockFile, KnowsEveryOperatorOfRules)
{
    const boost::json::value schema = schemaText();
    for (const OperatorTraits &traits : operatorCatalogue()) {
        const std::string_view name = traits.name;
        EXPECT_TRUE(
            schema.at("definitions").at("operators").at("properties").as_object().contains(name))
            << name;
        EXPECT_TRUE(
            schema.at("definitions").at("operator").at("properties").as_object().contains(name))
            << name;
    }
}
