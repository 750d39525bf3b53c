// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/predicates.h"

#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/mountebank/fields.h"
#include "core/formats/mountebank/js_pattern.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/recorded/url.h"
#include "core/formats/rule_parts.h"
#include "core/http/header_list.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mountebank {

namespace {

using Kind = RuleTarget::Kind;

constexpr std::size_t kDeepestPredicate = 60;

struct ComparisonRow
{
    std::string_view name;
    Comparison comparison;
};

constexpr std::array kComparisons{
    ComparisonRow{"equals", Comparison::Equals},
    ComparisonRow{"deepEquals", Comparison::DeepEquals},
    ComparisonRow{"contains", Comparison::Contains},
    ComparisonRow{"startsWith", Comparison::StartsWith},
    ComparisonRow{"endsWith", Comparison::EndsWith},
    ComparisonRow{"matches", Comparison::Matches},
    ComparisonRow{"exists", Comparison::Exists},
};

constexpr std::array<std::string_view, 4> kCombining{"not", "or", "and", "inject"};
constexpr std::array<std::string_view, 6> kParameters{
    "caseSensitive", "keyCaseSensitive", "except", "jsonpath", "xpath", "$schema"};

const ComparisonRow *comparisonNamed(std::string_view name)
{
    const auto found = std::find_if(kComparisons.begin(), kComparisons.end(),
                                    [&](const ComparisonRow &row) { return row.name == name; });
    return found == kComparisons.end() ? nullptr : &*found;
}

/// The index of the key that decides; of several the first.
std::optional<std::size_t> decidingKey(const Node &predicate)
{
    for (std::size_t i = 0; predicate.isMap() && i < predicate.keys.size(); ++i) {
        const std::string &key = predicate.keys[i].text;
        if (comparisonNamed(key)
            || std::find(kCombining.begin(), kCombining.end(), key) != kCombining.end())
            return i;
    }
    return std::nullopt;
}

/// A path that is compared with a text, as an expression for all of it.
std::optional<std::string> pathPattern(Comparison comparison, const std::string &text,
                                       const Parameters &parameters)
{
    std::string inner;
    switch (comparison) {
    case Comparison::Contains:
        inner = ".*" + asPattern(text) + ".*";
        break;
    case Comparison::StartsWith:
        inner = asPattern(text) + ".*";
        break;
    case Comparison::EndsWith:
        inner = ".*" + asPattern(text);
        break;
    case Comparison::Matches: {
        const bool isWhole = text.starts_with('^') && text.ends_with('$') && !text.ends_with("\\$")
                             && text.find('|') == std::string::npos;
        const auto pattern = fromJsPattern(
            isWhole ? std::string_view(text).substr(1, text.size() - 2) : std::string_view(text),
            false);
        if (!pattern)
            return std::nullopt;
        inner = isWhole ? *pattern : ".*(?:" + *pattern + ").*";
        break;
    }
    default:
        return std::nullopt;
    }
    return "regex:" + std::string(parameters.caseSensitive ? "" : "(?i)") + inner;
}

class PredicateReader
{
public:
    explicit PredicateReader(StubScope &scope)
        : m_scope(scope)
    {}

    StubRequest read(const std::vector<Node> &predicates)
    {
        // What all requests of the stub have in common is its method and path.
        for (const Node &predicate : predicates)
            conjunct(predicate, 0);
        if (!m_rules.empty())
            m_out.when = allOf(std::move(m_rules));
        return std::move(m_out);
    }

private:
    Rule refused(const std::string &why, yaml::Mark at)
    {
        m_scope.switchOff(why, at);
        return never();
    }

    void conjunct(const Node &predicate, std::size_t depth)
    {
        const auto deciding = decidingKey(predicate);
        const Node *operand = deciding ? &predicate.items[*deciding] : nullptr;
        if (operand && depth < kDeepestPredicate && predicate.keys[*deciding].text == "and"
            && operand->isList()) {
            for (const Node &inner : operand->items)
                conjunct(inner, depth + 1);
            return;
        }
        const ComparisonRow *row
            = operand ? comparisonNamed(predicate.keys[*deciding].text) : nullptr;
        if (!row || !operand->isMap()) {
            m_rules.push_back(rule(predicate, depth));
            return;
        }
        const Parameters parameters = parametersOf(predicate);
        const bool isPlain = parameters.except.empty() && !parameters.jsonPath && !parameters.xPath;
        for (std::size_t i = 0; i < operand->keys.size(); ++i) {
            const std::string &field = operand->keys[i].text;
            const Node &expected = operand->items[i];
            if (isPlain && expected.isScalar() && !expected.isNull()
                && ((field == "method" && placeMethod(row->comparison, expected, parameters))
                    || (field == "path" && placePath(row->comparison, expected, parameters))))
                continue;
            m_rules.push_back(compareField(field, row->comparison, expected, parameters, m_scope));
        }
    }

    bool placeMethod(Comparison comparison, const Node &expected, const Parameters &parameters)
    {
        const bool isWhole
            = comparison == Comparison::Equals || comparison == Comparison::DeepEquals;
        const std::string method = text::toUpper(expected.text);
        if (!isWhole || m_out.methods.front() != "ANY" || !http::isToken(method) || method == "ANY"
            || (parameters.caseSensitive && method != expected.text))
            return false;
        m_out.methods = {method};
        return true;
    }

    bool placePath(Comparison comparison, const Node &expected, const Parameters &parameters)
    {
        if (!m_out.path.empty() || !text::isUtf8(expected.text)
            || (comparison != Comparison::Matches && isNeverSent(expected.text)))
            return false;
        const bool isWhole
            = comparison == Comparison::Equals || comparison == Comparison::DeepEquals;
        if (!isWhole) {
            const bool hasControl
                = std::any_of(expected.text.begin(), expected.text.end(),
                              [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
            auto pattern
                = hasControl ? std::nullopt : pathPattern(comparison, expected.text, parameters);
            if (!pattern || expected.text.find('%') != std::string::npos)
                return false;
            m_out.path = *std::move(pattern);
            return true;
        }
        if (!expected.text.starts_with('/'))
            return false;
        m_out.path = recorded::literalPath(expected.text);
        // Paths of the server count in any case.
        return !parameters.caseSensitive
               || text::toLower(expected.text) == text::toUpper(expected.text);
    }

    Parameters parametersOf(const Node &predicate)
    {
        Parameters out;
        out.caseSensitive = recorded::isTrue(&predicate, "caseSensitive");
        const std::string keys = recorded::textOf(&predicate, "keyCaseSensitive");
        out.keysInAnyCase = keys.empty() ? !out.caseSensitive : keys == "false";
        out.except = recorded::textOf(&predicate, "except");
        out.jsonPath = selectorIn(predicate, "jsonpath");
        out.xPath = selectorIn(predicate, "xpath");
        const auto deciding = decidingKey(predicate);
        for (std::size_t i = 0; i < predicate.keys.size(); ++i) {
            const Node::Key &key = predicate.keys[i];
            if (i != *deciding
                && std::find(kParameters.begin(), kParameters.end(), key.text) == kParameters.end())
                m_scope.notes.notServed(m_scope.subject,
                                        text::inQuotes(key.text)
                                            + " beside the first operator of a predicate has no "
                                              "effect, as in mountebank",
                                        key.at);
        }
        return out;
    }

    const Node *selectorIn(const Node &predicate, std::string_view key)
    {
        const Node *config = recorded::fieldOf(&predicate, key);
        if (config && !config->isNull() && !config->isMap())
            m_scope.switchOff("the selector of " + text::inQuotes(key) + " is no object",
                              config->start);
        return config && config->isMap() ? config : nullptr;
    }

    std::vector<Rule> rulesOf(const Node &predicates, std::size_t depth)
    {
        std::vector<Rule> out;
        if (!predicates.isList())
            m_scope.switchOff("'and' and 'or' take a list of predicates", predicates.start);
        for (const Node &one : predicates.isList() ? predicates.items : std::vector<Node>())
            out.push_back(rule(one, depth + 1));
        return out;
    }

    Rule rule(const Node &predicate, std::size_t depth)
    {
        const auto deciding = decidingKey(predicate);
        if (!deciding)
            return refused("this is no predicate of mountebank", predicate.start);
        const std::string &name = predicate.keys[*deciding].text;
        const Node &operand = predicate.items[*deciding];
        if (depth > kDeepestPredicate)
            return refused("predicates that are nested too deep", operand.start);
        const Parameters parameters = parametersOf(predicate);
        if (name == "inject")
            return refused("a predicate in JavaScript is not run", predicate.keys[*deciding].at);
        if (name == "not")
            return opposite(rule(operand, depth + 1));
        if (name == "or" || name == "and") {
            std::vector<Rule> rules = rulesOf(operand, depth);
            if (rules.empty())
                return name == "or" ? never() : always();
            return name == "or" ? anyOf(std::move(rules)) : allOf(std::move(rules));
        }
        if (!operand.isMap())
            return refused(text::inQuotes(name) + " takes an object of fields", operand.start);
        std::vector<Rule> rules;
        for (std::size_t i = 0; i < operand.keys.size(); ++i)
            rules.push_back(compareField(operand.keys[i].text, comparisonNamed(name)->comparison,
                                         operand.items[i], parameters, m_scope));
        return rules.empty() ? always() : allOf(std::move(rules));
    }

    StubScope &m_scope;
    StubRequest m_out;
    std::vector<Rule> m_rules;
};

} // namespace

StubRequest translatePredicates(const Node *predicates, StubScope &scope)
{
    if (!predicates || predicates->isNull())
        return {};
    if (!predicates->isList()) {
        scope.switchOff("'predicates' is no list", predicates->start);
        return {};
    }
    return PredicateReader(scope).read(predicates->items);
}

std::string subjectOf(const Node *predicates)
{
    std::string method;
    std::string path;
    for (const Node &predicate : predicates ? predicates->items : std::vector<Node>()) {
        const auto deciding = decidingKey(predicate);
        if (!deciding || !comparisonNamed(predicate.keys[*deciding].text))
            continue;
        const Node &fields = predicate.items[*deciding];
        if (method.empty())
            method = recorded::textOf(&fields, "method");
        if (path.empty())
            path = recorded::textOf(&fields, "path");
    }
    if (path.empty())
        return {};
    return recorded::oneLine((method.empty() ? "ANY" : text::toUpper(method)) + ' ' + path);
}

} // namespace understudy::formats::mountebank
