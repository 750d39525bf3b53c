// SPDX-License-Identifier: Apache-2.0
#include "core/formats/pact/matching_rules.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"

#include <algorithm>

namespace understudy::formats::pact {

using recorded::fieldOf;
using recorded::textOf;
using yaml::Node;

namespace {

/// More would make the choice for each value of a body too long.
constexpr std::size_t kMostRules = 2'000;

/// `$.a['b c'][0][*].*` without its `$`.
ValuePath parseWay(std::string_view text)
{
    ValuePath out;
    if (text.starts_with('$'))
        text.remove_prefix(1);
    while (!text.empty()) {
        std::string token;
        bool isQuoted = false;
        if (text.front() == '[') {
            text.remove_prefix(1);
            const char quote = text.empty() ? '\0' : text.front();
            isQuoted = quote == '\'' || quote == '"';
            if (isQuoted)
                text.remove_prefix(1);
            const std::size_t end = std::min(text.find(isQuoted ? quote : ']'), text.size());
            token = text.substr(0, end);
            text.remove_prefix(end);
            const std::size_t close = std::min(text.find(']'), text.size());
            text.remove_prefix(std::min(close + 1, text.size()));
        } else {
            if (text.front() == '.')
                text.remove_prefix(1);
            const std::size_t end = std::min(text.find_first_of(".["), text.size());
            token = text.substr(0, end);
            text.remove_prefix(end);
        }
        if (!token.empty() || isQuoted)
            out.push_back({token, token == "*" && !isQuoted});
    }
    return out;
}

MatcherSet setOf(const Node &rule)
{
    MatcherSet out;
    if (const Node *matchers = fieldOf(&rule, "matchers")) {
        for (const Node &matcher : matchers->items) {
            if (matcher.isMap())
                out.matchers.push_back(&matcher);
        }
        out.isAnyOf = textOf(&rule, "combine") == "OR";
    } else if (rule.isMap()) {
        out.matchers.push_back(&rule);
    }
    return out;
}

} // namespace

std::string kindOf(const Node &matcher)
{
    std::string kind = textOf(&matcher, "match");
    if (!kind.empty())
        return kind;
    for (const std::string_view key : {"regex", "min", "max", "timestamp", "time", "date"}) {
        if (matcher.find(key))
            return key == "min" || key == "max" ? "type" : std::string(key);
    }
    return "equality";
}

const Node *MatcherSet::find(std::string_view kind) const
{
    const auto found = std::find_if(matchers.begin(), matchers.end(),
                                    [&](const Node *matcher) { return kindOf(*matcher) == kind; });
    return found == matchers.end() ? nullptr : *found;
}

bool MatcherSet::has(std::string_view kind) const { return find(kind) != nullptr; }

MatchingRules::MatchingRules(const Node *rules)
{
    for (std::size_t i = 0; rules && rules->isMap() && i < rules->items.size(); ++i) {
        const std::string &key = rules->keys[i].text;
        if (key.starts_with('$'))
            addOld(key, rules->items[i]);
        else
            addCategory(key, rules->items[i]);
    }
}

void MatchingRules::addOld(const std::string &key, const Node &rule)
{
    ValuePath way = parseWay(key);
    if (way.empty())
        return;
    const std::string category = way.front().text;
    way.erase(way.begin());
    std::vector<Row> *rows = category == "path"                              ? &m_path
                             : category == "header" || category == "headers" ? &m_header
                             : category == "query"                           ? &m_query
                             : category == "body"                            ? &m_body
                                                                             : nullptr;
    if (rows)
        addRow(*rows, std::move(way), rule);
}

void MatchingRules::addCategory(const std::string &category, const Node &rules)
{
    if (category == "path") {
        m_path.push_back({{}, setOf(rules)});
        return;
    }
    std::vector<Row> *rows = category == "header"  ? &m_header
                             : category == "query" ? &m_query
                             : category == "body"  ? &m_body
                                                   : nullptr;
    for (std::size_t i = 0; rows && rules.isMap() && i < rules.items.size(); ++i)
        addRow(*rows, parseWay(rules.keys[i].text), rules.items[i]);
}

void MatchingRules::addRow(std::vector<Row> &rows, ValuePath path, const Node &rule)
{
    if (rows.size() < kMostRules)
        rows.push_back({std::move(path), setOf(rule)});
    else
        m_wasCut = true;
}

const MatcherSet *MatchingRules::ofPath() const
{
    return m_path.empty() ? nullptr : &m_path.front().set;
}

const MatcherSet *MatchingRules::named(const std::vector<Row> &rows, std::string_view name,
                                       bool ignoresCase)
{
    for (const Row &row : rows) {
        const std::string_view own = row.path.empty() ? std::string_view() : row.path.front().text;
        if (own == name || (ignoresCase && text::equalsIgnoreCase(own, name)))
            return &row.set;
    }
    return nullptr;
}

const MatcherSet *MatchingRules::ofHeader(std::string_view name) const
{
    return named(m_header, name, true);
}

const MatcherSet *MatchingRules::ofQuery(std::string_view name) const
{
    return named(m_query, name, false);
}

MatchingRules::Found MatchingRules::ofBody(const ValuePath &path) const
{
    Found best;
    std::size_t bestLength = 0;
    std::size_t bestNames = 0;
    for (const Row &row : m_body) {
        if (row.path.size() > path.size())
            continue;
        std::size_t names = 0;
        bool fits = true;
        for (std::size_t i = 0; i < row.path.size() && fits; ++i) {
            fits = row.path[i].isAny || row.path[i].text == path[i].text;
            names += row.path[i].isAny ? 0 : 1;
        }
        const bool isOwn = row.path.size() == path.size();
        // What is said of the keys of an object says nothing of what lies in it.
        if (!fits
            || (!isOwn
                && (row.set.has("values") || row.set.has("eachKey") || row.set.has("eachValue")
                    || row.set.has("arrayContains"))))
            continue;
        const bool isBetter = !best.set || row.path.size() > bestLength
                              || (row.path.size() == bestLength && names > bestNames);
        if (!isBetter)
            continue;
        best = {&row.set, isOwn};
        bestLength = row.path.size();
        bestNames = names;
    }
    return best;
}

} // namespace understudy::formats::pact
