// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/formats/openapi/schema_check.h"

#include <optional>
#include <unordered_map>

namespace understudy::formats::openapi {

/// A value made for a schema.
struct Sample
{
    JsonValue value;
    std::optional<Misfit> misfit; ///< where it is not what the schema says after all
};

/// Makes values for schemas, the same for the same document always: what a schema has as an
/// example, default or enum where that fits, else by type, format, pattern and bounds. All
/// properties are there but those that are writeOnly; what refers to itself ends where it may be
/// left out. Values have some 2,000 parts at most, unless more are required, and 100,000 in any
/// case.
class SampleMaker
{
public:
    SampleMaker(Document &document, SchemaCheck &check)
        : m_document(document)
        , m_check(check)
    {}

    /// Of one schema it is made once.
    const Sample &make(Element schema);

private:
    Sample fresh(Element schema);

    Document &m_document;
    SchemaCheck &m_check;
    std::unordered_map<const yaml::Node *, Sample> m_made;
    std::size_t m_values = 0; ///< made so far
};

/// What stands in a document as the value of a schema: a number that the schema wants as a text
/// becomes one, and the other way round. YAML has no quotes around most texts.
JsonValue writtenValue(Document &document, Element schema, const yaml::Node &written);

} // namespace understudy::formats::openapi
