// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/pattern_text.h"
#include "core/formats/openapi/sample_scalar.h"
#include "core/formats/openapi/sample_walk.h"

#include <algorithm>

/// Objects: properties, required ones, those that only a count asks for, and discriminators.
namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kMostMembers = 1'000;

std::set<std::string> requiredOf(const SchemaParts &parts)
{
    std::set<std::string> out;
    for (const SchemaParts::Part &part : parts.parts) {
        const Element names = part.schema.at("required");
        for (std::size_t i = 0; names.isList() && i < names.size(); ++i) {
            if (names.entry(i).isScalar())
                out.insert(names.entry(i).node->text);
        }
    }
    return out;
}

std::vector<Element> propertiesNamed(const SchemaParts &parts, std::string_view name)
{
    std::vector<Element> out;
    for (const SchemaParts::Part &part : parts.parts) {
        if (const Element own = part.schema.at("properties").at(name))
            out.push_back(own);
    }
    return out;
}

bool isWriteOnly(Document &document, const std::vector<Element> &schemas)
{
    return std::any_of(schemas.begin(), schemas.end(), [&](Element schema) {
        return schema.isTrue("writeOnly") || document.resolve(schema).isTrue("writeOnly");
    });
}

} // namespace

std::optional<JsonValue> SampleWalk::object(const SchemaParts &parts, const Part &concrete,
                                            bool must)
{
    if (m_depth > m_limits.depth + 1 && !must)
        return std::nullopt;
    const std::set<std::string> required = requiredOf(parts);
    JsonObject out;
    if (!addProperties(parts, required, out) || !addRequired(parts, required, out))
        return std::nullopt;
    addOthers(parts, out);
    discriminate(parts, concrete, out);
    return out;
}

bool SampleWalk::addProperties(const SchemaParts &parts, const std::set<std::string> &required,
                               JsonObject &to)
{
    const std::size_t most = smallestCount(parts, "maxProperties").value_or(kMostMembers);
    for (const Part &part : parts.parts) {
        const Element properties = part.schema.at("properties");
        for (std::size_t i = 0; properties.isMap() && i < properties.size(); ++i) {
            const std::string &name = properties.key(i);
            const bool isRequired = required.contains(name);
            const bool hasRoom = std::max(to.size(), required.size()) < most;
            if (to.contains(name) || (!isRequired && !hasRoom))
                continue;
            const Schemas own = propertiesNamed(parts, name);
            if (isWriteOnly(m_document, own))
                continue;
            Made made = value(own, isRequired, 0);
            if (!made && isRequired)
                return false;
            if (made)
                to.set(name, *std::move(made));
        }
    }
    return true;
}

bool SampleWalk::addRequired(const SchemaParts &parts, const std::set<std::string> &required,
                             JsonObject &to)
{
    const Element others = parts.first("additionalProperties");
    for (const std::string &name : required) {
        if (to.contains(name) || isWriteOnly(m_document, propertiesNamed(parts, name)))
            continue;
        Made made = others.isMap() ? value({others}, true, 0) : Made(JsonValue("string"));
        if (!made)
            return false;
        to.set(name, *std::move(made));
    }
    return true;
}

void SampleWalk::addOthers(const SchemaParts &parts, JsonObject &to)
{
    const std::size_t least = largestCount(parts, "minProperties").value_or(0);
    const Element patterns = parts.first("patternProperties");
    const bool hasPattern = patterns.isMap() && patterns.size() > 0;
    const Element others = hasPattern ? patterns.entry(0) : parts.first("additionalProperties");
    if (others.isScalar() && others.node->text == "false")
        return;
    const bool isMap = to.empty() && (others.isMap() || hasPattern)
                       && smallestCount(parts, "maxProperties").value_or(1) > 0;
    const std::size_t wanted
        = std::min(std::max(least, std::size_t{isMap ? 1U : 0U}), kMostMembers);
    for (std::size_t i = 0; i < wanted && to.size() < wanted; ++i) {
        std::string name = "property" + std::to_string(i + 1);
        if (hasPattern)
            name = textOfPattern(patterns.key(0), 3, i).value_or(name);
        Made made
            = others.isMap() ? value({others}, to.size() < least, 0) : Made(JsonValue("string"));
        if (!made)
            return;
        to.set(name, *std::move(made));
    }
}

void SampleWalk::discriminate(const SchemaParts &parts, const Part &concrete, JsonObject &to)
{
    for (const Part &part : parts.parts) {
        const Element discriminator = part.schema.at("discriminator");
        const std::string property = discriminator.isScalar() ? discriminator.node->text
                                                              : discriminator.text("propertyName");
        if (property.empty())
            continue;
        const std::string name = discriminatorValue(discriminator, concrete);
        // Where the property has values of its own, only those can be right.
        const JsonValue value(name);
        const bool isRight = !name.empty() && fits(propertiesNamed(parts, property), value);
        if (isRight)
            to.set(property, value);
    }
}

std::string SampleWalk::discriminatorValue(Element discriminator, const Part &concrete)
{
    const Element mapping = discriminator.at("mapping");
    for (std::size_t i = 0; mapping.isMap() && i < mapping.size(); ++i) {
        const Element to = mapping.entry(i);
        if (!to.isScalar())
            continue;
        const bool isReference = to.node->text.find_first_of("/#.") != std::string::npos;
        const bool isMeant = isReference
                                 ? m_document.resolve(m_document.target(to.node->text, to)).node
                                       == concrete.schema.node
                                 : to.node->text == concrete.name;
        if (isMeant)
            return mapping.key(i);
    }
    return concrete.name;
}

} // namespace understudy::formats::openapi
