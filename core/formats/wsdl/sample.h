// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/wsdl/documents.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace understudy::formats::wsdl {

/// Documents made from XML schemas (1.0): every element once or as often as it must, optional ones
/// too, the first of a choice, the first value of an enumeration. What refers to itself ends where
/// it may. Always the same ones.
class SampleMaker
{
public:
    explicit SampleMaker(const std::vector<const XmlElement *> &schemas);

    /// An element that is declared for all; empty where it is not.
    std::string element(const QName &name);
    /// An element without a namespace, of that type.
    std::string ofType(const std::string &name, const QName &type);
    /// Where a strict client may refuse the samples, as sentences.
    const std::set<std::string> &remarks() const { return m_remarks; }
    /// Whether something was left out of one for its size.
    bool wasCut() const { return m_wasCut; }

private:
    struct Declared
    {
        const XmlElement *node = nullptr;
        const XmlElement *schema = nullptr;
    };
    using Table = std::map<QName, Declared>;
    /// The content of an element on its way: attributes and what lies in it.
    struct Parts
    {
        std::string attributes;
        std::string content;
        std::size_t prefixes = 0; ///< that its attributes have declared
    };

    static const Declared *find(const Table &table, const QName &name);
    std::string declared(const Declared &declared, const QName &name);
    std::string local(const XmlElement &node, const XmlElement &schema);
    std::string wrapped(const std::string &tag, const std::string &space, const Parts &parts);
    void contentOf(const XmlElement &node, const XmlElement &schema, Parts &out);
    void typeNamed(const QName &type, Parts &out);
    void complexType(const XmlElement &type, const XmlElement &schema, Parts &out);
    void particles(const XmlElement &group, const XmlElement &schema, Parts &out);
    void particle(const XmlElement &node, const XmlElement &schema, Parts &out);
    void attribute(const XmlElement &node, const XmlElement &schema, Parts &out);
    void attributeOf(const Declared &meant, const QName &name, const XmlElement &use, Parts &out);
    void groupNamed(const Table &table, const XmlElement &node, Parts &out);
    const Declared *concrete(QName &name) const;
    std::size_t occurrences(const XmlElement &node);
    void missing(const std::string &what);
    std::string simpleType(const XmlElement &type, std::size_t depth);
    std::string simpleNamed(const QName &type, std::size_t depth);
    bool isFull();
    void begin();

    Table m_elements;
    Table m_types;
    Table m_groups;
    Table m_attributes;
    Table m_attributeGroups;
    std::multimap<QName, QName> m_members;  ///< of substitution groups, by the head
    std::vector<const XmlElement *> m_open; ///< types that are being made
    std::size_t m_made = 0;                 ///< elements and groups of them
    std::size_t m_bytes = 0;
    std::size_t m_bytesBefore = 0; ///< of the samples before
    bool m_wasCut = false;
    std::set<std::string> m_remarks;
};

/// A text as the content of an element or the value of an attribute.
std::string escapedXml(std::string_view text);

} // namespace understudy::formats::wsdl
