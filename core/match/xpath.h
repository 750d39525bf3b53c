// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/work_budget.h"

#include "core/base/json_value.h"

#include <memory>
#include <string>
#include <vector>

namespace understudy {

class XmlBody;

/// A node that an XPath selects.
struct XPathNode
{
    std::string name{};
    std::string text{};
    std::string xml{}; ///< of an element on lines of its own; otherwise the text
    std::vector<std::pair<std::string, std::string>> attributes{};
};

/// A compiled XPath 1.0 expression. A value; immutable, any thread.
///
/// With namespaces the names of the expression expand to addresses, as XPath 1.0 section 2.3 has
/// it: a prefix stands for its address whatever the document calls it, a name without prefix is in
/// no namespace. Without any, names are compared with the document's as they are written.
class XPath
{
public:
    /// `namespaces` maps prefixes to addresses; an empty one is none. Errors: Syntax for an
    /// expression that is broken, Invalid for a prefix that is not among the namespaces.
    static Result<XPath> compile(const std::string &expression, const JsonObject &namespaces = {});

    /// The nodes that the expression selects, or the value it computes, as texts. Errors: Limit if
    /// it would take more work than there is.
    Result<std::vector<std::string>> select(const XmlBody &body, WorkBudget &budget) const;

    /// What it selects, whole. A computed value is a node that has but a text. Errors as above;
    /// Limit as well where all of it together is more than 16 MB.
    Result<std::vector<XPathNode>> nodes(const XmlBody &body, WorkBudget &budget) const;

    /// The result as a boolean: some node, a number other than 0, a text that is not empty.
    /// Undecided if it would take more work than there is.
    MatchVerdict holds(const XmlBody &body, WorkBudget &budget) const;

private:
    struct Compiled;
    std::shared_ptr<const Compiled> m_compiled;
};

} // namespace understudy
