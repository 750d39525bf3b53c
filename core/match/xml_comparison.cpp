// SPDX-License-Identifier: Apache-2.0
#include "core/match/xml_comparison.h"

#include <algorithm>
#include <bit>
#include <compare>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy {

namespace {

constexpr std::uint64_t kPartWork = 40; // of an attribute, a child, a look at a prefix
constexpr std::size_t kMaxDepth = 500;  // as deep as an XPath may look

/// A name as namespaces mean it; both views lead into the document.
struct Name
{
    std::string_view uri;
    std::string_view local;

    auto operator<=>(const Name &) const = default;
    bool operator==(const Name &) const = default;
};

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t from = text.find_first_not_of(kBlanks);
    return from == std::string_view::npos
               ? std::string_view{}
               : text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

struct Element
{
    std::vector<std::pair<Name, std::string_view>> attributes; ///< by their names
    std::string text; ///< its own texts; a mark between them where an element is
    std::vector<std::pair<Name, pugi::xml_node>> children; ///< by their names, each in their order
};

/// Reads the elements of one document from the outside to the inside.
class Reader
{
public:
    explicit Reader(WorkBudget &budget)
        : m_budget(budget)
    {}

    /// What an element declares counts until leave() is called.
    void enter(pugi::xml_node node)
    {
        m_scopes.push_back(m_bindings.size());
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (!spend(kPartWork))
                return;
            if (name == "xmlns")
                m_bindings.emplace_back(std::string_view{}, attribute.value());
            else if (name.starts_with("xmlns:"))
                m_bindings.emplace_back(name.substr(6), attribute.value());
        }
    }
    void leave()
    {
        m_bindings.resize(m_scopes.back());
        m_scopes.pop_back();
    }

    /// Of an element that was entered. Incomplete where the budget was spent.
    Element read(pugi::xml_node node)
    {
        Element out;
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (!spend(kPartWork))
                return out;
            if (name != "xmlns" && !name.starts_with("xmlns:"))
                out.attributes.emplace_back(nameOf(name, true), attribute.value());
        }
        std::string run;
        for (const pugi::xml_node child : node.children()) {
            if (!spend(kPartWork))
                return out;
            if (child.type() == pugi::node_element) {
                enter(child);
                out.children.emplace_back(nameOf(child.name(), false), child);
                leave();
                addRun(run, out.text);
            } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
                run += child.value();
            }
        }
        addRun(run, out.text);
        if (!spend(out.text.size() + sortingOf(out.attributes.size())
                   + sortingOf(out.children.size())))
            return out;
        std::sort(out.attributes.begin(), out.attributes.end());
        std::stable_sort(out.children.begin(), out.children.end(),
                         [](const auto &a, const auto &b) { return a.first < b.first; });
        return out;
    }

    bool isSpent() const { return m_isSpent; }

private:
    bool spend(std::uint64_t units)
    {
        m_isSpent = m_isSpent || !m_budget.spend(units);
        return !m_isSpent;
    }

    static std::uint64_t sortingOf(std::size_t count)
    {
        return count * static_cast<std::uint64_t>(std::bit_width(count)) * kPartWork;
    }

    static void addRun(std::string &run, std::string &text)
    {
        if (const std::string_view shown = trimmed(run); !shown.empty()) {
            if (!text.empty())
                text += " | ";
            text += shown;
        }
        run.clear();
    }

    Name nameOf(std::string_view written, bool isAttribute)
    {
        const std::size_t colon = written.find(':');
        const bool hasPrefix = colon != std::string_view::npos;
        if (isAttribute && !hasPrefix)
            return {{}, written};
        const std::string_view prefix = hasPrefix ? written.substr(0, colon) : std::string_view{};
        for (auto at = m_bindings.rbegin(); at != m_bindings.rend() && spend(kPartWork); ++at) {
            if (at->first == prefix) {
                spend(at->second.size()); // it will be compared
                return {at->second, written.substr(hasPrefix ? colon + 1 : 0)};
            }
        }
        // A prefix that nothing declares is part of the name.
        return {{}, written};
    }

    WorkBudget &m_budget;
    bool m_isSpent = false;
    std::vector<std::pair<std::string_view, std::string_view>> m_bindings; ///< innermost last
    std::vector<std::size_t> m_scopes;
};

class Comparer
{
public:
    Comparer(WorkBudget &budget, std::string *difference)
        : m_actual(budget)
        , m_expected(budget)
        , m_difference(difference)
    {}

    MatchVerdict compare(pugi::xml_node actual, pugi::xml_node expected, const std::string &place,
                         std::size_t depth)
    {
        if (depth == kMaxDepth)
            return MatchVerdict::Undecided;
        m_actual.enter(actual);
        m_expected.enter(expected);
        const Element is = m_actual.read(actual);
        const Element wanted = m_expected.read(expected);
        MatchVerdict verdict = MatchVerdict::Undecided;
        if (m_actual.isSpent() || m_expected.isSpent())
            verdict = MatchVerdict::Undecided;
        else if (is.text != wanted.text)
            verdict
                = differ(place, "expected the text '" + wanted.text + "', got '" + is.text + '\'');
        else if (is.attributes != wanted.attributes)
            verdict = differ(place, attributeDifference(is, wanted));
        else
            verdict = compareChildren(is, wanted, place, depth);
        m_actual.leave();
        m_expected.leave();
        return verdict;
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
        const auto [a, e] = std::mismatch(is.attributes.begin(), is.attributes.end(),
                                          wanted.attributes.begin(), wanted.attributes.end());
        const bool isMissing
            = e != wanted.attributes.end() && (a == is.attributes.end() || a->first > e->first);
        if (isMissing || (e != wanted.attributes.end() && a->first == e->first))
            return "expected " + std::string(e->first.local) + "=\"" + std::string(e->second)
                   + "\", got "
                   + (isMissing ? "no such attribute" : '"' + std::string(a->second) + '"');
        return "the attribute " + std::string(a->first.local) + " is not expected";
    }

    MatchVerdict differ(const std::string &place, const std::string &what)
    {
        if (m_difference)
            *m_difference = (place.empty() ? "" : place + ": ") + what;
        return MatchVerdict::No;
    }

    Reader m_actual;
    Reader m_expected;
    std::string *m_difference;
};

} // namespace

MatchVerdict equalsXml(const pugi::xml_document &actual, const pugi::xml_document &expected,
                       WorkBudget &budget, std::string *difference)
{
    return Comparer(budget, difference).compare(actual, expected, {}, 0);
}

} // namespace understudy
