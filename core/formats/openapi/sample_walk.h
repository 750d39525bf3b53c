// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/formats/openapi/schema_check.h"
#include "core/formats/openapi/schema_parts.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// Makes one value for a schema (see SampleMaker). Used once.
class SampleWalk
{
public:
    struct Limits
    {
        std::size_t depth = 10;     ///< of what need not be there
        std::size_t values = 2'000; ///< parts of the whole value
    };

    SampleWalk(Document &document, SchemaCheck &check, Limits limits)
        : m_document(document)
        , m_check(check)
        , m_limits(limits)
    {}

    /// Nothing where there is none: it would hold itself, or be too large.
    std::optional<JsonValue> run(Element schema) { return value({schema}, true, 0); }
    bool isFull() const { return m_values > m_limits.values; }
    std::size_t values() const { return m_values; }

private:
    using Made = std::optional<JsonValue>;
    using Schemas = std::vector<Element>;
    using Part = SchemaParts::Part;

    /// A value that all schemas have. `must`: it cannot be left out. `variant`: which of several.
    Made value(const Schemas &schemas, bool must, std::size_t variant);
    Made written(const Schemas &schemas, const SchemaParts &parts, std::size_t variant);
    Made fitting(const Schemas &schemas, Element schema, const yaml::Node &node);
    /// Tries the branches of oneOf and anyOf, from the part on that has the number.
    Made chosen(const Schemas &schemas, const SchemaParts &parts, std::size_t from,
                const Part &concrete, bool must, std::size_t variant);
    Made ofParts(const SchemaParts &parts, const Part &concrete, bool must, std::size_t variant);
    Made ofType(const SchemaParts &parts, const Part &concrete, bool must, std::size_t variant);
    Made array(const SchemaParts &parts, bool must);
    Made object(const SchemaParts &parts, const Part &concrete, bool must);
    bool addProperties(const SchemaParts &parts, const std::set<std::string> &required,
                       JsonObject &to);
    bool addRequired(const SchemaParts &parts, const std::set<std::string> &required,
                     JsonObject &to);
    void addOthers(const SchemaParts &parts, JsonObject &to);
    void discriminate(const SchemaParts &parts, const Part &concrete, JsonObject &to);
    std::string discriminatorValue(Element discriminator, const Part &concrete);
    bool fits(const Schemas &schemas, const JsonValue &value);
    bool isOpen(const SchemaParts &parts) const;

    Document &m_document;
    SchemaCheck &m_check;
    Limits m_limits;
    std::vector<const yaml::Node *> m_open; ///< schemas whose values are being made
    std::size_t m_depth = 0;
    std::size_t m_values = 0;
};

} // namespace understudy::formats::openapi
