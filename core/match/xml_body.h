// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/xpath_cost.h"

#include <pugixml.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace understudy {

/// A body read as XML. Lives as long as the request it belongs to; one thread.
class XmlBody
{
public:
    /// `isUtf8`: the text was converted, whatever the document says of itself; otherwise its
    /// declaration counts.
    XmlBody(std::string_view text, bool isUtf8);

    bool isValid() const { return m_isValid; }
    const pugi::xml_document &document() const { return m_document; }
    /// Sizes of the document; counted once, when somebody asks.
    const xpath::DocumentFacts &facts() const
    {
        if (!m_facts)
            m_facts.emplace(m_document);
        return *m_facts;
    }

private:
    pugi::xml_document m_document;
    bool m_isValid = false;
    mutable std::optional<xpath::DocumentFacts> m_facts;
};

/// A node as text, on lines of its own or compact; an empty element as `<a/>`. Nothing where that
/// would be more than `most` bytes: indents grow with the depth.
std::optional<std::string> xmlText(const pugi::xml_node &node, bool onLines, std::size_t most);

} // namespace understudy
