// SPDX-License-Identifier: Apache-2.0
#include "core/match/xpath.h"

#include "core/match/xml_body.h"
#include "core/match/xpath_cost.h"

#include <algorithm>
#include <optional>
#include <pugixml.hpp>

namespace understudy {

namespace {

std::string selectedText(const pugi::xpath_node &node)
{
    if (node.attribute())
        return node.attribute().value();
    if (node.node().type() != pugi::node_element && node.node().type() != pugi::node_document)
        return node.node().value();
    return node.node().text().get();
}

/// Nothing where its XML is more than `most` bytes.
std::optional<XPathNode> wholeNode(const pugi::xpath_node &selected, std::size_t most)
{
    XPathNode out;
    out.text = selectedText(selected);
    out.xml = out.text;
    const pugi::xml_node node = selected.node();
    if (selected.attribute()) {
        out.name = selected.attribute().name();
    } else if (node.type() == pugi::node_element) {
        out.name = node.name();
        auto xml = xmlText(node, true, most);
        if (!xml)
            return std::nullopt;
        out.xml = *std::move(xml);
        for (const pugi::xml_attribute attribute : node.attributes())
            out.attributes.emplace_back(attribute.name(), attribute.value());
    }
    return out;
}

/// XPath 1.0 has no escapes: a text with both kinds of quotes cannot be written.
std::string stringLiteral(std::string_view text)
{
    const char quote = text.find('\'') == std::string_view::npos ? '\'' : '"';
    return quote + std::string(text) + quote;
}

/// Writes the name tests of an expression as conditions on local name and address, which pugixml
/// knows.
Result<std::string> expandNames(std::string_view expression,
                                const std::vector<xpath::Token> &tokens,
                                const JsonObject &namespaces)
{
    using Kind = xpath::Token::Kind;
    std::string out;
    std::size_t copied = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const xpath::Token &token = tokens[i];
        if (token.kind != Kind::Test || token.text == "*")
            continue;
        const std::size_t colon = token.text.find(':');
        const bool hasPrefix = colon != std::string_view::npos;
        const bool isAttribute
            = i > 0
              && (tokens[i - 1].is("@")
                  || (i > 1 && tokens[i - 1].is("::") && tokens[i - 2].text == "attribute"));
        const std::string_view prefix = hasPrefix ? token.text.substr(0, colon) : "";
        // An attribute without prefix is in no namespace whatever is declared; `xml` is always it.
        if ((isAttribute && !hasPrefix) || prefix == "xml")
            continue;
        std::string address;
        if (hasPrefix) {
            const JsonValue *known = namespaces.find(prefix);
            if (!known || !known->ifString())
                return Error{ErrorCode::Invalid,
                             "the XPath '" + std::string(expression) + "' uses the prefix '"
                                 + std::string(prefix) + "', which 'namespaces' does not have",
                             {}};
            address = *known->ifString();
        }
        const std::string_view local = hasPrefix ? token.text.substr(colon + 1) : token.text;
        const auto at = static_cast<std::size_t>(token.text.data() - expression.data());
        out += expression.substr(copied, at - copied);
        out += "*[";
        if (local != "*")
            out += "local-name()=" + stringLiteral(local) + " and ";
        out += "namespace-uri()=" + stringLiteral(address) + ']';
        copied = at + token.text.size();
    }
    return out + std::string(expression.substr(copied));
}

} // namespace

struct XPath::Compiled
{
    Compiled(const std::string &expression, const std::string &expanded)
        : text(expression)
        , tokens(xpath::tokensOf(text))
        , query(expanded.c_str())
    {}

    Result<void> pay(const XmlBody &body, WorkBudget &budget) const
    {
        const std::uint64_t cost = xpath::costOf(tokens, body.facts());
        if (cost <= budget.left()) {
            budget.spend(cost);
            return {};
        }
        budget.spend(1000);
        return Error{ErrorCode::Limit,
                     "the XPath could take more work on this document than a condition may",
                     {}};
    }

    std::string text;
    std::vector<xpath::Token> tokens; ///< views into `text`
    pugi::xpath_query query;
};

Result<XPath> XPath::compile(const std::string &expression, const JsonObject &namespaces)
{
    std::string expanded = expression;
    if (!namespaces.empty()) {
        auto written = expandNames(expression, xpath::tokensOf(expression), namespaces);
        if (!written)
            return written.error();
        expanded = *std::move(written);
    }
    try {
        XPath path;
        path.m_compiled = std::make_shared<const Compiled>(expression, expanded);
        return path;
    } catch (const pugi::xpath_exception &e) {
        return Error{
            ErrorCode::Syntax, "the XPath '" + expression + "' is broken: " + e.what(), {}};
    }
}

Result<std::vector<std::string>> XPath::select(const XmlBody &body, WorkBudget &budget) const
{
    if (auto paid = m_compiled->pay(body, budget); !paid)
        return paid.error();
    std::vector<std::string> out;
    try {
        if (m_compiled->query.return_type() != pugi::xpath_type_node_set) {
            out.push_back(m_compiled->query.evaluate_string(body.document()));
            return out;
        }
        for (const pugi::xpath_node &node : m_compiled->query.evaluate_node_set(body.document()))
            out.push_back(selectedText(node));
        return out;
    } catch (const std::exception &e) {
        return Error{ErrorCode::Limit, std::string("the XPath came to no end: ") + e.what(), {}};
    }
}

Result<std::vector<XPathNode>> XPath::nodes(const XmlBody &body, WorkBudget &budget) const
{
    if (auto paid = m_compiled->pay(body, budget); !paid)
        return paid.error();
    std::vector<XPathNode> out;
    try {
        if (m_compiled->query.return_type() != pugi::xpath_type_node_set) {
            out.emplace_back().text = m_compiled->query.evaluate_string(body.document());
            out.back().xml = out.back().text;
            return out;
        }
        constexpr std::size_t kMost = 16U << 20U;
        std::size_t left = kMost;
        for (const pugi::xpath_node &node : m_compiled->query.evaluate_node_set(body.document())) {
            auto whole = wholeNode(node, left);
            if (!whole)
                return Error{ErrorCode::Limit, "the XPath selects more than 16 MB of XML", {}};
            left -= std::min(left, whole->xml.size() + whole->text.size());
            out.push_back(*std::move(whole));
        }
        return out;
    } catch (const std::exception &e) {
        return Error{ErrorCode::Limit, std::string("the XPath came to no end: ") + e.what(), {}};
    }
}

MatchVerdict XPath::holds(const XmlBody &body, WorkBudget &budget) const
{
    if (auto paid = m_compiled->pay(body, budget); !paid)
        return MatchVerdict::Undecided;
    try {
        return verdictOf(m_compiled->query.evaluate_boolean(body.document()));
    } catch (const std::exception &) {
        return MatchVerdict::Undecided;
    }
}

} // namespace understudy
