// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/base/result.h"
#include "core/base/work_budget.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy {

namespace json_schema {
struct Schema;
}

/// Where a value does not fit its schema.
struct SchemaFault
{
    std::string place;   ///< in the value, a JSON pointer (RFC 6901); empty: the whole of it
    std::string message; ///< "minimum 1, got 0"
};

/// A compiled JSON Schema: drafts 4, 6, 7, 2019-09 and 2020-12, chosen by `$schema`, 2020-12
/// without it. References are followed within the schema. `format` is checked in every draft, which
/// is what who writes one expects; OpenAPI's `nullable` counts. Patterns are read by PCRE2 (RFC
/// 9485). Not followed: references to other documents (an error), `contentSchema`. A value:
/// immutable, cheap to copy, any thread.
class JsonSchema
{
public:
    /// Errors: Syntax where it is not a schema, where a reference leads nowhere, or where the
    /// schema refers to itself without end; the message begins with the place in the schema.
    static Result<JsonSchema> compile(const JsonValue &schema);

    /// Undecided where the budget was spent first.
    MatchVerdict fits(const JsonValue &value, WorkBudget &budget) const;
    /// The first place where it does not fit; nothing where it fits or where nobody knows.
    std::optional<SchemaFault> fault(const JsonValue &value, WorkBudget &budget) const;

    /// Formats it names that are not known and so not checked.
    const std::vector<std::string> &unknownFormats() const;

private:
    explicit JsonSchema(std::shared_ptr<const json_schema::Schema> schema);

    std::shared_ptr<const json_schema::Schema> m_schema;
};

} // namespace understudy
