// SPDX-License-Identifier: Apache-2.0
// What predicates ask of a body: as a text, as JSON, by a JSONPath or an XPath.
#include "core/base/path_text.h"
#include "core/base/text.h"
#include "core/formats/mountebank/fields.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::formats::mountebank {

namespace {

using Kind = RuleTarget::Kind;

/// As deep as predicates go into a body.
constexpr std::size_t kDeepest = 100;

RuleTarget atPath(std::string path) { return {Kind::BodyJsonPath, std::move(path), {}}; }

std::string memberOf(const std::string &path, const std::string &name)
{
    std::string quoted;
    for (const char c : name) {
        if (c == '\'' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    const bool isWord
        = !name.empty()
          && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789_")
                 == std::string::npos
          && (name[0] < '0' || name[0] > '9');
    return isWord ? path + '.' + name : path + "['" + quoted + "']";
}

class JsonBody
{
public:
    JsonBody(Comparison comparison, const Parameters &parameters, StubScope &scope)
        : m_comparison(comparison)
        , m_parameters(parameters)
        , m_scope(scope)
    {}

    /// Adds what is asked at a path.
    void add(const std::string &path, const Node &expected, std::size_t depth, bool isRoot)
    {
        if (depth > kDeepest) {
            m_scope.switchOff("a predicate that goes too deep into a body", expected.start);
            return;
        }
        if (expected.isScalar()) {
            rules.push_back(
                compareValue(atPath(path), m_comparison, expected, m_parameters, m_scope));
            return;
        }
        for (std::size_t i = 0; i < expected.items.size(); ++i) {
            // A list that is all of the body is compared by its places, any other as a set.
            std::string next = expected.isMap() ? memberOf(path, expected.keys[i].text)
                               : isRoot         ? path + '[' + std::to_string(i) + ']'
                                                : path + "[*]";
            if (expected.isList() && !isRoot && !expected.items[i].isScalar())
                m_scope.changedOnce("what is asked of an object in a list may hold for several "
                                    "objects of the list here",
                                    expected.items[i].start);
            add(next, expected.items[i], depth + 1, false);
        }
    }

    std::vector<Rule> rules;

private:
    Comparison m_comparison;
    const Parameters &m_parameters;
    StubScope &m_scope;
};

/// All of a JSON body. Numbers and texts are the same there.
Rule wholeJson(const RuleTarget &target, const Node &expected, const Parameters &parameters,
               StubScope &scope)
{
    scope.changedOnce(std::string("'deepEquals' of JSON tells ")
                          + (parameters.caseSensitive ? "" : "letter cases apart, and ")
                          + "numbers from texts here",
                      expected.start);
    return leaf(target, RuleOperator::Json, yaml::toJson(expected),
                JsonObject{{"ignoreArrayOrder", true}});
}

Rule compareJson(const std::string &path, Comparison comparison, const Node &expected,
                 const Parameters &parameters, StubScope &scope)
{
    JsonBody body(comparison, parameters, scope);
    const bool isRoot = path == "$";
    body.add(path, expected, 0, isRoot);
    if (!parameters.caseSensitive && isRoot)
        scope.changedOnce("names in JSON bodies are compared in their case here, and a list is "
                          "not searched where the predicate has none",
                          expected.start);
    if (body.rules.empty())
        return leaf(atPath(path), RuleOperator::Absent, false);
    return allOf(std::move(body.rules));
}

Rule off(const std::string &why, const Node &at, StubScope &scope)
{
    scope.switchOff(why, at.start);
    return never();
}

Rule bySelector(Comparison comparison, const Node &expected, const Parameters &parameters,
                StubScope &scope)
{
    const Node &config = *parameters.jsonPath;
    const std::string written = recorded::textOf(&config, "selector");
    const std::string whole = written.starts_with('$') ? written : "$." + written;
    const auto selector = path_text::toRfcJsonPath(whole);
    if (written.empty() || !selector)
        return off("the JSONPath " + text::inQuotes(written) + " has no word here", config, scope);
    if (!parameters.caseSensitive)
        scope.changedOnce("names in a JSONPath are compared in their case here", config.start);
    const RuleTarget target = atPath(*selector);
    if (expected.isMap() && comparison == Comparison::DeepEquals)
        return wholeJson(target, expected, parameters, scope);
    if (expected.isMap())
        return compareJson(*selector, comparison, expected, parameters, scope);
    if (expected.isScalar())
        return compareValue(target, comparison, expected, parameters, scope);
    std::vector<Rule> each;
    JsonArray texts;
    for (const Node &one : expected.items) {
        if (!one.isScalar())
            return off("a list of lists or objects that a JSONPath finds", one, scope);
        each.push_back(compareValue(target, comparison, one, parameters, scope));
        texts.emplace_back(valueText(one));
    }
    if (comparison == Comparison::DeepEquals && parameters.caseSensitive && !texts.empty())
        return leaf(target, RuleOperator::HasExactly, std::move(texts));
    if (comparison == Comparison::DeepEquals)
        scope.notes.changed(scope.subject,
                            "'deepEquals' of what a JSONPath finds does not ask here that there is "
                            "nothing else",
                            expected.start);
    return each.empty() ? always() : allOf(std::move(each));
}

/// A text in an XPath; nothing where it has both kinds of quotes.
std::optional<std::string> xPathText(const std::string &text)
{
    if (text.find('\'') == std::string::npos)
        return '\'' + text + '\'';
    if (text.find('"') == std::string::npos)
        return '"' + text + '"';
    return std::nullopt;
}

/// With namespaces the comparison is a part of the XPath.
Rule byXPathWithNames(Comparison comparison, const Node &expected, const Parameters &parameters,
                      const Node &names, const std::string &selector, StubScope &scope)
{
    constexpr std::string_view kUpper = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ'";
    constexpr std::string_view kLower = "'abcdefghijklmnopqrstuvwxyz'";
    JsonObject namespaces;
    for (std::size_t i = 0; i < names.keys.size(); ++i) {
        if (names.items[i].isScalar())
            namespaces.set(names.keys[i].text, names.items[i].text);
    }
    const bool anyCase = !parameters.caseSensitive && comparison != Comparison::Exists;
    const auto value = xPathText(anyCase ? text::toLower(expected.text) : expected.text);
    const std::string node
        = anyCase ? "translate(., " + std::string(kUpper) + ", " + std::string(kLower) + ')' : ".";
    std::string test;
    switch (comparison) {
    case Comparison::Equals:
    case Comparison::DeepEquals:
        test = '[' + node + " = " + value.value_or("") + ']';
        break;
    case Comparison::Contains:
        test = "[contains(" + node + ", " + value.value_or("") + ")]";
        break;
    case Comparison::StartsWith:
        test = "[starts-with(" + node + ", " + value.value_or("") + ")]";
        break;
    case Comparison::Exists:
        break;
    case Comparison::EndsWith:
    case Comparison::Matches:
        return off("'endsWith' and 'matches' of what an XPath with namespaces finds have no word "
                   "here",
                   expected, scope);
    }
    if (!value)
        return off("a value with both kinds of quotes has no word in an XPath", expected, scope);
    Rule rule = leaf({Kind::Body, {}, {}}, RuleOperator::XPath, selector + test,
                     JsonObject{{"namespaces", std::move(namespaces)}});
    const bool wanted = comparison != Comparison::Exists || expected.text != "false";
    return wanted ? rule : opposite(std::move(rule));
}

Rule byXPath(Comparison comparison, const Node &expected, const Parameters &parameters,
             StubScope &scope)
{
    const Node &config = *parameters.xPath;
    const std::string selector = recorded::textOf(&config, "selector");
    if (!selector.starts_with('/'))
        return off("the XPath " + text::inQuotes(selector)
                       + " has no word here, as it does not begin with a slash",
                   config, scope);
    if (!parameters.caseSensitive)
        scope.changedOnce("names in an XPath are compared in their case here", config.start);
    const Node *names = recorded::mapOf(&config, "ns");
    std::vector<Rule> rules;
    const std::vector<Node> one{expected};
    for (const Node &value : expected.isList() ? expected.items : one) {
        if (!value.isScalar())
            return off("an object that an XPath is to find", value, scope);
        if (names && !names->keys.empty() && !parameters.except.empty())
            return off("'except' beside namespaces has no word here", value, scope);
        rules.push_back(
            names && !names->keys.empty()
                ? byXPathWithNames(comparison, value, parameters, *names, selector, scope)
                : compareValue({Kind::BodyXPath, selector, {}}, comparison, value, parameters,
                               scope));
    }
    return rules.empty() ? always() : allOf(std::move(rules));
}

} // namespace

Rule compareBody(Comparison comparison, const Node &expected, const Parameters &parameters,
                 StubScope &scope)
{
    const RuleTarget body{Kind::Body, {}, {}};
    if (parameters.jsonPath)
        return bySelector(comparison, expected, parameters, scope);
    if (parameters.xPath)
        return byXPath(comparison, expected, parameters, scope);
    if (comparison == Comparison::Exists && expected.isScalar()) {
        Rule some = leaf(body, RuleOperator::Matches, "[\\s\\S]");
        return expected.text != "false" ? some : opposite(std::move(some));
    }
    if (expected.isScalar())
        return compareValue(body, comparison, expected, parameters, scope);
    if (comparison == Comparison::DeepEquals)
        return wholeJson(body, expected, parameters, scope);
    return compareJson("$", comparison, expected, parameters, scope);
}

} // namespace understudy::formats::mountebank
