// SPDX-License-Identifier: Apache-2.0
#include "core/match/schema/json_schema.h"

#include "core/match/operators/table.h"

namespace understudy {

namespace {

class JsonSchemaOperator final : public Operator
{
public:
    explicit JsonSchemaOperator(JsonSchema schema)
        : m_schema(std::move(schema))
    {}
    bool readsJson() const override { return true; }
    std::string_view costly() const override { return "the schema"; }
    std::vector<std::string> remarks() const override
    {
        std::vector<std::string> out;
        for (const std::string &format : m_schema.unknownFormats())
            out.push_back("the format '" + format + "' is not known and so not checked");
        return out;
    }

    std::string whyNot(const TargetValue &value, const MatchContext &,
                       WorkBudget &budget) const override
    {
        if (value.isBody && !value.json)
            return "no JSON";
        const auto fault = value.json ? m_schema.fault(*value.json, budget)
                                      : m_schema.fault(JsonValue(value.text), budget);
        if (!fault)
            return {};
        return fault->place.empty() ? fault->message : fault->place + ": " + fault->message;
    }

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &,
                          WorkBudget &budget) const override
    {
        if (value.isBody && !value.json)
            return MatchVerdict::No;
        // A target that yields texts, such as a header, yields strings of JSON.
        return value.json ? m_schema.fits(*value.json, budget)
                          : m_schema.fits(JsonValue(value.text), budget);
    }

private:
    JsonSchema m_schema;
};

} // namespace

Result<OperatorPtr> compileJsonSchema(const Condition &condition)
{
    // As a YAML value, or as a text of JSON.
    JsonValue schema = condition.value;
    if (const std::string *text = schema.ifString()) {
        auto parsed = JsonValue::parse(*text);
        if (!parsed)
            return Error{ErrorCode::Syntax, "the schema is no JSON: " + parsed.error().message, {}};
        schema = *std::move(parsed);
    }
    auto compiled = JsonSchema::compile(schema);
    if (!compiled)
        return Error{compiled.error().code, "in the schema at " + compiled.error().message, {}};
    return OperatorPtr(std::make_unique<JsonSchemaOperator>(*std::move(compiled)));
}

} // namespace understudy
