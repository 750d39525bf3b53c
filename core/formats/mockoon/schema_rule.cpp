// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/schema_rule.h"

#include "core/base/json_pointer.h"
#include "core/formats/mockoon/ajv.h"
#include "core/formats/mockoon/lookup.h"
#include "core/formats/mockoon/rule_parts.h"
#include "core/formats/mockoon/template_text.h"

namespace understudy::formats::mockoon {

namespace {

using Target = RuleTarget::Kind;

class SchemaRule : private RuleComparison
{
public:
    explicit SchemaRule(const RuleComparison &rule)
        : RuleComparison(rule)
    {}

    std::optional<Rule> run()
    {
        if (isTemplate(m_modifier))
            return notServed("templates are not rendered in the place that a schema is for");
        const auto steps = dotPathSteps(m_value);
        const Bucket *bucket = steps.empty() ? nullptr : m_scope.buckets.find(steps.front());
        if (bucket && bucket->extensions.contains("x-mockoon-template"))
            return notServed("a schema in a bucket that is a template is not read");
        const JsonValue *found = bucket ? &bucket->items : nullptr;
        for (std::size_t i = 1; found && i < steps.size(); ++i)
            found = json_pointer::step(*found, steps[i]);
        // Mockoon says so in its log, and the rule does not hold.
        if (!found || !isSchemaForAjv(*found)) {
            m_notes.changed(m_rule.subject(),
                            "'" + m_value
                                + "' leads to no schema that Mockoon takes (draft 7, no "
                                  "keywords or formats of one's own); it never holds");
            return never();
        }
        m_schema = *found;
        if (JsonObject *object = m_schema.ifObject()) {
            object->set("$schema", hasSiblings(*found)
                                       ? "https://json-schema.org/draft/2019-09/schema"
                                       : "http://json-schema.org/draft-07/schema#");
        }
        return onTarget();
    }

private:
    Rule fits(RuleTarget target) const
    {
        return leaf(std::move(target), RuleOperator::JsonSchema, m_schema);
    }
    /// Of the text of a template.
    Rule textFits(std::string text) const
    {
        return fits({Target::Expression, std::move(text), "mockoon"});
    }

    std::optional<Rule> onTarget()
    {
        if (m_target == "body")
            return body();
        if (m_target == "method")
            return textFits("{{lowercase (method)}}");
        if (m_target == "templating")
            return textFits(m_modifier.empty() ? "{{''}}" : m_modifier);
        if (m_modifier.empty())
            return notServed("schemas for all of '" + m_target + "' are not served");
        if (m_target == "header")
            return fits({Target::Header, m_modifier, {}});
        if (m_target == "cookie")
            return fits({Target::Cookie, m_modifier, {}});
        if (m_target == "params")
            return fits({Target::PathParameter, m_modifier, {}});
        if (const auto steps = lookupSteps(); steps && m_target == "query")
            return fits({Target::Query, FormField(*steps).name(), {}});
        return notServed("schemas for '" + m_target + "' are not served");
    }

    std::optional<Rule> body()
    {
        std::string path = "$";
        if (m_modifier.starts_with('$'))
            path = toRfcJsonPath(m_modifier).value_or("");
        else if (!m_modifier.empty())
            path = jsonPathOf(dotPathSteps(m_modifier));
        if (path.empty() || path.find_first_of("*?:,") != std::string::npos
            || path.find("..") != std::string::npos)
            return notServed("schemas for lists of hits are not served");
        m_notes.changed(m_rule.subject(), "forms and XML are not held against schemas here");
        // A body that is not read is a text, whatever the modifier, and null is an empty one.
        const RuleTarget value{Target::BodyJsonPath, path, {}};
        const Rule isNull = leaf(value, RuleOperator::Json, nullptr);
        const Rule isRead = noneOf({isUnparsed()});
        const Rule isNoJson
            = leaf(RuleTarget{Target::BodyJsonPath, "$", {}}, RuleOperator::Absent, true);
        const Rule isJson = leaf(Target::Header, "Content-Type", RuleOperator::Matches,
                                 "(?i)application/(.*\\+)?json");
        return anyOf(
            {allOf({isRead, noneOf({isNull}), fits(value)}),
             allOf({isRead, isNull, textFits("{{''}}")}),
             allOf({anyOf({isUnparsed(), allOf({isJson, isNoJson})}), textFits("{{{bodyRaw}}}")})});
    }

    JsonValue m_schema;
};

} // namespace

std::optional<Rule> schemaRule(const RuleComparison &rule) { return SchemaRule(rule).run(); }

} // namespace understudy::formats::mockoon
