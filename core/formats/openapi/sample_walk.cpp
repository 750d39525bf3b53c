// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/sample_walk.h"

#include "core/formats/openapi/sample.h"
#include "core/formats/openapi/sample_scalar.h"

#include <algorithm>
#include <array>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kDeepestSample = 100;
constexpr std::size_t kMostBranches = 8;
constexpr std::size_t kMostItems = 1'000;

/// Every definition that the parts of a schema have for something: `items`, or a property.
std::vector<Element> definitionsOf(const SchemaParts &parts, std::string_view keyword,
                                   std::string_view name = {})
{
    std::vector<Element> out;
    for (const SchemaParts::Part &part : parts.parts) {
        const Element found = part.schema.at(keyword);
        if (const Element own = name.empty() ? found : found.at(name))
            out.push_back(own);
    }
    return out;
}

} // namespace

bool SampleWalk::fits(const Schemas &schemas, const JsonValue &value)
{
    return std::none_of(schemas.begin(), schemas.end(),
                        [&](Element schema) { return m_check.misfit(schema, value).has_value(); });
}

bool SampleWalk::isOpen(const SchemaParts &parts) const
{
    return std::any_of(m_open.begin(), m_open.end(),
                       [&](const yaml::Node *open) { return parts.holds(open); });
}

std::optional<JsonValue> SampleWalk::value(const Schemas &schemas, bool must, std::size_t variant)
{
    ++m_values;
    if (isFull() || m_open.size() > kDeepestSample)
        return std::nullopt;
    SchemaParts parts;
    for (const Element schema : schemas)
        addParts(m_document, schema, parts);
    if (parts.isNever)
        return std::nullopt;
    if (parts.parts.empty())
        return JsonObject();
    if (Made made = written(schemas, parts, variant))
        return made;
    const auto named = std::find_if(parts.parts.begin(), parts.parts.end(),
                                    [](const Part &part) { return !part.name.empty(); });
    const Part concrete = named == parts.parts.end() ? parts.parts.front() : *named;
    Made made = chosen(schemas, parts, 0, concrete, must, variant);
    if (!made && parts.isNullable())
        return JsonValue();
    return made;
}

std::optional<JsonValue> SampleWalk::written(const Schemas &schemas, const SchemaParts &parts,
                                             std::size_t variant)
{
    const bool isWhole = parts.parts.size() == 1 || parts.type() != "object";
    for (const Part &part : parts.parts) {
        constexpr std::array kSingle{"example", "default", "x-example"};
        if (const Element examples = part.schema.at("examples");
            examples.isList() && examples.size() > 0) {
            const Element one = examples.entry(variant % examples.size());
            if (Made made = fitting(schemas, part.schema, *one.node))
                return made;
        }
        for (const std::string_view keyword : kSingle) {
            const Element one = part.schema.at(keyword);
            if (!one || variant > 0)
                continue;
            if (Made made = fitting(schemas, part.schema, *one.node))
                return made;
            m_document.changedOften("an example or a default is not what its schema says, and is "
                                    "not used; a value is made instead",
                                    one);
        }
        if (const Element only = part.schema.at("const"))
            return yaml::toJson(*only.node);
        const Element all = part.schema.at("enum");
        for (std::size_t i = 0; all.isList() && i < std::min(all.size(), kMostItems); ++i) {
            const Element one = all.entry((variant + i) % all.size());
            if (one.node->isNull() && all.size() > 1)
                continue;
            if (Made made = fitting(schemas, part.schema, *one.node))
                return made;
        }
        // An example of what a schema is made from lacks what it adds.
        if (!isWhole && part.schema.at("allOf"))
            break;
    }
    return std::nullopt;
}

std::optional<JsonValue> SampleWalk::fitting(const Schemas &schemas, Element schema,
                                             const yaml::Node &node)
{
    JsonValue value = writtenValue(m_document, schema, node);
    if (!fits(schemas, value))
        return std::nullopt;
    m_values += node.isScalar() ? 0 : extentOf(value).values;
    return value;
}

std::optional<JsonValue> SampleWalk::chosen(const Schemas &schemas, const SchemaParts &parts,
                                            std::size_t from, const Part &concrete, bool must,
                                            std::size_t variant)
{
    Element branches;
    for (; from < parts.parts.size() * 2 && !(branches.isList() && branches.size() > 0); ++from)
        branches = parts.parts[from / 2].schema.at(from % 2 == 0 ? "oneOf" : "anyOf");
    if (!branches.isList() || branches.size() == 0)
        return ofParts(parts, concrete, must, variant);
    Made first;
    for (std::size_t i = 0; i < std::min(branches.size(), kMostBranches) && !isFull(); ++i) {
        ++m_values;
        SchemaParts with = parts;
        const std::size_t before = with.parts.size();
        addParts(m_document, branches.entry(i), with);
        if (with.isNever)
            continue;
        const bool isNamed = with.parts.size() > before && !with.parts[before].name.empty();
        const Part branch = isNamed ? with.parts[before] : concrete;
        Made made = chosen(schemas, with, from, branch, must, variant);
        if (made && fits(schemas, *made))
            return made;
        if (made && !first)
            first = std::move(made);
    }
    return first;
}

std::optional<JsonValue> SampleWalk::ofParts(const SchemaParts &parts, const Part &concrete,
                                             bool must, std::size_t variant)
{
    if (isOpen(parts))
        return std::nullopt;
    const std::size_t before = m_open.size();
    for (const Part &part : parts.parts)
        m_open.push_back(part.schema.node);
    ++m_depth;
    Made made = ofType(parts, concrete, must, variant);
    --m_depth;
    m_open.resize(before);
    return made;
}

std::optional<JsonValue> SampleWalk::ofType(const SchemaParts &parts, const Part &concrete,
                                            bool must, std::size_t variant)
{
    const std::string type = parts.type();
    if (type == "string")
        return sampleText(parts, m_check, variant);
    if (type == "integer" || type == "number")
        return sampleNumber(parts, type == "integer", variant);
    if (type == "boolean")
        return variant % 2 == 0;
    if (type == "null")
        return JsonValue();
    if (type == "array")
        return array(parts, must);
    return object(parts, concrete, must);
}

std::optional<JsonValue> SampleWalk::array(const SchemaParts &parts, bool must)
{
    const std::size_t least = largestCount(parts, "minItems").value_or(0);
    const std::size_t most = smallestCount(parts, "maxItems").value_or(kMostItems);
    const Element unique = parts.first("uniqueItems");
    const bool isUnique = unique.isScalar() && unique.node->text == "true";
    const Element items = parts.first("items");
    const Element tuple = items.isList() ? items : parts.first("prefixItems");
    const std::size_t fixed = tuple.isList() ? tuple.size() : 0;
    const Schemas others = definitionsOf(parts, "items");
    const bool hasItems = items.isMap() || parts.first("contains");
    const std::size_t wanted
        = std::min({std::max({least, fixed, std::size_t{hasItems ? 1U : 0U}}), most, kMostItems});
    JsonArray out;
    if (m_depth > m_limits.depth && !must && least == 0)
        return out;
    while (out.size() < wanted) {
        const std::size_t at = out.size();
        const Schemas own = at < fixed      ? Schemas{tuple.entry(at)}
                            : items.isMap() ? others
                                            : definitionsOf(parts, "contains");
        Made made = value(own, at < least, isUnique ? at : 0);
        if (!made && at < least)
            return std::nullopt;
        if (!made)
            break;
        out.push_back(*std::move(made));
    }
    return out;
}

} // namespace understudy::formats::openapi
