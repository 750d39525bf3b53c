// SPDX-License-Identifier: Apache-2.0
#include "core/match/schema/identities.h"

#include "core/base/json_pointer.h"
#include "core/http/uri.h"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <algorithm>
#include <array>

namespace understudy::json_schema {

namespace {

// Of a document that has no identity.
constexpr std::string_view kNoBase = "understudy:///schema";

/// A reference against a base (RFC 3986 section 5.2), without its fragment.
std::string resolved(std::string_view base, std::string_view reference)
{
    const auto baseUri = boost::urls::parse_uri(base);
    const auto relative = boost::urls::parse_uri_reference(reference);
    if (!relative)
        return std::string(reference);
    boost::urls::url out;
    if (!baseUri || !boost::urls::resolve(*baseUri, *relative, out))
        out = *relative;
    out.remove_fragment();
    return std::string(out.buffer().data(), out.buffer().size());
}

const std::string *textIn(const JsonObject &schema, std::string_view name)
{
    const JsonValue *value = schema.find(name);
    return value ? value->ifString() : nullptr;
}

} // namespace

Draft draftOf(const JsonValue &schema, Draft fallback)
{
    const JsonObject *object = schema.ifObject();
    const std::string *uri = object ? textIn(*object, "$schema") : nullptr;
    if (!uri)
        return fallback;
    static constexpr std::array<std::pair<std::string_view, Draft>, 5> kDrafts{
        {{"draft-04", Draft::Four},
         {"draft-06", Draft::Six},
         {"draft-07", Draft::Seven},
         {"2019-09", Draft::Year2019},
         {"2020-12", Draft::Year2020}}};
    const auto found = std::find_if(kDrafts.begin(), kDrafts.end(), [&](const auto &draft) {
        return uri->find(draft.first) != std::string::npos;
    });
    return found == kDrafts.end() ? fallback : found->second;
}

void forEachSubschema(const JsonObject &schema,
                      const std::function<void(const JsonValue &, const std::string &)> &use)
{
    enum class Holds { Schema, SchemaOrList, List, Map };
    static constexpr std::array<std::pair<std::string_view, Holds>, 22> kKeywords{
        {{"additionalItems", Holds::Schema},
         {"additionalProperties", Holds::Schema},
         {"allOf", Holds::List},
         {"anyOf", Holds::List},
         {"contains", Holds::Schema},
         {"contentSchema", Holds::Schema},
         {"definitions", Holds::Map},
         {"$defs", Holds::Map},
         {"dependencies", Holds::Map},
         {"dependentSchemas", Holds::Map},
         {"else", Holds::Schema},
         {"if", Holds::Schema},
         {"items", Holds::SchemaOrList},
         {"not", Holds::Schema},
         {"oneOf", Holds::List},
         {"patternProperties", Holds::Map},
         {"prefixItems", Holds::List},
         {"properties", Holds::Map},
         {"propertyNames", Holds::Schema},
         {"then", Holds::Schema},
         {"unevaluatedItems", Holds::Schema},
         {"unevaluatedProperties", Holds::Schema}}};
    for (const JsonMember &member : schema) {
        const auto found
            = std::find_if(kKeywords.begin(), kKeywords.end(),
                           [&](const auto &keyword) { return keyword.first == member.name; });
        if (found == kKeywords.end())
            continue;
        const std::string place = '/' + json_pointer::escaped(member.name);
        if (const JsonArray *list = member.value.ifArray()) {
            for (std::size_t i = 0; i < list->size() && found->second != Holds::Map; ++i)
                use((*list)[i], place + '/' + std::to_string(i));
        } else if (const JsonObject *map = member.value.ifObject();
                   map && found->second == Holds::Map) {
            for (const JsonMember &part : *map)
                use(part.value, place + '/' + json_pointer::escaped(part.name));
        } else {
            use(member.value, place);
        }
    }
}

Identities::Identities(const JsonValue &document, Draft draft)
    : m_document(&document)
    , m_draft(draft)
{
    m_resources.push_back({&document, std::string(kNoBase), {}, {}});
    m_byUri.emplace(kNoBase, 0);
    collect(document, {&document, "#", std::string(kNoBase), 0});
}

void Identities::collect(const JsonValue &schema, Place place)
{
    const JsonObject *object = schema.ifObject();
    if (!object) {
        m_places.emplace(&schema, std::move(place));
        return;
    }
    const bool isOld = m_draft <= Draft::Seven;
    const std::string *id = textIn(*object, m_draft == Draft::Four ? "id" : "$id");
    // Beside a reference nothing counts in the old drafts.
    if (id && isOld && object->contains("$ref"))
        id = nullptr;
    if (id && !id->empty() && id->front() != '#') {
        place.base = resolved(place.base, *id);
        if (&schema != m_document) {
            place.resource = static_cast<std::uint32_t>(m_resources.size());
            m_resources.push_back({&schema, place.base, {}, {}});
        }
        m_resources[place.resource].base = place.base;
        m_byUri.insert_or_assign(place.base, place.resource);
    }
    Resource &resource = m_resources[place.resource];
    if (id && isOld && id->starts_with('#') && id->size() > 1)
        resource.anchors.emplace(id->substr(1), &schema);
    if (const std::string *anchor = textIn(*object, "$anchor"))
        resource.anchors.emplace(*anchor, &schema);
    if (const std::string *anchor = textIn(*object, "$dynamicAnchor")) {
        resource.anchors.emplace(*anchor, &schema);
        resource.dynamicAnchors.emplace(*anchor, &schema);
    }
    const JsonValue *recursive = object->find("$recursiveAnchor");
    if (recursive && recursive->isTrue() && resource.root == &schema)
        resource.dynamicAnchors.emplace(kRecursive, &schema);
    const Place here = place;
    m_places.emplace(&schema, std::move(place));
    forEachSubschema(*object, [&](const JsonValue &part, const std::string &path) {
        collect(part, {&part, here.path + path, here.base, here.resource});
    });
}

std::optional<Identities::Place> Identities::atPointer(const Resource &resource,
                                                       std::string_view pointer)
{
    const JsonValue *value = resource.root;
    Place place = m_places.at(value);
    while (!pointer.empty()) {
        if (pointer.front() != '/')
            return std::nullopt;
        const std::string name = json_pointer::takeFirst(pointer);
        value = json_pointer::step(*value, name);
        if (!value)
            return std::nullopt;
        place.path += '/' + json_pointer::escaped(name);
        place.schema = value;
        if (const auto known = m_places.find(value); known != m_places.end())
            place = known->second;
    }
    // A place that no keyword made a schema of: now it is one.
    if (!m_places.contains(value))
        collect(*value, place);
    return m_places.at(value);
}

Result<Identities::Place> Identities::resolve(const std::string &reference, const Place &from)
{
    const std::size_t hash = reference.find('#');
    const std::string uri = hash == 0 ? from.base : resolved(from.base, reference.substr(0, hash));
    const std::string fragment
        = hash == std::string::npos ? "" : http::percentDecode(reference.substr(hash + 1));
    const auto found = hash == 0 ? m_byUri.end() : m_byUri.find(uri);
    if (hash != 0 && found == m_byUri.end())
        return Error{ErrorCode::Syntax,
                     from.path + ": '" + reference
                         + "' is in another document, which is not read; put it under '$defs'",
                     {}};
    const Resource &resource = m_resources[hash == 0 ? from.resource : found->second];
    if (fragment.empty() || fragment.front() == '/') {
        if (auto place = atPointer(resource, fragment))
            return *std::move(place);
    } else if (const auto anchor = resource.anchors.find(fragment);
               anchor != resource.anchors.end()) {
        return m_places.at(anchor->second);
    }
    return Error{ErrorCode::Syntax, from.path + ": '" + reference + "' leads nowhere", {}};
}

} // namespace understudy::json_schema
