// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/xpath_tokens.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pugi {
class xml_document;
}

namespace understudy::xpath {

/// What the cost of an expression on a document depends on. Views into the document.
struct DocumentFacts
{
    explicit DocumentFacts(const pugi::xml_document &document);

    double nodes = 0;      ///< all kinds, attributes included
    double depth = 1;      ///< of the deepest node
    double subtrees = 0;   ///< the sizes of all subtrees together
    double children = 0;   ///< of the node that has the most
    double attributes = 0; ///< of the element that has the most
    double siblings = 0;   ///< pairs of siblings
    double bytes = 0;      ///< of text
    double textBytes = 0;  ///< the texts of all subtrees together
    /// Elements and attributes by local name.
    std::unordered_map<std::string_view, double> names;
};

/// An upper bound, in units of WorkBudget, for what evaluating the expression on a document takes.
/// pugixml cannot be stopped once it has begun, so this is asked before. It follows the evaluation
/// step by step with sizes in place of node sets: a step costs the nodes it visits (for descendants
/// the sum of the subtrees, so that flat documents are cheap and deep ones are not), a predicate
/// costs what is in it once for every node it is asked about, comparing two node sets costs their
/// product. Names that tests ask for are counted, so that a rare name leads to a small set.
std::uint64_t costOf(const std::vector<Token> &tokens, const DocumentFacts &facts);

} // namespace understudy::xpath
