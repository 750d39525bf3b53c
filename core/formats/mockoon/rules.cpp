// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/rules.h"

#include "core/base/text.h"
#include "core/formats/mockoon/lookup.h"
#include "core/formats/mockoon/rule_comparison.h"
#include "core/formats/mockoon/rule_parts.h"
#include "core/formats/mockoon/schema_rule.h"
#include "core/formats/mockoon/template_text.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mockoon {

namespace {

using Target = RuleTarget::Kind;

/// What is wrong with an expression that a translated rule has, too large a one for instance: a
/// server with it would be refused.
std::optional<std::string> brokenRegexIn(const Rule &rule)
{
    if (const auto *inner = std::get_if<RuleGroup>(&rule.node)) {
        for (const Rule &each : inner->rules) {
            if (auto problem = brokenRegexIn(each))
                return problem;
        }
        return std::nullopt;
    }
    for (const Condition &condition : std::get<RuleLeaf>(rule.node).conditions) {
        const std::string *pattern = condition.value.ifString();
        if (condition.op != RuleOperator::Matches || !pattern)
            continue;
        if (const auto regex = Regex::compile(*pattern); !regex)
            return regex.error().message;
    }
    return std::nullopt;
}

/// One Mockoon rule.
class RuleTranslator : private RuleComparison
{
public:
    RuleTranslator(const ObjectReader &rule, const RuleScope &scope, Notes &notes)
        : RuleComparison(rule, scope, notes)
    {}

    /// Nothing (and a note) if it cannot be expressed.
    std::optional<Rule> run()
    {
        // Dropped rather than read as a default rule on the body, which would match what nobody
        // asked for.
        if (m_target.empty())
            return refuse("it has no target that Mockoon knows, so it never holds");
        if (m_operator == "valid_json_schema")
            return inverted(schemaRule(*this));
        // Mockoon answers 500 for the whole route then.
        if (isRegex()) {
            auto pcre = toPcre(m_value, m_operator == "regex_i");
            if (!pcre)
                return notServed(pcre.error().message);
            auto regex = Regex::compile(*pcre);
            if (!regex)
                return notServed(regex.error().message);
            m_pattern = *std::move(pcre);
            m_regex = *std::move(regex);
        }
        auto positive = translate();
        if (positive) {
            if (const auto problem = brokenRegexIn(*positive))
                return notServed(*problem);
        }
        return inverted(std::move(positive));
    }

private:
    std::optional<Rule> inverted(std::optional<Rule> positive) const
    {
        if (positive && m_rule.flag("invert", false))
            return group(RuleGroup::Kind::None, {*std::move(positive)});
        return positive;
    }

    std::optional<Rule> refuse(const std::string &why)
    {
        m_notes.changed(m_rule.subject(), why);
        return std::nullopt;
    }

    std::optional<Rule> translate()
    {
        const bool isRendered = isTemplate(m_modifier) || isTemplate(m_value);
        if (m_target == "templating" && !isTemplate(m_value))
            return expression(m_modifier);
        if (m_target == "global_var" && !isRendered)
            return globalVariable();
        if (isRendered)
            return rendered();
        if (m_target == "method")
            return method();
        if (m_target == "path")
            return path();
        if (m_target == "request_number") {
            if (m_scope.isSplit)
                m_notes.changed(m_rule.subject(),
                                "the path became several endpoints; each counts its own requests");
            return compared({Target::Count, {}, {}});
        }
        if (m_target == "header")
            return m_modifier.empty() ? emptyText() : header();
        if (m_target == "cookie")
            return m_modifier.empty() ? std::optional(never()) : cookie();
        if (m_target == "params")
            return m_modifier.empty() ? missing() : parameter();
        if (m_target == "query")
            return query();
        if (m_target == "data_bucket")
            return bucket();
        return bodyRule(*this);
    }

    /// Only a wildcard's parameter is a list.
    std::optional<Rule> parameter()
    {
        const bool isWildcard = m_modifier.find_first_not_of("0123456789") == std::string::npos;
        if (m_operator == "array_includes" && !isWildcard)
            return never();
        return compared({Target::PathParameter, m_modifier, {}});
    }

    /// Node joins repeated headers, but for those of which only the first counts.
    std::optional<Rule> header()
    {
        static constexpr std::array<std::string_view, 19> kAreNotJoined{"age",
                                                                        "authorization",
                                                                        "content-length",
                                                                        "content-type",
                                                                        "etag",
                                                                        "expires",
                                                                        "from",
                                                                        "host",
                                                                        "if-modified-since",
                                                                        "if-unmodified-since",
                                                                        "last-modified",
                                                                        "location",
                                                                        "max-forwards",
                                                                        "proxy-authorization",
                                                                        "referer",
                                                                        "retry-after",
                                                                        "server",
                                                                        "set-cookie",
                                                                        "user-agent"};
        const std::string name = text::toLower(m_modifier);
        if (m_operator == "array_includes" && name != "set-cookie")
            return never();
        const RuleTarget target{Target::Header, m_modifier, {}};
        const bool isJoined
            = std::find(kAreNotJoined.begin(), kAreNotJoined.end(), name) == kAreNotJoined.end();
        if (!isJoined || isRegex() || m_operator == "empty_array")
            return compared(target);
        const auto are = [&](JsonArray values) {
            return leaf(target, RuleOperator::HasExactly, std::move(values));
        };
        if (m_operator == "null")
            return anyOf({leaf(target, RuleOperator::Absent, true), are({""})});
        std::vector<Rule> rules{are({m_value})};
        const std::string_view separator = name == "cookie" ? "; " : ", ";
        if (JsonArray parts = splitAt(m_value, separator); parts.size() > 1)
            rules.push_back(are(std::move(parts)));
        return anyOf(std::move(rules));
    }

    static JsonArray splitAt(std::string_view text, std::string_view separator)
    {
        JsonArray out;
        for (;;) {
            const std::size_t at = text.find(separator);
            out.push_back(std::string(text.substr(0, at)));
            if (at == std::string_view::npos)
                return out;
            text.remove_prefix(at + separator.size());
        }
    }

    /// Mockoon decodes cookies, so a value may have been sent in several ways.
    std::optional<Rule> cookie()
    {
        if (m_operator == "array_includes")
            return never();
        const RuleTarget target{Target::Cookie, m_modifier, {}};
        if (isRegex() && m_value.find_first_of(" %;,\"") != std::string::npos)
            m_notes.changed(m_rule.subject(), "Mockoon decodes cookies before it compares them; "
                                              "here the expression sees them as they were sent, so "
                                              "on encoded ones it may not hold");
        auto rule = compared(target);
        if (!rule || m_operator != "equals" || http::percentEncode(m_value) == m_value)
            return rule;
        return anyOf({*std::move(rule), leaf(target, RuleOperator::Matches,
                                             "\\A" + percentPattern(m_value) + "\\z")});
    }

    /// Mockoon compares with the lower-case method, so `GET` would never hold; what is meant is
    /// clear.
    std::optional<Rule> method()
    {
        if (m_operator == "null" || m_operator == "empty_array"
            || (m_operator == "array_includes" && !m_modifier.empty()))
            return never();
        if (m_operator == "regex" || m_operator == "regex_i")
            return leaf(Target::Method, {}, RuleOperator::Matches,
                        m_operator == "regex" ? "(?i)" + m_pattern : m_pattern);
        if (text::toLower(m_value) != m_value)
            m_notes.changed(m_rule.subject(),
                            "Mockoon compares the method in lower case, so '" + m_value
                                + "' never holds there; here letter case does not count");
        return leaf(Target::Method, {}, RuleOperator::EqualsIgnoreCase, m_value);
    }

    /// Mockoon's left side is the list of the request's path with query and the route's path.
    std::optional<Rule> path()
    {
        if (m_operator == "null" || m_operator == "empty_array")
            return never();
        if (!isRegex() && m_value == m_scope.routePath)
            return always();
        m_notes.changed(m_rule.subject(),
                        "Mockoon compares the path with its query; here it is the path alone");
        return compared({Target::Path, {}, {}});
    }

    std::optional<Rule> query()
    {
        if (m_modifier.empty())
            return notServed("rules on the whole query are not served");
        const auto steps = lookupSteps();
        if (!steps)
            return notServed("this JSONPath on the query is not served");
        const std::string name = FormField(*steps).name();
        if (steps->size() > 1 && isIndexOrLength(steps->back()))
            m_notes.notServed(m_rule.subject(), "'" + m_modifier
                                                    + "' looks into repeated parameters, which is "
                                                      "not served; only '"
                                                    + name + "' is looked at");
        const RuleTarget plain{Target::Query, name, {}};
        const RuleTarget list{Target::Query, name + "[]", {}};
        // One parameter without brackets is a text.
        if (m_operator == "array_includes") {
            return anyOf(
                {leaf(list, RuleOperator::Equals, m_value),
                 allOf({leaf(plain, RuleOperator::Equals, m_value),
                        noneOf({leaf(plain, RuleOperator::HasExactly, JsonArray{m_value})})})});
        }
        // qs makes one list of `a=1&a=2` and of `a[]=1&a[]=2`.
        return comparedAny({{Target::Query, name, {}}, {Target::Query, name + "[]", {}}});
    }

    std::optional<Rule> bucket()
    {
        const auto steps = lookupSteps();
        if (!steps)
            return notServed("this JSONPath over the buckets is not served");
        const auto name = m_scope.buckets.byIdOrName(steps->front());
        if (!name)
            return missing();
        return compared({Target::Bucket, *name, jsonPathOf(*steps, 1)});
    }

    std::optional<Rule> expression(std::string text)
    {
        if (text.empty())
            return emptyText();
        return compared({Target::Expression, std::move(text), "mockoon"});
    }

    std::optional<Rule> globalVariable()
    {
        const auto steps = lookupSteps();
        if (!steps)
            return notServed("this JSONPath over the variables is not served");
        const std::string name = steps->front();
        std::string path;
        for (std::size_t i = 1; i < steps->size(); ++i)
            path += (i > 1 ? "." : "") + (*steps)[i];
        const auto first = literalArgument(name);
        const auto rest = literalArgument(path);
        if (!first || !rest)
            return notServed("the name of this variable is not served");
        return expression("{{{getGlobalVar " + *first + ' ' + *rest + "}}}");
    }

    /// A rule that is a template: both sides in one expression.
    std::optional<Rule> rendered()
    {
        const auto modifier = templateArgument(m_modifier);
        const auto value = templateArgument(m_value);
        if (m_operator != "equals" || !modifier || !value)
            return notServed(
                "templates with blocks, or beside another operator than equals, are not "
                "rendered in rules");
        // What is not there equals nothing, not even an empty text.
        static const std::string kNothing = " '\x1f')";
        const bool isBare = m_modifier.empty();
        std::string left;
        if (m_target == "body")
            left = isBare ? "(body)" : "(bodyRaw " + *modifier + kNothing;
        else if (m_target == "query" && !isBare)
            left = "(queryParamRaw " + *modifier + kNothing;
        else if (m_target == "header" && !isBare)
            left = "(header " + *modifier + kNothing;
        else if (m_target == "cookie" && !isBare)
            left = "(cookie " + *modifier + kNothing;
        else if (m_target == "params" && !isBare)
            left = "(urlParam " + *modifier + ')';
        else if (m_target == "method")
            left = "(lowercase (method))";
        else if (m_target == "templating")
            left = *modifier;
        else if (m_target == "global_var" && !isBare)
            left = "(getGlobalVar " + *modifier + " ''" + kNothing;
        else
            return notServed("templates in rules on '" + m_target + "' are not rendered");
        return leaf({Target::Expression,
                     "{{eq (concat '' " + left + ") (concat '' " + *value + ")}}", "mockoon"},
                    RuleOperator::Equals, "true");
    }

    /// The left side is an empty text.
    std::optional<Rule> emptyText()
    {
        if (m_operator == "null" || (m_value.empty() && m_operator != "empty_array"))
            return always();
        if (isRegex() && m_regex->matches({}))
            return always();
        return never();
    }

    /// The left side is undefined.
    std::optional<Rule> missing() { return m_operator == "null" ? always() : never(); }
};

Rule placed(Rule rule, yaml::Mark at)
{
    rule.origin = {at.line, at.column};
    return rule;
}

} // namespace

TranslatedRules translateRules(const ObjectReader &response, const RuleScope &scope, Notes &notes)
{
    TranslatedRules out;
    const bool isAnd = response.choice("rulesOperator", "OR", {"OR", "AND"}) == "AND";
    std::vector<Rule> rules;
    int number = 0;
    for (const boost::json::object *object : response.objects("rules")) {
        out.hasRules = true;
        const ObjectReader rule(*object, notes,
                                response.subject() + ", rule " + std::to_string(++number));
        const yaml::Mark at = scope.places ? scope.places->of(*object) : yaml::Mark{};
        const Notes::Within place(notes, at);
        auto translated = RuleTranslator(rule, scope, notes).run();
        if (translated)
            rules.push_back(placed(*std::move(translated), at));
        else
            out.isComplete = false;
    }
    if (rules.empty() || (isAnd && !out.isComplete))
        return out;
    out.when = group(isAnd ? RuleGroup::Kind::All : RuleGroup::Kind::Any, std::move(rules));
    return out;
}

} // namespace understudy::formats::mockoon
