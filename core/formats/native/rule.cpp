// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/tables.h"
#include "core/model/operator_catalogue.h"

#include <algorithm>
#include <array>

/// The tree under `when`: groups, targets, operators and their options.
namespace understudy::formats::native {

namespace {

constexpr std::array<std::pair<RuleGroup::Kind, std::string_view>, 3> kGroups{{
    {RuleGroup::Kind::All, "all"},
    {RuleGroup::Kind::Any, "any"},
    {RuleGroup::Kind::None, "none"},
}};
constexpr std::string_view kNot = "not";

std::optional<RuleGroup::Kind> groupKind(std::string_view name)
{
    for (const auto &[kind, text] : kGroups) {
        if (text == name)
            return kind;
    }
    return std::nullopt;
}

/// The first operator that has an option of that name; null if none has.
const OperatorTraits *ownerOfOption(std::string_view name)
{
    for (const OperatorTraits &traits : operatorCatalogue()) {
        if (findOption(traits, name))
            return &traits;
    }
    return nullptr;
}

// --- Values ---

void readTextValue(Reader &reader, const Node &node, JsonValue &value)
{
    std::string text;
    TextCodec{}.read(reader, node, text);
    value = text;
}

void readScalarValue(Reader &reader, const Node &node, JsonValue &value)
{
    if (node.isScalar() && !node.isNull())
        value = yaml::scalarToJson(node);
    else
        reader.expected(node, "a text or a number");
}

void readChoices(Reader &reader, const Node &node, JsonValue &value)
{
    if (!node.isList() || node.items.empty()) {
        reader.expected(node, "a list of values");
        return;
    }
    JsonArray list(node.items.size());
    for (std::size_t i = 0; i < node.items.size(); ++i)
        readScalarValue(reader, node.items[i], list[i]);
    value = std::move(list);
}

void readValue(Reader &reader, const Node &node, OperatorValue kind, JsonValue &value)
{
    switch (kind) {
    case OperatorValue::Flag: {
        bool flag = true;
        FlagCodec{}.read(reader, node, flag);
        value = flag;
        return;
    }
    case OperatorValue::Json:
        value = readJsonTree(reader, node);
        return;
    case OperatorValue::Choices:
        readChoices(reader, node, value);
        return;
    case OperatorValue::List:
        JsonCodec{}.read(reader, node, value);
        return;
    case OperatorValue::Text:
        readTextValue(reader, node, value);
        return;
    case OperatorValue::Word:
    case OperatorValue::Scalar:
    case OperatorValue::Number:
        readScalarValue(reader, node, value);
        return;
    }
}

void readOption(Reader &reader, const Node &node, const OperatorOption &option,
                Condition &condition)
{
    switch (option.kind) {
    case OperatorOption::Kind::Names:
        if (!node.isMap())
            reader.expected(node, "a map of prefixes and addresses");
        break;
    case OperatorOption::Kind::Flag: {
        bool flag = false;
        FlagCodec{}.read(reader, node, flag);
        break;
    }
    }
    condition.options.set(option.name, readJsonTree(reader, node));
}

// --- Conditions: maps of operators ---

/// Options stand beside their operator; `not` holds one operator with its own.
class ConditionReader
{
public:
    ConditionReader(Reader &reader, std::vector<Condition> &conditions)
        : m_reader(reader)
        , m_conditions(conditions)
    {}

    void read(const Node &node, bool negated)
    {
        if (!node.isMap() || node.items.empty()) {
            m_reader.expected(node, "an operator and its value, such as {equals: …}");
            return;
        }
        const std::size_t begin = m_conditions.size();
        for (std::size_t i = 0; i < node.keys.size(); ++i)
            entry(node, i, negated);
        options(node, begin);
        if (negated && m_conditions.size() > begin + 1)
            m_reader.error(node.start, "'not' takes one operator; write a list for several");
    }

private:
    void entry(const Node &node, std::size_t i, bool negated)
    {
        const Node::Key &key = node.keys[i];
        const Node &value = node.items[i];
        if (const OperatorTraits *traits = findOperator(key.text)) {
            Condition condition;
            condition.op = traits->op;
            condition.negated = negated;
            readValue(m_reader, value, traits->value, condition.value);
            m_conditions.push_back(std::move(condition));
        } else if (key.text == kNot && !negated) {
            if (!value.isList())
                read(value, true);
            for (const Node &item : value.items) {
                if (value.isList())
                    read(item, true);
            }
            if (value.isList() && value.items.empty())
                m_reader.expected(value, "an operator and its value, such as {equals: …}");
        } else if (!ownerOfOption(key.text)) {
            std::vector<std::string_view> known;
            for (const OperatorTraits &entry : operatorCatalogue())
                known.push_back(entry.name);
            if (!negated)
                known.push_back(kNot);
            m_reader.unknownName(key.at, "operator", key.text, known);
        }
    }

    void options(const Node &node, std::size_t begin)
    {
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
            const std::string &name = node.keys[i].text;
            const OperatorTraits *known = ownerOfOption(name);
            if (!known)
                continue;
            // The operators of this map, not those of its `not`, which are negated.
            const auto owner
                = std::find_if(m_conditions.begin() + static_cast<std::ptrdiff_t>(begin),
                               m_conditions.end(), [&](const Condition &c) {
                                   const OperatorTraits &traits = operatorTraits(c.op);
                                   return node.find(traits.name) && findOption(traits, name);
                               });
            if (owner == m_conditions.end())
                m_reader.error(node.keys[i].at, "'" + name + "' belongs to the operator '"
                                                    + std::string(known->name) + "'");
            else
                readOption(m_reader, node.items[i], *findOption(operatorTraits(owner->op), name),
                           *owner);
        }
    }

    Reader &m_reader;
    std::vector<Condition> &m_conditions;
};

Node writeCondition(const Condition &condition)
{
    Node out = Node::map();
    out.add(operatorTraits(condition.op).name, yaml::fromJson(condition.value));
    for (const auto &[name, value] : condition.options)
        out.add(name, yaml::fromJson(value));
    return out;
}

/// Whether a map of operators reads well on one line.
bool isShort(const Node &node)
{
    if (node.isScalar())
        return node.text.find('\n') == std::string::npos && node.text.size() <= 80;
    constexpr std::size_t kMost = 8;
    return node.items.size() <= kMost
           && std::all_of(node.items.begin(), node.items.end(), [](const Node &item) {
                  return isShort(item) && !(item.isMap() && !item.flow);
              });
}

void flatten(Node &node)
{
    if (node.isScalar())
        return;
    for (Node &item : node.items) {
        if (item.isList() || node.find(kNot) == &item)
            flatten(item);
    }
    node.flow = isShort(node);
}

/// One map where every operator stands once; a list of maps where the same operator stands several
/// times.
Node writeConditions(const std::vector<Condition> &conditions)
{
    Node map = Node::map();
    Node list = Node::list();
    bool unique = true;
    for (const Condition &condition : conditions) {
        Node one = writeCondition(condition);
        if (condition.negated) {
            Node negated = Node::map();
            negated.add(kNot, std::move(one));
            one = std::move(negated);
        }
        flatten(one);
        for (std::size_t i = 0; i < one.keys.size(); ++i) {
            unique = unique && !map.find(one.keys[i].text);
            map.add(one.keys[i].text, one.items[i]);
        }
        list.items.push_back(std::move(one));
    }
    flatten(map);
    return unique ? map : list;
}

// --- The tree ---

void readLeaf(Reader &reader, const Node::Key &key, const Node &node, Rule &rule)
{
    RuleLeaf leaf;
    if (!parseRuleTarget(key.text, leaf.target)) {
        static const std::vector<std::string_view> known{
            "all",         "any",
            "none",        "method",
            "path",        "url",
            "path.NAME",   "query.NAME",
            "header.NAME", "cookie.NAME",
            "form.NAME",   "body",
            "part.NAME",   "host",
            "port",        "scheme",
            "client",      "client.certificate.subject",
            "count",       "state.SCENARIO",
            "bucket.NAME", "jwt.CLAIM",
            "expression"};
        // `heder.Accept` is near to `header.NAME` only once the names are alike.
        const std::size_t dot = key.text.find('.');
        std::vector<std::string> likely;
        for (const std::string_view name : known) {
            const std::size_t end = name.find('.');
            if (dot != std::string::npos && end != std::string_view::npos
                && name != "client.certificate.subject")
                likely.push_back(std::string(name.substr(0, end)) + key.text.substr(dot));
            else
                likely.emplace_back(name);
        }
        std::erase(likely, key.text); // `query.` is near to itself
        reader.unknownName(key.at, "target of a rule", key.text, {likely.begin(), likely.end()});
        return;
    }
    ConditionReader conditions(reader, leaf.conditions);
    if (!node.isList())
        conditions.read(node, false);
    for (const Node &item : node.items) {
        if (node.isList())
            conditions.read(item, false);
    }
    if (node.isList() && node.items.empty())
        reader.expected(node, "an operator and its value, such as {equals: …}");
    rule.node = std::move(leaf);
}

void readRule(Reader &reader, const Node &node, Rule &rule);

void readList(Reader &reader, const Node &node, RuleGroup &group)
{
    if (!node.isList()) {
        reader.expected(node, "a list of rules");
        return;
    }
    for (const Node &item : node.items)
        readRule(reader, item, group.rules.emplace_back());
}

void readEntry(Reader &reader, const Node::Key &key, const Node &node, Rule &rule)
{
    const auto kind = groupKind(key.text);
    if (!kind) {
        readLeaf(reader, key, node, rule);
        return;
    }
    RuleGroup group;
    group.kind = *kind;
    readList(reader, node, group);
    rule.node = std::move(group);
}

void readRule(Reader &reader, const Node &node, Rule &rule)
{
    RuleGroup all;
    if (node.isList()) {
        readList(reader, node, all);
        rule.node = std::move(all);
        return;
    }
    if (!node.isMap() || node.items.empty()) {
        reader.expected(node, "rules: a list, or a map with a target, all, any or none");
        return;
    }
    if (node.items.size() == 1) {
        readEntry(reader, node.keys[0], node.items[0], rule);
        return;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i)
        readEntry(reader, node.keys[i], node.items[i], all.rules.emplace_back());
    rule.node = std::move(all);
}

Node writeRule(const Rule &rule, bool top)
{
    if (const auto *leaf = std::get_if<RuleLeaf>(&rule.node)) {
        Node out = Node::map();
        out.add(ruleTargetText(leaf->target), writeConditions(leaf->conditions));
        return out;
    }
    const auto &group = std::get<RuleGroup>(rule.node);
    Node list = Node::list();
    for (const Rule &inner : group.rules)
        list.items.push_back(writeRule(inner, false));
    // Directly under `when` a list is enough; further in, the word reads better than a list in a
    // list.
    if (top && group.kind == RuleGroup::Kind::All)
        return list;
    Node out = Node::map();
    const auto name = std::find_if(kGroups.begin(), kGroups.end(),
                                   [&](const auto &entry) { return entry.first == group.kind; });
    out.add(name->second, std::move(list));
    return out;
}

} // namespace

void RuleCodec::read(Reader &reader, const Node &node, Rule &value) const
{
    readRule(reader, node, value);
}

Node RuleCodec::write(const Rule &value) const { return writeRule(value, true); }

} // namespace understudy::formats::native
