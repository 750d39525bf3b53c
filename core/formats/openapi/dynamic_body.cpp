// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/dynamic_body.h"

#include "core/base/json_text.h"
#include "core/formats/openapi/dynamic_scalar.h"
#include "core/formats/openapi/sample_scalar.h"
#include "core/formats/openapi/schema_parts.h"

#include <algorithm>

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

    /// With those branches of oneOf and anyOf that the sample was made by.
    SchemaParts partsFor(const Schemas &schemas, const JsonValue &sample)
    {
        SchemaParts parts;
        for (const Element schema : schemas)
            addParts(m_document, schema, parts);
        for (std::size_t i = 0; i < parts.parts.size() && i < kDeepest; ++i) {
            const Element schema = parts.parts[i].schema;
            for (const std::string_view keyword : {"oneOf", "anyOf"}) {
                const Element branches = schema.at(keyword);
                for (std::size_t k = 0; branches.isList() && k < branches.size(); ++k) {
                    if (m_check.misfit(branches.entry(k), sample))
                        continue;
                    addParts(m_document, branches.entry(k), parts);
                    break;
                }
            }
        }
        return parts;
    }

    void write(const Schemas &schemas, const JsonValue &sample, std::string_view name,
               std::size_t depth)
    {
        const SchemaParts parts = depth < kDeepest ? partsFor(schemas, sample) : SchemaParts{};
        if (const JsonObject *object = sample.ifObject(); object && !object->empty()) {
            members(parts, *object, depth);
        } else if (const JsonArray *array = sample.ifArray(); array && !array->empty()) {
            items(parts, *array, name, depth);
        } else {
            const std::string expression
                = sample.isNull() ? std::string() : dynamicExpression(parts, name);
            if (expression.empty()) {
                m_out += writeJson(sample);
            } else {
                m_out.append("{{json (").append(expression).append(")}}");
                ++m_invented;
            }
        }
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
        m_out += '{';
        bool isFirst = true;
        for (const JsonMember &member : object) {
            m_out += isFirst ? "" : ",";
            isFirst = false;
            line(depth + 1);
            m_out += writeJson(JsonValue(member.name)) + ": ";
            Schemas own;
            for (const SchemaParts::Part &part : parts.parts) {
                if (const Element property = part.schema.at("properties").at(member.name))
                    own.push_back(property);
            }
            const Element others = parts.first("additionalProperties");
            if (own.empty() && others.isMap() && !parts.first("patternProperties"))
                own.push_back(others);
            // Which branch the others are of hangs on it.
            if (isDiscriminator(parts, member.name))
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
                             && !parts.isTrue("uniqueItems") && !own.empty();
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
