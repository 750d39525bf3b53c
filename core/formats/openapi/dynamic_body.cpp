// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/dynamic_body.h"

#include "core/base/json_text.h"
#include "core/formats/openapi/dynamic_scalar.h"
#include "core/formats/openapi/sample_scalar.h"
#include "core/formats/openapi/schema_parts.h"

#include <algorithm>
#include <array>

namespace understudy::formats::openapi {

namespace {

using Schemas = std::vector<Element>;

class DynamicText
{
public:
    DynamicText(Document &document, SchemaCheck &check)
        : m_document(document)
        , m_check(check)
    {}

    std::optional<std::string> run(Element schema, const JsonValue &sample)
    {
        write({schema}, sample, {}, 0);
        if (m_invented == 0)
            return std::nullopt;
        return std::move(m_out);
    }

private:
    static constexpr std::size_t kDeepest = 100;

    void line(std::size_t depth)
    {
        m_out += '\n';
        m_out.append(2 * depth, ' ');
    }

    /// The parts of a place, and the branches of its oneOf that the sample is not made by.
    struct Place
    {
        SchemaParts parts;
        Schemas otherBranches;
        bool isClear = true; ///< a branch is known of each oneOf and anyOf
    };

    /// With those branches of oneOf and anyOf that the sample was made by.
    Place placeOf(const Schemas &schemas, const JsonValue &sample)
    {
        Place place;
        for (const Element schema : schemas)
            addParts(m_document, schema, place.parts);
        for (std::size_t i = 0; i < place.parts.parts.size() && i < kDeepest; ++i) {
            const Element schema = place.parts.parts[i].schema;
            for (const std::string_view keyword : {"oneOf", "anyOf"})
                choose(schema.at(keyword), keyword == "oneOf", sample, place);
        }
        return place;
    }

    void choose(Element branches, bool isOneOf, const JsonValue &sample, Place &place)
    {
        if (!branches.isList() || branches.size() == 0)
            return;
        bool isChosen = false;
        for (std::size_t k = 0; k < branches.size() && (isOneOf || !isChosen); ++k) {
            const Element branch = branches.entry(k);
            if (isChosen || m_check.misfit(branch, sample)) {
                if (isOneOf)
                    place.otherBranches.push_back(branch);
                continue;
            }
            addParts(m_document, branch, place.parts);
            isChosen = true;
        }
        place.isClear = place.isClear && isChosen;
    }

    /// No value of that type fits the schema, whatever else it says.
    bool excludes(Element schema, std::string type)
    {
        if (type == "integer")
            type = "number";
        const SchemaParts parts = partsOf(m_document, schema);
        const auto excludedBy = [&](const SchemaParts::Part &part) {
            const Element types = part.schema.at("type");
            const auto isIt = [&](const Element one) {
                const std::string name = one.isScalar() ? one.node->text : std::string();
                return name.empty() || name == type || (name == "integer" && type == "number")
                       || name == "file";
            };
            if (!types.isList())
                return types.isScalar() && !isIt(types);
            for (std::size_t i = 0; i < types.size(); ++i) {
                if (isIt(types.entry(i)))
                    return false;
            }
            return true;
        };
        return parts.isNever || std::any_of(parts.parts.begin(), parts.parts.end(), excludedBy);
    }

    std::string scalar(const Schemas &schemas, const Place &place, const JsonValue &sample,
                       std::string_view name)
    {
        const std::string type = place.parts.type();
        const bool isOfOne
            = place.isClear
              && std::all_of(place.otherBranches.begin(), place.otherBranches.end(),
                             [&](Element other) { return !type.empty() && excludes(other, type); });
        if (sample.isNull() || !isOfOne)
            return {};
        return dynamicExpression({m_document, m_check, schemas, place.parts, name});
    }

    void write(const Schemas &schemas, const JsonValue &sample, std::string_view name,
               std::size_t depth)
    {
        const Place place = depth < kDeepest ? placeOf(schemas, sample) : Place{};
        if (const JsonObject *object = sample.ifObject(); object && !object->empty()) {
            members(place.parts, *object, depth);
        } else if (const JsonArray *array = sample.ifArray(); array && !array->empty()) {
            items(place.parts, *array, name, depth);
        } else {
            const std::string expression = scalar(schemas, place, sample, name);
            if (expression.empty()) {
                m_out += writeJson(sample);
            } else {
                m_out.append("{{json (").append(expression).append(")}}");
                ++m_invented;
            }
        }
    }

    /// What is inside is right only together, in a way that is not looked into.
    static bool hangsTogether(const SchemaParts &parts)
    {
        constexpr std::array kTogether{"not", "if", "dependentSchemas", "dependencies",
                                       "patternProperties"};
        return std::any_of(kTogether.begin(), kTogether.end(),
                           [&](const char *keyword) { return bool(parts.first(keyword)); });
    }

    static bool isDiscriminator(const SchemaParts &parts, std::string_view name)
    {
        return std::any_of(parts.parts.begin(), parts.parts.end(), [&](const auto &part) {
            const Element discriminator = part.schema.at("discriminator");
            return discriminator.text("propertyName") == name
                   || (discriminator.isScalar() && discriminator.node->text == name);
        });
    }

    void members(const SchemaParts &parts, const JsonObject &object, std::size_t depth)
    {
        const bool areFixed = hangsTogether(parts);
        m_out += '{';
        bool isFirst = true;
        for (const JsonMember &member : object) {
            m_out += isFirst ? "" : ",";
            isFirst = false;
            line(depth + 1);
            m_out += writeJson(JsonValue(member.name)) + ": ";
            Schemas own;
            for (const SchemaParts::Part &part : parts.parts) {
                const Element others = part.schema.at("additionalProperties");
                if (const Element property = part.schema.at("properties").at(member.name))
                    own.push_back(property);
                else if (others.isMap())
                    own.push_back(others);
            }
            // Which branch the others are of hangs on it.
            if (areFixed || isDiscriminator(parts, member.name))
                own.clear();
            write(own, member.value, member.name, depth + 1);
        }
        line(depth);
        m_out += '}';
    }

    void items(const SchemaParts &parts, const JsonArray &array, std::string_view name,
               std::size_t depth)
    {
        constexpr std::size_t kUsual = 3;
        constexpr std::size_t kRepeatedDepth = 2; // so that lists of lists do not grow too large
        Schemas own;
        for (const SchemaParts::Part &part : parts.parts) {
            if (const Element items = part.schema.at("items"); items.isMap())
                own.push_back(items);
        }
        const std::size_t least
            = std::max<std::size_t>(largestCount(parts, "minItems").value_or(0), 1);
        const std::size_t most
            = std::min(smallestCount(parts, "maxItems").value_or(kUsual), std::max(kUsual, least));
        const bool isPlain = !parts.first("prefixItems") && !parts.first("contains")
                             && !parts.isTrue("uniqueItems") && !hangsTogether(parts)
                             && !own.empty();
        const bool repeats = isPlain && m_lists < kRepeatedDepth && least < most;
        m_out += '[';
        const std::size_t before = m_invented;
        const std::size_t start = m_out.size();
        ++m_lists;
        if (repeats) {
            m_out += "{{#repeat " + std::to_string(least) + " " + std::to_string(most) + "}}";
            write(own, array.front(), name, depth + 1);
            m_out += "{{/repeat}}";
        }
        if (!repeats || m_invented == before) {
            m_out.resize(start);
            for (std::size_t i = 0; i < array.size(); ++i) {
                m_out += i > 0 ? ", " : "";
                write(isPlain ? own : Schemas{}, array[i], name, depth + 1);
            }
        }
        --m_lists;
        m_out += ']';
    }

    Document &m_document;
    SchemaCheck &m_check;
    std::string m_out;
    std::size_t m_invented = 0;
    std::size_t m_lists = 0; ///< around what is written
};

bool hasBraces(const JsonValue &sample)
{
    return writeJson(sample).find("{{") != std::string::npos;
}

} // namespace

std::optional<std::string> dynamicText(Document &document, SchemaCheck &check, Element schema,
                                       const JsonValue &sample)
{
    if (hasBraces(sample))
        return std::nullopt;
    return DynamicText(document, check).run(schema, sample);
}

} // namespace understudy::formats::openapi
