// SPDX-License-Identifier: Apache-2.0
#include "core/match/schema/json_schema.h"

#include "core/match/schema/reader.h"
#include "core/match/schema/validator.h"

namespace understudy {

JsonSchema::JsonSchema(std::shared_ptr<const json_schema::Schema> schema)
    : m_schema(std::move(schema))
{}

Result<JsonSchema> JsonSchema::compile(const JsonValue &schema)
{
    auto read = json_schema::read(schema);
    if (!read)
        return read.error();
    return JsonSchema(std::make_shared<const json_schema::Schema>(*std::move(read)));
}

MatchVerdict JsonSchema::fits(const JsonValue &value, WorkBudget &budget) const
{
    return json_schema::Validator(*m_schema, budget, nullptr).run(value);
}

std::optional<SchemaFault> JsonSchema::fault(const JsonValue &value, WorkBudget &budget) const
{
    SchemaFault fault;
    const MatchVerdict verdict = json_schema::Validator(*m_schema, budget, &fault).run(value);
    return verdict == MatchVerdict::No ? std::optional(std::move(fault)) : std::nullopt;
}

const std::vector<std::string> &JsonSchema::unknownFormats() const
{
    return m_schema->unknownFormats;
}

} // namespace understudy
