// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/document.h"

#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// What a schema is put together of: itself and what its allOf adds, however deep, with references
/// followed. Whatever is valid is valid for each of them.
struct SchemaParts
{
    struct Part
    {
        Element schema;
        std::string name; ///< of the component it was referred to by; empty: written in place
    };

    std::vector<Part> parts;
    bool isNever = false; ///< one of them is `false`

    /// The first value of a keyword; empty where none has it.
    Element first(std::string_view keyword) const;
    /// "string", "integer", "number", "boolean", "array", "object": the first that all agree on, by
    /// what else is said where no type is. Empty: anything will do. "null" where only that is
    /// left.
    std::string type() const;
    bool isNullable() const;
    /// One of them says so: of flags such as readOnly.
    bool isTrue(std::string_view keyword) const;
    bool holds(const yaml::Node *schema) const;
};

SchemaParts partsOf(Document &document, Element schema);
/// Puts a schema, such as a branch of oneOf, to those that are there.
void addParts(Document &document, Element schema, SchemaParts &parts);

/// The name at the end of a reference: "Pet" for "#/components/schemas/Pet" and "Pet.json".
std::string nameOfReference(std::string_view reference);

} // namespace understudy::formats::openapi
