// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/base/result.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace understudy::json_schema {

enum class Draft { Four, Six, Seven, Year2019, Year2020 };

/// What `$schema` says; `fallback` where it says nothing that is known.
Draft draftOf(const JsonValue &schema, Draft fallback);

/// Calls back for each subschema that stands directly in a schema, under the keywords of all
/// drafts, with its place ("/properties/a").
void forEachSubschema(const JsonObject &schema,
                      const std::function<void(const JsonValue &, const std::string &)> &use);

/// Which part of a document is meant by a reference: identities (`$id`), anchors, JSON pointers.
/// Refers to the document.
class Identities
{
public:
    Identities(const JsonValue &document, Draft draft);

    /// Where a subschema stands.
    struct Place
    {
        const JsonValue *schema = nullptr;
        std::string path;           ///< in the document: "#/properties/a"
        std::string base;           ///< URI that references in it are relative to
        std::uint32_t resource = 0; ///< number of the schema with an identity of its own
    };

    const Place &root() const { return m_places.at(m_document); }
    /// Of a subschema that was found as such or by `resolve`; of another, that of the whole.
    const Place &placeOf(const JsonValue &schema) const
    {
        const auto found = m_places.find(&schema);
        return found == m_places.end() ? root() : found->second;
    }

    /// Errors: Syntax where it leads nowhere, or into another document.
    Result<Place> resolve(const std::string &reference, const Place &from);

    struct Resource
    {
        const JsonValue *root = nullptr;
        std::string base;
        std::map<std::string, const JsonValue *, std::less<>> anchors;
        std::map<std::string, const JsonValue *, std::less<>> dynamicAnchors;
    };
    const std::deque<Resource> &resources() const { return m_resources; }
    /// Name under which a resource's `$recursiveAnchor` is kept among its dynamic anchors.
    static constexpr std::string_view kRecursive = "\n";

private:
    void collect(const JsonValue &schema, Place place);
    std::optional<Place> atPointer(const Resource &resource, std::string_view pointer);

    const JsonValue *m_document;
    Draft m_draft;
    std::deque<Resource> m_resources; ///< keep their places
    std::map<std::string, std::uint32_t, std::less<>> m_byUri;
    std::unordered_map<const JsonValue *, Place> m_places;
};

} // namespace understudy::json_schema
