// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/predicate_export.h"

#include "core/base/text.h"
#include "core/formats/mountebank/condition_export.h"
#include "core/formats/mountebank/fields.h"
#include "core/model/operator_catalogue.h"

namespace understudy::formats::mountebank {

namespace {

using Kind = RuleTarget::Kind;

class RulePredicate
{
public:
    explicit RulePredicate(std::string &why)
        : m_why(why)
    {}

    std::optional<JsonObject> write(const Rule &rule)
    {
        if (const auto *leaf = std::get_if<RuleLeaf>(&rule.node))
            return writeLeaf(*leaf);
        const auto &group = std::get<RuleGroup>(rule.node);
        JsonArray parts;
        if (!addParts(group, parts))
            return std::nullopt;
        if (group.kind == RuleGroup::Kind::Any)
            return combined("or", std::move(parts));
        if (group.kind == RuleGroup::Kind::All)
            return combined("and", std::move(parts));
        return oppositeOf(combined("or", std::move(parts)));
    }

private:
    bool addParts(const RuleGroup &group, JsonArray &parts)
    {
        const auto [whole, closing] = wholeNames(group);
        if (whole)
            parts.emplace_back(*whole);
        for (const Rule &rule : group.rules) {
            if (whole && isPartOfWhole(rule, closing))
                continue;
            auto part = write(rule);
            if (!part)
                return false;
            parts.emplace_back(*std::move(part));
        }
        return true;
    }

    static bool isPartOfWhole(const Rule &rule, const RuleLeaf *closing)
    {
        const auto *leaf = std::get_if<RuleLeaf>(&rule.node);
        const Kind kind = closing->target.kind == Kind::Url ? Kind::Query : Kind::Form;
        return leaf && (leaf == closing || leaf->target.kind == kind);
    }

    /// What an import makes of 'deepEquals': values of names, and that there are no others.
    static std::pair<std::optional<JsonObject>, const RuleLeaf *> wholeNames(const RuleGroup &group)
    {
        for (const Rule &rule : group.rules) {
            const auto *closing = std::get_if<RuleLeaf>(&rule.node);
            if (group.kind != RuleGroup::Kind::All || !closing || closing->conditions.size() != 1
                || closing->conditions[0].op != RuleOperator::Matches
                || (closing->target.kind != Kind::Url && closing->target.kind != Kind::Body))
                continue;
            const bool isUrl = closing->target.kind == Kind::Url;
            yaml::Node expected = yaml::Node::map();
            bool isSensitive = false;
            for (const Rule &other : group.rules) {
                const auto *leaf = std::get_if<RuleLeaf>(&other.node);
                if (!leaf || leaf->target.kind != (isUrl ? Kind::Query : Kind::Form))
                    continue;
                const Condition &condition = leaf->conditions[0];
                isSensitive |= condition.op == RuleOperator::Equals
                               && text::toLower(plainText(condition.value))
                                      != text::toUpper(plainText(condition.value));
                addValue(expected, leaf->target.name, plainText(condition.value));
            }
            for (const bool sensitive : {isSensitive, !isSensitive}) {
                Parameters parameters;
                parameters.caseSensitive = sensitive;
                const Rule made = onlyTheseNames(closing->target, expected, parameters);
                if (std::get<RuleLeaf>(made.node) != *closing)
                    continue;
                JsonObject whole{
                    {"deepEquals", JsonObject{{isUrl ? "query" : "form", yaml::toJson(expected)}}}};
                if (sensitive)
                    whole.set("caseSensitive", true);
                return {std::move(whole), closing};
            }
        }
        return {std::nullopt, nullptr};
    }

    static void addValue(yaml::Node &map, const std::string &name, const std::string &value)
    {
        for (std::size_t i = 0; i < map.keys.size(); ++i) {
            if (map.keys[i].text != name)
                continue;
            if (!map.items[i].isList()) {
                yaml::Node list = yaml::Node::list();
                list.items.push_back(map.items[i]);
                map.items[i] = std::move(list);
            }
            map.items[i].items.push_back(yaml::Node::ofText(value));
            return;
        }
        map.add(name, yaml::Node::ofText(value));
    }

    std::optional<JsonObject> writeLeaf(const RuleLeaf &leaf)
    {
        JsonArray all;
        for (const Condition &condition : leaf.conditions) {
            auto predicate = conditionPredicate(leaf.target, condition);
            if (!predicate) {
                m_why = "'" + ruleTargetText(leaf.target) + "' with '"
                        + std::string(operatorTraits(condition.op).name) + "'";
                return std::nullopt;
            }
            all.emplace_back(condition.negated ? oppositeOf(*std::move(predicate))
                                               : *std::move(predicate));
        }
        return combined("and", std::move(all));
    }

    std::string &m_why;
};

} // namespace

std::optional<JsonObject> predicateOf(const Rule &rule, std::string &why)
{
    return RulePredicate(why).write(rule);
}

} // namespace understudy::formats::mountebank
