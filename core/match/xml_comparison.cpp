// SPDX-License-Identifier: Apache-2.0
#include "core/match/xml_comparison.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy {

namespace {

constexpr std::uint64_t kNodeWork = 100;
constexpr std::size_t kMaxDepth = 500; // as deep as an XPath may look

struct Name
{
    std::string uri;
    std::string_view local;

    bool operator==(const Name &) const = default;
    auto operator<=>(const Name &) const = default;
};

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t from = text.find_first_not_of(kBlanks);
    return from == std::string_view::npos
               ? std::string_view{}
               : text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

bool isDeclaration(std::string_view name) { return name == "xmlns" || name.starts_with("xmlns:"); }

/// The name of a node or an attribute; what a prefix stands for is looked up outwards.
Name nameOf(std::string_view written, pugi::xml_node scope, bool isAttribute)
{
    const std::size_t colon = written.find(':');
    const bool hasPrefix = colon != std::string_view::npos;
    if (isAttribute && !hasPrefix)
        return {{}, written};
    const std::string wanted
        = hasPrefix ? "xmlns:" + std::string(written.substr(0, colon)) : "xmlns";
    for (pugi::xml_node at = scope; at; at = at.parent()) {
        if (const pugi::xml_attribute found = at.attribute(wanted.c_str()))
            return {found.value(), written.substr(hasPrefix ? colon + 1 : 0)};
    }
    // A prefix that nothing declares is part of the name.
    return {{}, written};
}

struct Element
{
    std::vector<std::pair<Name, std::string>> attributes;  ///< by their names
    std::string text;                                      ///< its own texts, one after the other
    std::vector<std::pair<Name, pugi::xml_node>> children; ///< by their names, each in their order
};

Element read(pugi::xml_node node)
{
    Element out;
    for (const pugi::xml_attribute attribute : node.attributes()) {
        if (!isDeclaration(attribute.name()))
            out.attributes.emplace_back(nameOf(attribute.name(), node, true), attribute.value());
    }
    for (const pugi::xml_node child : node.children()) {
        if (child.type() == pugi::node_element)
            out.children.emplace_back(nameOf(child.name(), child, false), child);
        else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
            out.text += trimmed(child.value());
    }
    std::sort(out.attributes.begin(), out.attributes.end());
    std::stable_sort(out.children.begin(), out.children.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    return out;
}

class Comparer
{
public:
    Comparer(WorkBudget &budget, std::string *difference)
        : m_budget(budget)
        , m_difference(difference)
    {}

    MatchVerdict compare(pugi::xml_node actual, pugi::xml_node expected, const std::string &place,
                         std::size_t depth)
    {
        // Each name costs a look at what is around it.
        if (depth == kMaxDepth || !m_budget.spend(kNodeWork * (depth + 1)))
            return MatchVerdict::Undecided;
        const Element is = read(actual);
        const Element wanted = read(expected);
        if (!m_budget.spend((is.attributes.size() + wanted.attributes.size() + is.children.size()
                             + wanted.children.size())
                                * kNodeWork
                            + is.text.size()))
            return MatchVerdict::Undecided;
        if (is.text != wanted.text)
            return differ(place, "expected the text '" + wanted.text + "', got '" + is.text + '\'');
        if (is.attributes != wanted.attributes)
            return differ(place, attributeDifference(is, wanted));
        return compareChildren(is, wanted, place, depth);
    }

private:
    MatchVerdict compareChildren(const Element &is, const Element &wanted, const std::string &place,
                                 std::size_t depth)
    {
        for (std::size_t i = 0; i < std::max(is.children.size(), wanted.children.size()); ++i) {
            const bool isMissing = i >= is.children.size()
                                   || (i < wanted.children.size()
                                       && is.children[i].first > wanted.children[i].first);
            if (isMissing)
                return differ(place, "expected <" + std::string(wanted.children[i].first.local)
                                         + ">, which is not there");
            if (i >= wanted.children.size() || is.children[i].first != wanted.children[i].first)
                return differ(place,
                              "<" + std::string(is.children[i].first.local) + "> is not expected");
            std::string inner;
            if (m_difference)
                inner = place + '/' + std::string(is.children[i].first.local);
            const MatchVerdict same
                = compare(is.children[i].second, wanted.children[i].second, inner, depth + 1);
            if (same != MatchVerdict::Yes)
                return same;
        }
        return MatchVerdict::Yes;
    }

    static std::string attributeDifference(const Element &is, const Element &wanted)
    {
        const auto valueIn = [](const Element &element, const Name &name) -> const std::string * {
            for (const auto &[other, value] : element.attributes) {
                if (other == name)
                    return &value;
            }
            return nullptr;
        };
        for (const auto &[name, value] : wanted.attributes) {
            const std::string *found = valueIn(is, name);
            if (!found || *found != value)
                return "expected " + std::string(name.local) + "=\"" + value + "\", got "
                       + (found ? '"' + *found + '"' : "no such attribute");
        }
        for (const auto &[name, value] : is.attributes) {
            if (!valueIn(wanted, name))
                return "the attribute " + std::string(name.local) + " is not expected";
        }
        return {};
    }

    MatchVerdict differ(const std::string &place, const std::string &what)
    {
        if (m_difference)
            *m_difference = (place.empty() ? "" : place + ": ") + what;
        return MatchVerdict::No;
    }

    WorkBudget &m_budget;
    std::string *m_difference;
};

} // namespace

MatchVerdict equalsXml(const pugi::xml_document &actual, const pugi::xml_document &expected,
                       WorkBudget &budget, std::string *difference)
{
    return Comparer(budget, difference).compare(actual, expected, {}, 0);
}

} // namespace understudy
