// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/formats/wsdl/xml.h"

#include <deque>
#include <filesystem>
#include <set>
#include <vector>

namespace understudy::formats::wsdl {

/// A description with what it imports: files in its folder and below. Elements live as long as it.
class Documents
{
public:
    Documents(XmlElement root, const std::filesystem::path &file, Notes &notes);

    /// The description itself first.
    const std::vector<const XmlElement *> &definitions() const { return m_definitions; }
    const std::vector<const XmlElement *> &schemas() const { return m_schemas; }

private:
    void take(const XmlElement &root, const std::filesystem::path &folder);
    void takeSchema(const XmlElement &schema, const std::filesystem::path &folder);
    void follow(std::string_view location, const XmlElement &from,
                const std::filesystem::path &folder);

    std::filesystem::path m_base;
    Notes &m_notes;
    std::deque<XmlElement> m_roots;
    std::set<std::string> m_seen;
    std::vector<const XmlElement *> m_definitions;
    std::vector<const XmlElement *> m_schemas;
};

} // namespace understudy::formats::wsdl
