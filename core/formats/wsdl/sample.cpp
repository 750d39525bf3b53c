// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wsdl/sample.h"

#include "core/base/text.h"
#include "core/formats/wsdl/builtin_types.h"

#include <algorithm>
#include <charconv>

namespace understudy::formats::wsdl {

namespace {

constexpr std::size_t kMostSampled = 10'000;
constexpr std::size_t kMostBytes = 1'000'000;
constexpr std::size_t kMostBytesOfAll = 64'000'000;
constexpr std::size_t kDeepestSample = 40;
constexpr std::size_t kMostRepeats = 20;

std::size_t occurrences(const XmlElement &node)
{
    const std::string_view text = node.value("minOccurs");
    std::size_t least = 1;
    std::from_chars(text.data(), text.data() + text.size(), least);
    return node.value("maxOccurs") == "0" ? 0 : std::clamp<std::size_t>(least, 1, kMostRepeats);
}

bool isOptional(const XmlElement &node) { return node.value("minOccurs") == "0"; }

QName inTarget(const XmlElement &schema, std::string_view name)
{
    return {std::string(schema.value("targetNamespace")), std::string(name)};
}

} // namespace

std::string escapedXml(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else if (static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t')
            out += c;
    }
    return text::asUtf8(std::move(out));
}

SampleMaker::SampleMaker(const std::vector<const XmlElement *> &schemas)
{
    for (const XmlElement *schema : schemas) {
        for (const XmlElement &node : schema->children) {
            const std::string &kind = node.name.local;
            Table *table = kind == "element"                               ? &m_elements
                           : kind == "complexType" || kind == "simpleType" ? &m_types
                           : kind == "group"                               ? &m_groups
                           : kind == "attributeGroup"                      ? &m_attributeGroups
                                                                           : nullptr;
            if (table && node.has("name"))
                table->emplace(inTarget(*schema, node.value("name")), Declared{&node, schema});
        }
    }
}

const SampleMaker::Declared *SampleMaker::find(const Table &table, const QName &name)
{
    const auto found = table.find(name);
    return found == table.end() ? nullptr : &found->second;
}

bool SampleMaker::isFull()
{
    if (m_made <= kMostSampled && m_bytes <= kMostBytes && m_open.size() <= kDeepestSample
        && m_bytesBefore + m_bytes <= kMostBytesOfAll)
        return false;
    m_wasCut = true;
    return true;
}

void SampleMaker::begin()
{
    m_bytesBefore += m_bytes;
    m_made = 0;
    m_bytes = 0;
}

std::string SampleMaker::element(const QName &name)
{
    begin();
    const Declared *found = find(m_elements, name);
    return found ? declared(*found, name) : std::string();
}

std::string SampleMaker::ofType(const std::string &name, const QName &type)
{
    begin();
    Parts parts;
    typeNamed(type, parts);
    return wrapped(name, {}, parts);
}

/// Each element says its namespace where it is declared for all, so that no prefix is needed.
std::string SampleMaker::declared(const Declared &declared, const QName &name)
{
    ++m_made;
    Parts parts;
    contentOf(*declared.node, *declared.schema, parts);
    return wrapped(name.local, name.space, parts);
}

std::string SampleMaker::local(const XmlElement &node, const XmlElement &schema)
{
    ++m_made;
    const std::string_view form
        = node.has("form") ? node.value("form") : schema.value("elementFormDefault");
    Parts parts;
    contentOf(node, schema, parts);
    const std::string space
        = form == "qualified" ? std::string(schema.value("targetNamespace")) : std::string();
    return wrapped(std::string(node.value("name")), space, parts);
}

std::string SampleMaker::wrapped(const std::string &tag, const std::string &space,
                                 const Parts &parts)
{
    const bool isLeaf = parts.content.find('<') == std::string::npos;
    m_bytes += 2 * tag.size() + space.size() + parts.attributes.size()
               + (isLeaf ? parts.content.size() : 0);
    std::string out
        = '<' + escapedXml(tag) + " xmlns=\"" + escapedXml(space) + '"' + parts.attributes;
    if (parts.content.empty())
        return out + "/>";
    return out + '>' + parts.content + "</" + escapedXml(tag) + '>';
}

void SampleMaker::contentOf(const XmlElement &node, const XmlElement &schema, Parts &out)
{
    for (const std::string_view key : {"fixed", "default"}) {
        if (node.has(key)) {
            out.content = escapedXml(node.value(key));
            return;
        }
    }
    if (node.has("type"))
        typeNamed(node.resolve(node.value("type")), out);
    else if (const XmlElement *complex = node.child("complexType"))
        complexType(*complex, schema, out);
    else if (const XmlElement *simple = node.child("simpleType"))
        out.content = escapedXml(simpleType(*simple, 0));
}

void SampleMaker::typeNamed(const QName &type, Parts &out)
{
    const Declared *found = find(m_types, type);
    if (found && found->node->name.local == "complexType")
        complexType(*found->node, *found->schema, out);
    else
        out.content = escapedXml(simpleNamed(type, 0));
}

void SampleMaker::complexType(const XmlElement &type, const XmlElement &schema, Parts &out)
{
    if (std::find(m_open.begin(), m_open.end(), &type) != m_open.end() || isFull())
        return;
    m_open.push_back(&type);
    const XmlElement *content = type.child("complexContent");
    if (!content)
        content = type.child("simpleContent");
    const XmlElement *derived = content ? content->child("extension") : nullptr;
    const bool extends = derived != nullptr;
    if (content && !derived)
        derived = content->child("restriction");
    if (extends || (derived && content->name.local == "simpleContent"))
        typeNamed(derived->resolve(derived->value("base")), out);
    particles(derived ? *derived : type, schema, out);
    m_open.pop_back();
}

void SampleMaker::particles(const XmlElement &group, const XmlElement &schema, Parts &out)
{
    for (const XmlElement &node : group.children)
        particle(node, schema, out);
}

void SampleMaker::particle(const XmlElement &node, const XmlElement &schema, Parts &out)
{
    const std::string &kind = node.name.local;
    if (isFull())
        return;
    ++m_made;
    if (kind == "attribute") {
        attribute(node, schema, out);
    } else if (kind == "attributeGroup") {
        const Declared *found = find(m_attributeGroups, node.resolve(node.value("ref")));
        const bool isOpen
            = found && std::find(m_open.begin(), m_open.end(), found->node) != m_open.end();
        if (found && !isOpen) {
            m_open.push_back(found->node);
            particles(*found->node, *found->schema, out);
            m_open.pop_back();
        }
    } else if (kind == "group") {
        const Declared *found = find(m_groups, node.resolve(node.value("ref")));
        const bool isOpen
            = found && std::find(m_open.begin(), m_open.end(), found->node) != m_open.end();
        if (found && !isOpen) {
            m_open.push_back(found->node);
            particles(*found->node, *found->schema, out);
            m_open.pop_back();
        }
    } else if (kind == "sequence" || kind == "all") {
        for (std::size_t i = 0; i < occurrences(node); ++i)
            particles(node, schema, out);
    } else if (kind == "choice") {
        const auto first
            = std::find_if(node.children.begin(), node.children.end(),
                           [](const XmlElement &one) { return one.name.local != "annotation"; });
        for (std::size_t i = 0; first != node.children.end() && i < occurrences(node); ++i)
            particle(*first, schema, out);
    } else if (kind == "element") {
        const Declared *found
            = node.has("ref") ? find(m_elements, node.resolve(node.value("ref"))) : nullptr;
        const XmlElement &meant = found ? *found->node : node;
        const Declared *type = find(m_types, meant.resolve(meant.value("type")));
        // What refers to itself ends where it may.
        const XmlElement *complex = type ? type->node : meant.child("complexType");
        const bool isOpen = std::find(m_open.begin(), m_open.end(), complex) != m_open.end();
        if (node.has("ref") && !found)
            m_missing.insert("element " + std::string(node.value("ref")));
        if ((isOpen && isOptional(node)) || (node.has("ref") && !found))
            return;
        for (std::size_t i = 0; i < occurrences(node) && !isFull(); ++i)
            out.content
                += found ? declared(*found, node.resolve(node.value("ref"))) : local(node, schema);
    }
}

void SampleMaker::attribute(const XmlElement &node, const XmlElement &, Parts &out)
{
    const std::string name = escapedXml(node.value("name"));
    const std::string_view fixed = node.has("fixed") ? node.value("fixed") : node.value("default");
    if (name.empty() || (node.value("use") != "required" && fixed.empty()))
        return;
    std::string value(fixed);
    if (value.empty() && node.has("type"))
        value = simpleNamed(node.resolve(node.value("type")), 0);
    else if (const XmlElement *simple = node.child("simpleType"); simple && value.empty())
        value = simpleType(*simple, 0);
    out.attributes += ' ' + name + "=\"" + escapedXml(value) + '"';
}

std::string SampleMaker::simpleNamed(const QName &type, std::size_t depth)
{
    const Declared *found = find(m_types, type);
    if (!found || depth > kDeepestSample) {
        std::string value = builtinValue(type.local);
        if (!found && value.empty() && !type.local.empty() && !type.local.starts_with("any"))
            m_missing.insert("type " + type.local);
        return value;
    }
    return found->node->name.local == "simpleType" ? simpleType(*found->node, depth + 1)
                                                   : std::string();
}

std::string SampleMaker::simpleType(const XmlElement &type, std::size_t depth)
{
    if (depth > kDeepestSample)
        return {};
    const auto inner = [&](const XmlElement &node, std::string_view key) {
        std::string_view names = node.value(key);
        names = names.substr(0, names.find(' '));
        if (!names.empty())
            return simpleNamed(node.resolve(names), depth + 1);
        const XmlElement *own = node.child("simpleType");
        return own ? simpleType(*own, depth + 1) : std::string();
    };
    if (const XmlElement *list = type.child("list"))
        return inner(*list, "itemType");
    if (const XmlElement *either = type.child("union"))
        return inner(*either, "memberTypes");
    const XmlElement *restriction = type.child("restriction");
    if (!restriction)
        return {};
    return restricted(*restriction, inner(*restriction, "base"));
}

} // namespace understudy::formats::wsdl
