// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/rules.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/mockoon/lookup.h"
#include "core/formats/mockoon/rule_parts.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace understudy::formats::mockoon {

namespace {

using Target = RuleTarget::Kind;

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
            return m_modifier.empty() ? emptyText() : header();
        if (m_target == "cookie")
            return m_modifier.empty() ? std::optional(never()) : cookie();
        if (m_target == "params")
            return m_modifier.empty() ? missing() : parameter();
        if (m_target == "query")
            return query();
        if (m_target == "data_bucket")
            return bucket();
        return m_modifier.empty() ? wholeBody() : body();
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
        std::string path = m_modifier.substr(1);
        // `$.a[0]` is `a.0`.
        for (std::size_t at = path.find('['); at != std::string::npos; at = path.find('[')) {
            const std::size_t end = path.find(']', at);
            if (end == std::string::npos || end == at + 1
                || path.find_first_not_of("0123456789", at + 1) != end)
                return std::nullopt;
            path.replace(at, end - at + 1, '.' + path.substr(at + 1, end - at - 1));
        }
        if (!path.starts_with('.') || path.find_first_of("*?@()") != std::string::npos
            || path.find("..") != std::string::npos)
            return std::nullopt;
        return dotPathSteps(std::string_view(path).substr(1));
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
        if (m_operator == "array_includes") {
            std::vector<Rule> rules{onTarget({Target::BodyJsonPath, "$[:]", {}}, true),
                                    allOf({isUnparsed(), is(RuleOperator::Equals, m_value)})};
            if (m_value == kObjectText)
                rules.push_back(isObject({Target::BodyJsonPath, "$", {}}));
            return anyOf(std::move(rules));
        }
        // No body is no value here; in Mockoon it is an empty text.
        if (isRegex()) {
            Rule matches = is(RuleOperator::Matches, m_pattern);
            if (m_regex->matches({}))
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
        if (m_operator == "empty_array")
            return leaf(Target::BodyJsonPath, path, RuleOperator::Json, JsonArray());
        const auto steps = lookupSteps();
        if (m_operator == "null")
            return bodyIsNull(path, steps);
        std::vector<Rule> rules
            = m_operator == "array_includes" ? std::vector{onElements(path)} : onJson(path);
        if (steps) {
            onForm(*steps, rules);
            onXml(*steps, rules);
        }
        if (m_operator == "array_includes")
            return anyOf(std::move(rules));
        rules.push_back(allOf({isUnparsed(), *wholeBody()}));
        if (steps && steps->back() == "length")
            onLength(*steps, rules);
        // Without a body the text is empty, whatever the modifier.
        if (m_operator == "equals" && m_value.empty()) {
            rules.push_back(leaf(Target::Body, {}, RuleOperator::Absent, true));
            rules.push_back(leaf(Target::Body, {}, RuleOperator::Equals, ""));
        }
        return anyOf(std::move(rules));
    }

    Rule onElements(const std::string &path) const
    {
        const RuleTarget elements{Target::BodyJsonPath, path + "[:]", {}};
        std::vector<Rule> rules{onTarget(elements, true)};
        if (m_value == kObjectText)
            rules.push_back(isObject(elements));
        return anyOf(std::move(rules));
    }

    /// The value, or each of the elements of a list; a slice takes lists apart and nothing else.
    std::vector<Rule> onJson(const std::string &path) const
    {
        const RuleTarget value{Target::BodyJsonPath, path, {}};
        const RuleTarget elements{Target::BodyJsonPath, path + "[:]", {}};
        if (!isRegex()) {
            std::vector<Rule> rules{onTarget(value)};
            if (m_value == kObjectText)
                rules.push_back(isObject(value));
            rules.push_back(onElements(path));
            return rules;
        }
        // Objects are not compared as JSON, and null is an empty text.
        std::vector<Rule> foreign;
        if (mayBeginObject())
            foreign = {isObject(value), leaf(value, RuleOperator::Json, JsonArray()),
                       leaf(elements, RuleOperator::Absent, false)};
        if (m_regex->matches("null"))
            foreign.push_back(leaf(value, RuleOperator::Json, nullptr));
        const Rule plain = leaf(value, RuleOperator::Matches, m_pattern);
        std::vector<Rule> rules{foreign.empty() ? plain : allOf({plain, noneOf(foreign)})};
        if (mayBeginObject()) {
            const RuleTarget leaves{Target::BodyJsonPath, path + "[?!@.*]", {}};
            rules.push_back(
                allOf({leaf(leaves, RuleOperator::Matches, m_pattern), noneOf({isObject(value)})}));
        } else {
            rules.push_back(leaf(elements, RuleOperator::Matches, m_pattern));
        }
        if (m_regex->matches(kObjectText)) {
            rules.push_back(isObject(value));
            rules.push_back(isObject(elements));
        }
        if (m_regex->matches({}))
            rules.push_back(leaf(value, RuleOperator::Json, nullptr));
        return rules;
    }

    /// Whether the expression might match the JSON text of an object or a list.
    bool mayBeginObject() const
    {
        if (!m_pattern.starts_with('^') || m_pattern.find('|') != std::string::npos)
            return true;
        const std::string_view rest = std::string_view(m_pattern).substr(1);
        const std::string_view first = rest.starts_with('[') ? rest.substr(1) : rest;
        return first.empty() || !std::isalnum(static_cast<unsigned char>(first.front()))
               || rest.find_first_of("?*{") == 1;
    }

    /// A form is parsed as qs does it.
    void onForm(const std::vector<std::string> &steps, std::vector<Rule> &rules)
    {
        // qs takes brackets apart, so no name has any.
        if (std::any_of(steps.begin(), steps.end(),
                        [](const std::string &step) { return step.find('[') != step.npos; }))
            return;
        const FormField field(steps);
        if (m_operator == "array_includes") {
            rules.push_back(field.listHas(m_value));
            return;
        }
        rules.push_back(onTarget({Target::Form, field.name(), {}}));
        rules.push_back(onTarget({Target::Form, field.name() + "[]", {}}));
        const bool isIndex = steps.size() > 1 && isIndexOrLength(steps.back())
                             && steps.back() != "length" && steps.back().size() < 4;
        if (isRegex()) {
            if (isIndex)
                m_notes.notServed(m_rule.subject(),
                                  "in forms an expression on one of several fields is not served; "
                                  "there it may not hold");
            if (m_regex->matches(kObjectText))
                rules.push_back(field.isObject());
            return;
        }
        rules.push_back(field.numberedIs(m_value));
        if (m_value == kObjectText)
            rules.push_back(field.isObject());
        if (isIndex)
            rules.push_back(FormField({steps.begin(), steps.end() - 1})
                                .isAt(std::stoul(steps.back()), m_value));
    }

    void onXml(const std::vector<std::string> &steps, std::vector<Rule> &rules)
    {
        const auto xml = XmlPath::parse(steps);
        if (!xml || m_operator == "array_includes")
            return;
        const bool isObjectMeant
            = isRegex() ? m_regex->matches(kObjectText) : m_value == kObjectText;
        if (const auto texts = xml->texts())
            rules.push_back(allOf({isXml(), onTarget(*texts)}));
        else if (xml->isElement() && isObjectMeant)
            rules.push_back(allOf({isXml(), xml->exists()}));
        else if (auto declared = isRegex() ? std::nullopt : xml->declares(m_value))
            rules.push_back(allOf({isXml(), *std::move(declared)}));
    }

    /// Null must be true of all the ways in which the body may be read.
    Rule bodyIsNull(const std::string &path, const std::optional<std::vector<std::string>> &steps)
    {
        std::vector<Rule> isThere{
            allOf({isUnparsed(), noneOf({leaf(Target::Body, {}, RuleOperator::Absent, true)}),
                   noneOf({leaf(Target::Body, {}, RuleOperator::Equals, "")})})};
        std::vector<Rule> rules{onTarget({Target::BodyJsonPath, path, {}})};
        if (steps) {
            const FormField field(*steps);
            rules.push_back(onTarget({Target::Form, field.name(), {}}));
            isThere.push_back(field.hasMembers());
            if (const auto xml = XmlPath::parse(*steps)) {
                if (const auto texts = xml->texts())
                    rules.push_back(anyOf({noneOf({isXml()}), onTarget(*texts)}));
                else
                    isThere.push_back(allOf({isXml(), xml->exists()}));
            }
            if (steps->size() > 1 && isIndexOrLength(steps->back())) {
                const FormField list({steps->begin(), steps->end() - 1});
                const bool isLength = steps->back() == "length";
                isThere.push_back(list.hasAt(
                    isLength || steps->back().size() > 3 ? 0 : std::stoul(steps->back())));
                if (isLength)
                    isThere.push_back(leaf(
                        Target::Body, {}, RuleOperator::JsonPath,
                        "$[?length(" + jsonPathOf({steps->begin(), steps->end() - 1}) + ") >= 0]"));
            }
        }
        rules.push_back(noneOf(std::move(isThere)));
        return allOf(std::move(rules));
    }

    /// A body that is not parsed is its whole text, whatever the modifier.
    Rule isUnparsed() const
    {
        return noneOf({leaf(
            Target::Header, "Content-Type", RuleOperator::Matches,
            "(?i)application/(.*\\+)?json|x-www-form-urlencoded|multipart/form-data|(application|"
            "application/soap\\+|text)/?xml")});
    }

    void onLength(const std::vector<std::string> &steps, std::vector<Rule> &rules)
    {
        if (auto length = lengthOf(steps))
            rules.push_back(*std::move(length));
        std::size_t count = 0;
        const auto [end, ec]
            = std::from_chars(m_value.data(), m_value.data() + m_value.size(), count);
        if (isRegex() || steps.size() < 2 || ec != std::errc{}
            || end != m_value.data() + m_value.size() || count > 1000)
            return;
        const std::vector<std::string> list(steps.begin(), steps.end() - 1);
        if (count > 0)
            rules.push_back(FormField(list).hasLength(count));
        const auto xml = XmlPath::parse(list);
        if (xml && xml->isElement() && count > 1)
            rules.push_back(allOf({isXml(), xml->hasCount(count)}));
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
            return leaf(Target::BodyJsonPath, path, RuleOperator::Matches, m_pattern);
        return leaf(Target::BodyJsonPath, path, RuleOperator::Equals, m_value);
    }

    bool isRegex() const { return m_operator == "regex" || m_operator == "regex_i"; }

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

    /// `isElement`: of a list, where null is the text "null".
    Rule onTarget(RuleTarget target, bool isElement = false) const
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
            return is(RuleOperator::Matches, m_pattern);
        // As JSON these would be an object or a list.
        if (isJson && (m_value.starts_with('{') || m_value.starts_with('[')))
            return is(RuleOperator::Json, m_value);
        if (isJson && m_value.empty() && !isElement)
            return anyOf({is(RuleOperator::Equals, ""), is(RuleOperator::Json, nullptr)});
        // A JSON null is an empty text there.
        if (isJson && m_value == "null" && !isElement)
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
        if (isRegex() && m_regex->matches({}))
            return always();
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
    std::string m_pattern;        ///< for PCRE2
    std::optional<Regex> m_regex; ///< of m_pattern
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
