// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/lookup.h"
#include "core/formats/mockoon/rule_comparison.h"
#include "core/formats/mockoon/rule_parts.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace understudy::formats::mockoon {

namespace {

/// A body may be read as JSON, as a form, as XML or as nothing but text; a rule holds in any of
/// these ways.
class BodyRule : private RuleComparison
{
public:
    explicit BodyRule(const RuleComparison &rule)
        : RuleComparison(rule)
    {}

    std::optional<Rule> run() { return m_modifier.empty() ? wholeBody() : body(); }

private:
    std::optional<Rule> wholeBody()
    {
        const auto is = [](RuleOperator op, JsonValue value) {
            return leaf(RuleTarget::Kind::Body, {}, op, std::move(value));
        };
        if (m_operator == "null")
            return anyOf({is(RuleOperator::Absent, true), is(RuleOperator::Equals, ""),
                          is(RuleOperator::Json, nullptr)});
        if (m_operator == "empty_array")
            return is(RuleOperator::Json, JsonArray());
        if (m_operator == "array_includes") {
            std::vector<Rule> rules{onTarget({RuleTarget::Kind::BodyJsonPath, "$[:]", {}}, true),
                                    allOf({isUnparsed(), is(RuleOperator::Equals, m_value)})};
            if (m_value == kObjectText)
                rules.push_back(isObject({RuleTarget::Kind::BodyJsonPath, "$", {}}));
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
            return leaf(RuleTarget::Kind::BodyJsonPath, path, RuleOperator::Json, JsonArray());
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
            rules.push_back(leaf(RuleTarget::Kind::Body, {}, RuleOperator::Absent, true));
            rules.push_back(leaf(RuleTarget::Kind::Body, {}, RuleOperator::Equals, ""));
        }
        return anyOf(std::move(rules));
    }

    Rule onElements(const std::string &path) const
    {
        const RuleTarget elements{RuleTarget::Kind::BodyJsonPath, path + "[:]", {}};
        std::vector<Rule> rules{onTarget(elements, true)};
        if (m_value == kObjectText)
            rules.push_back(isObject(elements));
        return anyOf(std::move(rules));
    }

    /// The value, or each of the elements of a list; a slice takes lists apart and nothing else.
    std::vector<Rule> onJson(const std::string &path) const
    {
        const RuleTarget value{RuleTarget::Kind::BodyJsonPath, path, {}};
        const RuleTarget elements{RuleTarget::Kind::BodyJsonPath, path + "[:]", {}};
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
            const RuleTarget leaves{RuleTarget::Kind::BodyJsonPath, path + "[?!@.*]", {}};
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
        rules.push_back(onTarget({RuleTarget::Kind::Form, field.name(), {}}));
        rules.push_back(onTarget({RuleTarget::Kind::Form, field.name() + "[]", {}}));
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
        std::vector<Rule> isThere{allOf(
            {isUnparsed(), noneOf({leaf(RuleTarget::Kind::Body, {}, RuleOperator::Absent, true)}),
             noneOf({leaf(RuleTarget::Kind::Body, {}, RuleOperator::Equals, "")})})};
        std::vector<Rule> rules{onTarget({RuleTarget::Kind::BodyJsonPath, path, {}})};
        if (steps) {
            const FormField field(*steps);
            rules.push_back(onTarget({RuleTarget::Kind::Form, field.name(), {}}));
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
                if (isLength)
                    isThere.push_back(list.hasAt(0));
                else if (steps->back().size() < 4) // qs reads a thousand fields
                    isThere.push_back(list.hasAt(std::stoul(steps->back())));
                auto length = isLength ? jsonLength({steps->begin(), steps->end() - 1}, ">= 0")
                                       : std::nullopt;
                if (length)
                    isThere.push_back(*std::move(length));
            }
        }
        rules.push_back(noneOf(std::move(isThere)));
        return allOf(std::move(rules));
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
        if (steps.empty() && *number == 0)
            return leaf(RuleTarget::Kind::Body, {}, RuleOperator::Json, JsonArray());
        auto length = jsonLength(steps, "== " + m_value);
        if (!length)
            m_notes.notServed(m_rule.subject(), "a length behind an index is not served");
        return length;
    }

    /// The length of what is no object, whose members JSONPath would count; nothing behind an
    /// index.
    static std::optional<Rule> jsonLength(const std::vector<std::string> &steps,
                                          const std::string &comparison)
    {
        const std::string path = jsonPathOf(steps);
        if (path.find(',') != std::string::npos)
            return std::nullopt;
        return allOf({leaf(RuleTarget::Kind::Body, {}, RuleOperator::JsonPath,
                           "$[?length(" + path + ") " + comparison + ']'),
                      noneOf({isObject({RuleTarget::Kind::BodyJsonPath, path, {}})})});
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
            return leaf(RuleTarget::Kind::BodyJsonPath, path, RuleOperator::Absent, true);
        const RuleTarget target{RuleTarget::Kind::BodyJsonPath, path, {}};
        const Rule text = isRegex() ? leaf(target, RuleOperator::Matches, m_pattern)
                                    : leaf(target, RuleOperator::Equals, m_value);
        if (isRegex() ? m_regex->matches(kObjectText) : m_value == kObjectText)
            return anyOf({text, isObject(target)});
        return text;
    }
};

} // namespace

std::optional<Rule> bodyRule(const RuleComparison &rule) { return BodyRule(rule).run(); }

} // namespace understudy::formats::mockoon
