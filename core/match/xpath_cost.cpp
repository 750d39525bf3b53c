// SPDX-License-Identifier: Apache-2.0
#include "core/match/xpath_cost.h"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace understudy::xpath {

namespace {

using Kind = Token::Kind;

// Of one node that a step visits, measured with pugixml on documents larger than the caches.
constexpr double kVisit = 12;
// Text is copied at about this many bytes a unit.
constexpr double kBytesPerUnit = 4;

std::string_view localNameOf(std::string_view name)
{
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// A node set, or the node sets of many evaluations together.
struct Flow
{
    double total = 1; ///< nodes in all of them
    double often = 1; ///< how many of them the commonest node is in
    double peak = 1;  ///< nodes in the largest
};

class Estimate
{
public:
    Estimate(const std::vector<Token> &tokens, const DocumentFacts &facts)
        : m_tokens(tokens)
        , m_facts(facts)
    {}

    double run()
    {
        expression({}, false);
        return m_work;
    }

private:
    const Token *peek() const { return m_at < m_tokens.size() ? &m_tokens[m_at] : nullptr; }
    bool at(std::string_view mark) const { return peek() && peek()->is(mark); }
    bool take(std::string_view mark)
    {
        const bool found = at(mark);
        m_at += found ? 1 : 0;
        return found;
    }

    void readText(const Flow &flow)
    {
        m_work
            += std::min(flow.total * m_facts.bytes, flow.often * m_facts.textBytes) / kBytesPerUnit;
        m_work += std::min(flow.total * m_facts.nodes, flow.often * m_facts.subtrees) * kVisit;
    }

    /// Everything up to the bracket or comma that ends it, asked in `context`; the node sets that
    /// it may select. `asText`: their texts are looked at.
    Flow expression(const Flow &context, bool asText)
    {
        Flow result{0, 0, 0};
        Flow left{0, 0, 0};
        bool compares = false;
        while (peek() && !at(")") && !at("]") && !at(",")) {
            if (peek()->kind == Kind::Operator) {
                const std::string_view name = peek()->text;
                compares
                    = name == "=" || name == "!=" || name.starts_with('<') || name.starts_with('>');
                const bool calculates = name != "|" && name != "and" && name != "or";
                if (compares || calculates)
                    readText(left);
                if (!compares)
                    left = {0, 0, 0};
                ++m_at;
                if (calculates)
                    m_readsNext = true;
                continue;
            }
            const std::size_t from = m_at;
            const Flow operand = path(context);
            if (m_at == from)
                ++m_at; // nothing that is a path can begin with
            if (asText || m_readsNext)
                readText(operand);
            m_readsNext = false;
            if (compares)
                m_work += left.total * operand.peak * kVisit * 4;
            compares = false;
            left = operand;
            result.total += operand.total;
            result.often += operand.often;
            result.peak = std::max(result.peak, operand.peak);
        }
        return result;
    }

    Flow arguments(const Flow &context, bool asText)
    {
        Flow result{0, 0, 0};
        take("(");
        while (peek() && !at(")")) {
            const Flow one = expression(context, asText);
            result = one.total > result.total ? one : result;
            if (!take(",") && !at(")"))
                break;
        }
        take(")");
        return result;
    }

    /// A location path, a call, a literal, something in parentheses with what follows it.
    Flow path(const Flow &context)
    {
        const double evaluations = context.total;
        Flow flow = context;
        flow.peak = 1;
        bool atRoot = false;
        bool descends = false;
        if (at("/") || at("//")) {
            descends = at("//");
            ++m_at;
            flow = {evaluations, evaluations, 1};
            atRoot = true;
        } else if (at("(")) {
            flow = arguments(context, false);
            predicates(flow);
        } else if (peek()->kind == Kind::Function && !isNodeType(peek()->text)) {
            call(context);
            return {0, 0, 0};
        } else if (peek()->kind == Kind::Literal || peek()->kind == Kind::Number
                   || peek()->kind == Kind::Variable) {
            ++m_at;
            return {0, 0, 0};
        } else {
            flow = step(flow, evaluations, false, false);
        }
        if (atRoot && beginsStep())
            flow = step(flow, evaluations, true, descends);
        while (at("/") || at("//")) {
            const bool deep = at("//");
            ++m_at;
            if (!beginsStep())
                break;
            flow = step(flow, evaluations, false, deep);
        }
        return flow;
    }

    static bool isNodeType(std::string_view name)
    {
        return name == "node" || name == "text" || name == "comment"
               || name == "processing-instruction";
    }

    void call(const Flow &context)
    {
        constexpr std::array<std::string_view, 7> kPlain{
            "count", "not", "boolean", "name", "local-name", "namespace-uri", "position"};
        const std::string_view name = peek()->text;
        ++m_at;
        const bool asText = std::find(kPlain.begin(), kPlain.end(), name) == kPlain.end();
        const std::size_t from = m_at;
        arguments(context, asText);
        m_work += context.total * kVisit;
        if (name == "namespace-uri")
            m_work += context.total * m_facts.depth * kVisit;
        if (asText && m_at == from + 2) // string() and its like: of the node itself
            readText(context);
    }

    bool beginsStep() const
    {
        return peek()
               && (peek()->kind == Kind::Test || peek()->kind == Kind::Axis || at("@") || at(".")
                   || at("..") || (peek()->kind == Kind::Function && isNodeType(peek()->text)));
    }

    struct Test
    {
        std::string_view axis = "child";
        std::string_view name; ///< empty: any
        bool hasPrefix = false;
    };

    Test test()
    {
        Test out;
        if (take("..")) {
            out.axis = "parent";
            return out;
        }
        if (take(".")) {
            out.axis = "self";
            return out;
        }
        if (take("@")) {
            out.axis = "attribute";
        } else if (peek()->kind == Kind::Axis) {
            out.axis = peek()->text;
            ++m_at;
            take("::");
        }
        if (!peek())
            return out;
        if (peek()->kind == Kind::Function) {
            ++m_at;
            arguments({}, false);
        } else if (peek()->kind == Kind::Test) {
            out.hasPrefix = peek()->text.find(':') != std::string_view::npos;
            out.name = localNameOf(peek()->text);
            if (out.name == "*")
                out.name = {};
            ++m_at;
        }
        return out;
    }

    /// The nodes an axis visits from `in`, before the test.
    Flow visited(std::string_view axis, const Flow &in, double evaluations, bool atRoot) const
    {
        const DocumentFacts &f = m_facts;
        if (axis.starts_with("descendant")) {
            if (atRoot)
                return {evaluations * f.nodes, evaluations, f.nodes};
            return {std::min(in.total * f.nodes, f.subtrees * in.often), in.often * f.depth,
                    f.nodes};
        }
        if (axis == "attribute")
            return {std::min(in.total * f.attributes, f.nodes * in.often), in.often,
                    in.peak * f.attributes};
        if (axis == "self")
            return in;
        if (axis == "parent")
            return {in.total, in.often * f.children, in.peak};
        if (axis.starts_with("ancestor"))
            return {in.total * f.depth, in.total, in.peak * f.depth};
        if (axis.ends_with("-sibling"))
            return {std::min(in.total * f.children, f.siblings * in.often), in.often * f.children,
                    in.peak * f.children};
        if (axis == "following" || axis == "preceding")
            return {in.total * f.nodes, in.total, f.nodes};
        return {std::min(in.total * f.children, f.nodes * in.often), in.often,
                in.peak * f.children};
    }

    Flow step(const Flow &in, double evaluations, bool atRoot, bool descends)
    {
        const Test wanted = test();
        Flow from = in;
        std::string_view axis = wanted.axis;
        if (descends && axis == "child") {
            axis = "descendant";
        } else if (descends) {
            from = visited("descendant", in, evaluations, atRoot);
            m_work += from.total * kVisit;
            from.total = std::min(from.total, evaluations * m_facts.nodes);
        }
        Flow out = visited(axis, from, evaluations, atRoot && axis != "attribute");
        m_work += out.total * kVisit;
        if (!wanted.name.empty()) {
            const auto known = m_facts.names.find(wanted.name);
            const double count = known == m_facts.names.end() ? 0 : known->second;
            out.total = std::min(out.total, count * out.often);
            out.peak = std::min(axis == "attribute" ? from.peak : out.peak, count);
        }
        if (wanted.hasPrefix) // looks for the declaration on the way to the root
            m_work += out.total * m_facts.depth * kVisit;
        predicates(out);
        // Each evaluation keeps a node once.
        out.total = std::min(out.total, evaluations * out.peak);
        out.often = std::min(out.often, evaluations);
        return out;
    }

    void predicates(const Flow &flow)
    {
        while (take("[")) {
            expression(flow, false);
            take("]");
        }
    }

    const std::vector<Token> &m_tokens;
    const DocumentFacts &m_facts;
    std::size_t m_at = 0;
    double m_work = 0;
    bool m_readsNext = false;
};

} // namespace

DocumentFacts::DocumentFacts(const pugi::xml_document &document)
{
    // Sizes of subtrees come out as sums of depths: a node belongs to as many subtrees as it is
    // deep.
    pugi::xml_node node = document.first_child();
    double level = 1;
    std::vector<double> siblingsSoFar{0};
    const auto closeLevel = [&] {
        children = std::max(children, siblingsSoFar.back());
        siblings += siblingsSoFar.back() * siblingsSoFar.back();
        siblingsSoFar.pop_back();
    };
    while (node) {
        nodes += 1;
        subtrees += level;
        depth = std::max(depth, level + 1);
        siblingsSoFar.back() += 1;
        const auto size = static_cast<double>(std::string_view(node.value()).size());
        bytes += size;
        textBytes += size * level;
        if (node.type() == pugi::node_element)
            names[localNameOf(node.name())] += 1;
        double count = 0;
        for (const pugi::xml_attribute attribute : node.attributes()) {
            count += 1;
            names[localNameOf(attribute.name())] += 1;
            bytes += static_cast<double>(std::string_view(attribute.value()).size());
        }
        nodes += count;
        attributes = std::max(attributes, count);
        if (const pugi::xml_node child = node.first_child()) {
            node = child;
            level += 1;
            siblingsSoFar.push_back(0);
            continue;
        }
        while (node && !node.next_sibling()) {
            closeLevel();
            node = node.parent();
            level -= 1;
            if (level < 1)
                break;
        }
        node = level < 1 ? pugi::xml_node{} : node.next_sibling();
    }
}

std::uint64_t costOf(const std::vector<Token> &tokens, const DocumentFacts &facts)
{
    constexpr double kMost = 1e18;
    return static_cast<std::uint64_t>(std::min(Estimate(tokens, facts).run(), kMost));
}

} // namespace understudy::xpath
