// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/rules.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/mockoon/lookup.h"
#include "core/http/uri.h"

#include <algorithm>

namespace understudy::formats::mockoon {

namespace {

using Target = RuleTarget::Kind;

Rule leaf(Target kind, std::string name, RuleOperator op, JsonValue value)
{
    RuleLeaf out;
    out.target = {kind, std::move(name), {}};
    out.conditions.push_back({op, std::move(value), {}, false});
    return {std::move(out)};
}

Rule group(RuleGroup::Kind kind, std::vector<Rule> rules)
{
    if (rules.size() == 1 && kind != RuleGroup::Kind::None)
        return std::move(rules.front());
    return {RuleGroup{kind, std::move(rules)}};
}

Rule anyOf(std::vector<Rule> rules) { return group(RuleGroup::Kind::Any, std::move(rules)); }

/// For what is already decided: every path begins with a slash.
Rule always() { return leaf(Target::Path, {}, RuleOperator::StartsWith, "/"); }

Rule never() { return group(RuleGroup::Kind::None, {always()}); }

bool isTemplate(std::string_view text) { return text.find("{{") != std::string_view::npos; }

/// One Mockoon rule.
class RuleTranslator
{
public:
    RuleTranslator(const ObjectReader &rule, const RuleScope &scope, Notes &notes)
        : m_rule(rule)
        , m_scope(scope)
        , m_notes(notes)
    {
        m_target = rule.choice("target", {},
                               {"body", "query", "header", "cookie", "params", "path", "method",
                                "request_number", "global_var", "data_bucket", "templating"});
        m_operator = rule.choice("operator", "equals",
                                 {"equals", "regex", "regex_i", "null", "empty_array",
                                  "array_includes", "valid_json_schema"});
        m_modifier = rule.text("modifier");
        m_value = rule.text("value");
    }

    /// Nothing (and a note) if it cannot be expressed.
    std::optional<Rule> run()
    {
        // Dropped rather than read as a default rule on the body, which would match what nobody
        // asked for.
        if (m_target.empty())
            return refuse("it has no target that Mockoon knows, so it never holds");
        if (isTemplate(m_modifier) || isTemplate(m_value))
            return notServed("templates in rules are not rendered yet");
        if (m_target == "global_var" || m_target == "templating")
            return notServed("rules on '" + m_target + "' are not served yet");
        if (m_operator == "valid_json_schema")
            return notServed("JSON schemas are not served yet");
        // Mockoon answers 500 for the whole route then.
        if (isRegex()) {
            if (const auto regex = Regex::compile(toPcre(m_value, m_operator == "regex_i")); !regex)
                return notServed(regex.error().message);
        }
        auto positive = translate();
        if (positive && m_rule.flag("invert", false))
            return group(RuleGroup::Kind::None, {*std::move(positive)});
        return positive;
    }

private:
    std::optional<Rule> refuse(const std::string &why)
    {
        m_notes.changed(m_rule.subject(), why);
        return std::nullopt;
    }
    std::optional<Rule> notServed(const std::string &why)
    {
        m_notes.notServed(m_rule.subject(), why + "; the rule counts as not holding");
        return std::nullopt;
    }

    std::optional<Rule> translate()
    {
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
            return m_modifier.empty() ? emptyText() : compared({Target::Header, m_modifier, {}});
        if (m_target == "cookie")
            return m_modifier.empty() ? std::optional(never()) : cookie();
        if (m_target == "params")
            return m_modifier.empty() ? missing()
                                      : compared({Target::PathParameter, m_modifier, {}});
        if (m_target == "query")
            return query();
        if (m_target == "data_bucket")
            return bucket();
        return m_modifier.empty() ? wholeBody() : body();
    }

    /// Mockoon decodes cookies, so a value may have been sent in several ways.
    std::optional<Rule> cookie()
    {
        const RuleTarget target{Target::Cookie, m_modifier, {}};
        if (isRegex() && m_value.find_first_of(" %;,\"") != std::string::npos)
            m_notes.changed(m_rule.subject(), "Mockoon decodes cookies before it compares them; "
                                              "here the expression sees them as they were sent");
        auto rule = compared(target);
        const std::string encoded = http::percentEncode(m_value);
        if (!rule || m_operator != "equals" || encoded == m_value)
            return rule;
        std::string pattern = "^";
        for (std::size_t i = 0; i < encoded.size(); ++i) {
            if (encoded[i] != '%') {
                pattern += encoded[i] == '.' ? "\\." : std::string(1, encoded[i]);
                continue;
            }
            const std::string hex = encoded.substr(i + 1, 2);
            for (const std::string_view part :
                 {std::string_view("(?:\\x"), std::string_view(hex), std::string_view("|%(?i:"),
                  std::string_view(hex), std::string_view("))")})
                pattern += part;
            i += 2;
        }
        RuleLeaf decoded{target, {{RuleOperator::Matches, JsonValue(pattern + "$"), {}, false}}};
        // The bytes of a character beyond ASCII are its escapes, or itself.
        if (std::any_of(m_value.begin(), m_value.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
            decoded.conditions[0] = {RuleOperator::EqualsIgnoreCase, JsonValue(encoded), {}, false};
        return anyOf({*std::move(rule), Rule{std::move(decoded)}});
    }

    /// Mockoon compares with the lower-case method, so `GET` would never hold; what is meant is
    /// clear.
    std::optional<Rule> method()
    {
        if (m_operator == "null" || m_operator == "empty_array"
            || (m_operator == "array_includes" && !m_modifier.empty()))
            return never();
        if (m_operator == "regex" || m_operator == "regex_i")
            return leaf(Target::Method, {}, RuleOperator::Matches, pattern(true));
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
        const std::string name = bracketed(*steps);
        if (steps->size() > 1 && isIndexOrLength(steps->back()))
            m_notes.notServed(m_rule.subject(), "'" + m_modifier
                                                    + "' looks into repeated parameters, which is "
                                                      "not served; only '"
                                                    + name + "' is looked at");
        // qs makes one list of `a=1&a=2` and of `a[]=1&a[]=2`.
        return comparedAny({{Target::Query, name, {}}, {Target::Query, name + "[]", {}}});
    }

    /// `a.b` as forms and queries nest it: "a[b]".
    static std::string bracketed(const std::vector<std::string> &steps)
    {
        std::string name = steps.front();
        for (std::size_t i = 1; i < steps.size(); ++i)
            name += '[' + steps[i] + ']';
        return name;
    }

    static bool isIndexOrLength(const std::string &step)
    {
        return step == "length"
               || (!step.empty() && step.find_first_not_of("0123456789") == std::string::npos);
    }

    /// The steps of a dot path or of a JSONPath without wildcards or filters.
    std::optional<std::vector<std::string>> lookupSteps() const
    {
        if (!m_modifier.starts_with('$'))
            return dotPathSteps(m_modifier);
        if (!m_modifier.starts_with("$.") || m_modifier.find_first_of("[*?@()") != std::string::npos
            || m_modifier.find("..") != std::string::npos)
            return std::nullopt;
        return dotPathSteps(std::string_view(m_modifier).substr(2));
    }

    std::optional<Rule> bucket()
    {
        const auto steps = lookupSteps();
        if (!steps)
            return notServed("this JSONPath over the buckets is not served");
        const auto name = m_scope.buckets.byIdOrName(steps->front());
        if (!name)
            return missing();
        m_notes.notServed(m_rule.subject(),
                          "rules on buckets are not served yet; the rule counts as not holding");
        return compared({Target::Bucket, *name, jsonPathOf(*steps, 1)});
    }

    std::optional<Rule> wholeBody()
    {
        const auto is = [](RuleOperator op, JsonValue value) {
            return leaf(Target::Body, {}, op, std::move(value));
        };
        if (m_operator == "null")
            return anyOf({is(RuleOperator::Absent, true), is(RuleOperator::Equals, ""),
                          is(RuleOperator::Json, nullptr)});
        if (m_operator == "empty_array")
            return is(RuleOperator::Json, JsonArray());
        // No body is no value here; in Mockoon it is an empty text.
        if (isRegex()) {
            Rule matches = is(RuleOperator::Matches, pattern(m_operator == "regex_i"));
            const auto regex = Regex::compile(toPcre(m_value, m_operator == "regex_i"));
            if (regex && regex->matches({}))
                return anyOf({std::move(matches), is(RuleOperator::Absent, true)});
            return matches;
        }
        if (m_value.empty())
            return anyOf({is(RuleOperator::Absent, true), is(RuleOperator::Equals, "")});
        return is(RuleOperator::Equals, m_value);
    }

    std::optional<Rule> body()
    {
        std::string path;
        if (m_modifier.starts_with('$')) {
            const auto rfc = toRfcJsonPath(m_modifier);
            if (!rfc)
                return notServed("'" + m_modifier
                                 + "' uses what JSONPath (RFC 9535) does not have");
            path = *rfc;
        } else {
            path = jsonPathOf(dotPathSteps(m_modifier));
        }
        if (isList(path))
            return hits(path);
        if (m_operator == "array_includes")
            return leaf(Target::BodyJsonPath, path + "[:]", RuleOperator::Equals, m_value);
        if (m_operator == "empty_array")
            return leaf(Target::BodyJsonPath, path, RuleOperator::Json, JsonArray());
        std::vector<RuleTarget> targets{{Target::BodyJsonPath, path, {}}};
        // Of a list every element counts; a slice takes lists apart and nothing else.
        if (m_operator != "null")
            targets.push_back({Target::BodyJsonPath, path + "[:]", {}});
        // A form is parsed as well.
        const auto steps = lookupSteps();
        if (steps) {
            targets.push_back({Target::Form, bracketed(*steps), {}});
            targets.push_back({Target::Form, bracketed(*steps) + "[]", {}});
            if (const auto xPath = xPathOf(*steps))
                targets.push_back({Target::BodyXPath, *xPath, {}});
        }
        auto rule = comparedAny(std::move(targets));
        if (!rule || m_operator == "null")
            return rule;
        std::vector<Rule> rules{*std::move(rule), unparsed()};
        if (steps && steps->back() == "length") {
            if (auto length = lengthOf(*steps))
                rules.push_back(*std::move(length));
        }
        // Without a body the text is empty, whatever the modifier.
        if (m_operator == "equals" && m_value.empty()) {
            rules.push_back(leaf(Target::Body, {}, RuleOperator::Absent, true));
            rules.push_back(leaf(Target::Body, {}, RuleOperator::Equals, ""));
        }
        return anyOf(std::move(rules));
    }

    /// A body that is not parsed is its whole text, whatever the modifier.
    Rule unparsed()
    {
        RuleLeaf type{{Target::Header, "Content-Type", {}}, {}};
        type.conditions.push_back(
            {RuleOperator::Matches,
             "(?i)application/(.*\\+)?json|x-www-form-urlencoded|multipart/form-data|(application|"
             "application/soap\\+|text)/?xml",
             {},
             true});
        return group(RuleGroup::Kind::All, {Rule{std::move(type)}, *wholeBody()});
    }

    /// `a.length`: how many elements a list has, or characters a text.
    std::optional<Rule> lengthOf(std::vector<std::string> steps)
    {
        steps.pop_back();
        const auto number = javaScriptNumber(m_value);
        if (m_operator != "equals" || !number) {
            m_notes.notServed(m_rule.subject(),
                              "a length can be compared with a number alone; others do not hold");
            return std::nullopt;
        }
        std::string path = "$";
        for (const std::string &step : steps)
            path += jsonPathOf({step}).substr(1);
        if (path.find(',') != std::string::npos) {
            m_notes.notServed(m_rule.subject(), "a length behind an index is not served");
            return std::nullopt;
        }
        if (steps.empty() && *number == 0)
            return leaf(Target::Body, {}, RuleOperator::Json, JsonArray());
        return leaf(Target::Body, {}, RuleOperator::JsonPath,
                    JsonValue("$[?length(" + path + ") == " + m_value + ']'));
    }

    /// Whether a path may have several hits; Mockoon hands out the list of them then, also for one.
    bool isList(const std::string &path) const
    {
        return m_modifier.starts_with('$')
               && (path.find_first_of("*?:,") != std::string::npos
                   || path.find("..") != std::string::npos);
    }

    /// A JSONPath with wildcards and the like: its list of hits is the left side.
    std::optional<Rule> hits(const std::string &path)
    {
        if (m_operator == "empty_array")
            return never();
        if (m_operator == "null")
            return leaf(Target::BodyJsonPath, path, RuleOperator::Absent, true);
        if (isRegex())
            return leaf(Target::BodyJsonPath, path, RuleOperator::Matches,
                        pattern(m_operator == "regex_i"));
        return leaf(Target::BodyJsonPath, path, RuleOperator::Equals, m_value);
    }

    bool isRegex() const { return m_operator == "regex" || m_operator == "regex_i"; }

    JsonValue pattern(bool ignoreCase) const { return std::string(toPcre(m_value, ignoreCase)); }

    /// The rule for one target.
    std::optional<Rule> compared(RuleTarget target) { return comparedAny({std::move(target)}); }

    /// The same value may stand in any of the targets.
    std::optional<Rule> comparedAny(std::vector<RuleTarget> targets)
    {
        if (m_operator == "empty_array")
            return never();
        std::vector<Rule> rules;
        rules.reserve(targets.size());
        for (RuleTarget &target : targets)
            rules.push_back(onTarget(std::move(target)));
        // Null must be true of all places, a comparison of one.
        return group(m_operator == "null" ? RuleGroup::Kind::All : RuleGroup::Kind::Any,
                     std::move(rules));
    }

    Rule onTarget(RuleTarget target) const
    {
        const auto is = [&](RuleOperator op, JsonValue value) {
            RuleLeaf out{target, {{op, std::move(value), {}, false}}};
            return Rule{std::move(out)};
        };
        const bool isJson = target.kind == Target::BodyJsonPath || target.kind == Target::Bucket;
        if (m_operator == "null") {
            std::vector<Rule> rules{is(RuleOperator::Absent, true), is(RuleOperator::Equals, "")};
            if (isJson)
                rules.push_back(is(RuleOperator::Json, nullptr));
            return anyOf(std::move(rules));
        }
        if (isRegex())
            return is(RuleOperator::Matches, pattern(m_operator == "regex_i"));
        if (isJson && m_value.empty())
            return anyOf({is(RuleOperator::Equals, ""), is(RuleOperator::Json, nullptr)});
        // A JSON null is an empty text there.
        if (isJson && m_value == "null")
            return is(RuleOperator::Json, m_value);
        // JavaScript writes 1.0 as "1", so it is the number that counts, and a text that is the
        // same.
        if (isJson && looksLikeNumber(m_value)) {
            std::vector<Rule> rules{is(RuleOperator::Json, m_value)};
            if (javaScriptNumber(m_value))
                rules.push_back(is(RuleOperator::Json, JsonNumber{m_value}));
            return anyOf(std::move(rules));
        }
        return is(RuleOperator::Equals, m_value);
    }

    /// The left side is an empty text.
    std::optional<Rule> emptyText()
    {
        if (m_operator == "null" || (m_value.empty() && m_operator != "empty_array"))
            return always();
        if (isRegex())
            return notServed("a header rule needs the name of a header");
        return never();
    }

    /// The left side is undefined.
    std::optional<Rule> missing() { return m_operator == "null" ? always() : never(); }

    const ObjectReader &m_rule;
    const RuleScope &m_scope;
    Notes &m_notes;
    std::string m_target;
    std::string m_operator;
    std::string m_modifier;
    std::string m_value;
};

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
        if (auto translated = RuleTranslator(rule, scope, notes).run())
            rules.push_back(*std::move(translated));
        else
            out.isComplete = false;
    }
    if (rules.empty() || (isAnd && !out.isComplete))
        return out;
    out.when = group(isAnd ? RuleGroup::Kind::All : RuleGroup::Kind::Any, std::move(rules));
    return out;
}

} // namespace understudy::formats::mockoon
