// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockserver/named.h"

#include "core/base/text.h"
#include "core/formats/mockserver/nottable.h"
#include "core/formats/mockserver/path.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"
#include "core/http/uri.h"

namespace understudy::formats::mockserver {

using recorded::fieldOf;
using yaml::Node;
using Kind = RuleTarget::Kind;

namespace {

/// A name and what its values have to be.
struct NamedEntry
{
    Nottable name;
    std::vector<Nottable> values;
};

std::vector<Nottable> valuesOf(const Node &node)
{
    std::vector<Nottable> out;
    if (!node.isList())
        out.push_back(readNottable(node));
    for (const Node &item : node.items) {
        if (node.isList())
            out.push_back(readNottable(item));
    }
    return out;
}

std::vector<NamedEntry> entriesOf(const Node &named, const Translation &scope)
{
    std::vector<NamedEntry> out;
    for (std::size_t i = 0; named.isMap() && i < named.items.size(); ++i) {
        const Node::Key &key = named.keys[i];
        if (key.text != "keyMatchStyle")
            out.push_back({readNottable(key.text, key.at), valuesOf(named.items[i])});
        else if (named.items[i].text == "MATCHING_KEY")
            scope.changed("'keyMatchStyle': one value of a name has to be one of those given, the "
                          "others do not count",
                          key.at);
    }
    for (const Node &item : named.items) {
        if (!named.isList())
            break;
        const Node *name = fieldOf(&item, "name");
        const Node *values = fieldOf(&item, "values");
        if (!values)
            values = fieldOf(&item, "value");
        if (name)
            out.push_back(
                {readNottable(*name), values ? valuesOf(*values) : std::vector<Nottable>{}});
        else
            scope.notServed("an entry without a name is not compared", item.start);
    }
    return out;
}

/// A parameter whose name is an expression: looked for in the query as it was sent.
Rule queryPattern(const NamedEntry &entry, const Translation &scope)
{
    scope.changed("the name of the parameter " + text::inQuotes(recorded::oneLine(entry.name.value))
                      + " is an expression: the query is compared as it was sent, encoded",
                  entry.name.at);
    const std::string name = expressionOf(entry.name.value, entry.name.at, scope);
    std::vector<Rule> rules;
    const auto find = [&](const std::string &value, bool isNot) {
        Rule rule = leaf(Kind::Url, {}, RuleOperator::Matches,
                         "(?i)[?&](?:" + name + ")" + value + "(?:&|\\z)");
        rules.push_back(isNot ? noneOf({std::move(rule)}) : std::move(rule));
    };
    const std::string anyValue = "(?:=[^&]*)?";
    for (const Nottable &value : entry.values)
        find(value.isBlank() ? anyValue : "=(?:" + expressionOf(value.value, value.at, scope) + ")",
             value.isNot);
    if (entry.values.empty())
        find(anyValue, false);
    return allOf(std::move(rules));
}

Rule entryRule(const RuleTarget &target, const NamedEntry &entry, const Translation &scope)
{
    std::vector<Rule> rules;
    const auto isThere = [&] { return leaf(target, RuleOperator::Absent, false); };
    for (const Nottable &value : entry.values) {
        // Another value is asked for, not none.
        if (value.isNot)
            rules.push_back(isThere());
        rules.push_back(valueRule(target, value, scope));
    }
    return rules.empty() ? isThere() : allOf(std::move(rules));
}

} // namespace

void namedRules(Kind kind, const Node &named, std::vector<Rule> &rules, Translation &scope)
{
    if (named.isScalar()) {
        scope.switchOff("headers, parameters and cookies are an object or a list", named.start);
        return;
    }
    for (const NamedEntry &entry : entriesOf(named, scope)) {
        const bool isPattern = entry.name.isPattern() || entry.name.schema;
        std::string name = entry.name.value;
        if (isPattern && kind != Kind::Query) {
            scope.switchOff("the name " + text::inQuotes(recorded::oneLine(name))
                                + " is an expression, which rules have no word for",
                            entry.name.at);
            continue;
        }
        if (entry.name.isBlank())
            continue;
        if (kind == Kind::PathParameter)
            name = parameterName(name);
        const RuleTarget target{kind, name, {}};
        Rule rule = isPattern ? queryPattern(entry, scope) : entryRule(target, entry, scope);
        if (entry.name.isNot) {
            rules.push_back(isPattern ? noneOf({std::move(rule)})
                                      : leaf(target, RuleOperator::Absent, true));
            continue;
        }
        if (entry.name.isOptional && !isPattern)
            rule = anyOf({leaf(target, RuleOperator::Absent, true), std::move(rule)});
        rules.push_back(std::move(rule));
    }
}

} // namespace understudy::formats::mockserver
