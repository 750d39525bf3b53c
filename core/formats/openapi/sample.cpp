// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/sample.h"

#include "core/formats/openapi/sample_walk.h"

#include <array>

namespace understudy::formats::openapi {

namespace {

constexpr std::array<std::size_t, 7> kDepths{10, 6, 4, 3, 2, 1, 0};
constexpr std::size_t kEnoughValues = 2'000;
constexpr std::size_t kMostSampleValues = 100'000;
/// Of a whole document; beyond, only what is required is made.
constexpr std::size_t kMostValuesOfAll = 3'000'000;

} // namespace

const Sample &SampleMaker::make(Element schema)
{
    const bool hasSiblings = m_document.keepsSiblings() && schema.size() > 1;
    const Element key = hasSiblings ? schema : m_document.resolve(schema);
    const auto known = m_made.find(key.node);
    if (known != m_made.end())
        return known->second;
    return m_made.emplace(key.node, fresh(schema)).first->second;
}

Sample SampleMaker::fresh(Element schema)
{
    Sample out;
    for (const std::size_t depth : kDepths) {
        const bool isLast = depth == kDepths.back();
        if (m_values > kMostValuesOfAll && !isLast)
            continue;
        SampleWalk walk(m_document, m_check,
                        {.depth = depth, .values = isLast ? kMostSampleValues : kEnoughValues});
        std::optional<JsonValue> made = walk.run(schema);
        m_values += walk.values();
        if (walk.isFull() && !isLast)
            continue;
        if (!made) {
            out.misfit = Misfit{{},
                                "cannot be made: by its schema it holds itself, is too large, "
                                "or may not be there at all"};
            return out;
        }
        out.value = *std::move(made);
        break;
    }
    out.misfit = m_check.misfit(schema, out.value);
    return out;
}

JsonValue writtenValue(Document &document, Element schema, const yaml::Node &written)
{
    JsonValue value = yaml::toJson(written);
    if (!written.isScalar())
        return value;
    const std::string type = partsOf(document, schema).type();
    if (type == "string" && !value.isString() && !value.isNull())
        return written.text;
    const bool wantsOther = type == "integer" || type == "number" || type == "boolean";
    if (value.isString() && wantsOther) {
        JsonValue plain = yaml::scalarToJson(yaml::Node::ofPlain(written.text));
        if (plain.isNumber() || plain.isBool())
            return plain;
    }
    return value;
}

} // namespace understudy::formats::openapi
