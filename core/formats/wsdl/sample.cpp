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

bool isOptional(const XmlElement &node) { return node.value("minOccurs") == "0"; }

bool isAbstract(const XmlElement &node)
{
    return node.value("abstract") == "true" || node.value("abstract") == "1";
}

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
                           : kind == "attribute"                           ? &m_attributes
                           : kind == "attributeGroup"                      ? &m_attributeGroups
                                                                           : nullptr;
            if (table && node.has("name"))
                table->emplace(inTarget(*schema, node.value("name")), Declared{&node, schema});
            if (kind == "element" && node.has("substitutionGroup"))
                m_members.emplace(node.resolve(node.value("substitutionGroup")),
                                  inTarget(*schema, node.value("name")));
        }
    }
}

const SampleMaker::Declared *SampleMaker::find(const Table &table, const QName &name)
{
    const auto found = table.find(name);
    return found == table.end() ? nullptr : &found->second;
}

/// The element itself, or where it is abstract the first of its substitution group that is not,
/// whose name it becomes; nullptr where there is none.
const SampleMaker::Declared *SampleMaker::concrete(QName &name) const
{
    std::vector<QName> tried{name};
    for (std::size_t i = 0; i < tried.size(); ++i) {
        const Declared *found = find(m_elements, tried[i]);
        if (found && !isAbstract(*found->node)) {
            name = tried[i];
            return found;
        }
        const auto [first, last] = m_members.equal_range(tried[i]);
        for (auto member = first; member != last; ++member) {
            if (std::find(tried.begin(), tried.end(), member->second) == tried.end())
                tried.push_back(member->second);
        }
    }
    return nullptr;
}

std::size_t SampleMaker::occurrences(const XmlElement &node)
{
    const std::string_view text = node.value("minOccurs");
    std::size_t least = 1;
    std::from_chars(text.data(), text.data() + text.size(), least);
    if (node.value("maxOccurs") == "0")
        return 0;
    if (least > kMostRepeats)
        m_remarks.insert("what has to be there more than 20 times is there 20 times");
    return std::clamp<std::size_t>(least, 1, kMostRepeats);
}

void SampleMaker::missing(const std::string &what)
{
    m_remarks.insert("the " + what + " is in no schema; what has it is empty or left out");
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
    QName meant = name;
    const Declared *found = concrete(meant);
    return found ? declared(*found, meant) : std::string();
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
    if (node.has("type")) {
        const Declared *type = find(m_types, node.resolve(node.value("type")));
        if (type && isAbstract(*type->node))
            m_remarks.insert("the type " + std::string(node.value("type"))
                             + " is abstract; one that is derived from it is not chosen");
        typeNamed(node.resolve(node.value("type")), out);
    } else if (const XmlElement *complex = node.child("complexType"))
        complexType(*complex, schema, out);
    else if (const XmlElement *simple = node.child("simpleType"))
        out.content = escapedXml(simpleType(*simple, 0));
    else if (node.has("substitutionGroup") && !isFull()) {
        // A member without a type has that of the head.
        const Declared *head = find(m_elements, node.resolve(node.value("substitutionGroup")));
        const bool isOpen = std::find(m_open.begin(), m_open.end(), &node) != m_open.end();
        m_open.push_back(&node);
        if (head && !isOpen)
            contentOf(*head->node, *head->schema, out);
        m_open.pop_back();
    }
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
        groupNamed(m_attributeGroups, node, out);
    } else if (kind == "group") {
        groupNamed(m_groups, node, out);
    } else if (kind == "any") {
        if (!isOptional(node))
            m_remarks.insert("what stands for any element ('any') is left out");
    } else if (kind == "sequence" || kind == "all") {
        for (std::size_t i = occurrences(node); i > 0; --i)
            particles(node, schema, out);
    } else if (kind == "choice") {
        const auto first
            = std::find_if(node.children.begin(), node.children.end(),
                           [](const XmlElement &one) { return one.name.local != "annotation"; });
        for (std::size_t i = occurrences(node); first != node.children.end() && i > 0; --i)
            particle(*first, schema, out);
    } else if (kind == "element") {
        QName name = node.resolve(node.value("ref"));
        const Declared *found = node.has("ref") ? concrete(name) : nullptr;
        const XmlElement &meant = found ? *found->node : node;
        const Declared *type = find(m_types, meant.resolve(meant.value("type")));
        // What refers to itself ends where it may.
        const XmlElement *complex = type ? type->node : meant.child("complexType");
        const bool isOpen = std::find(m_open.begin(), m_open.end(), complex) != m_open.end();
        if (isOpen && isOptional(node))
            return;
        if (node.has("ref") && !found) {
            const std::string shown = "element " + std::string(node.value("ref"));
            if (!find(m_elements, name))
                missing(shown);
            else if (!isOptional(node))
                m_remarks.insert("the " + shown + " is abstract and has no member; left out");
            return;
        }
        for (std::size_t i = occurrences(node); i > 0 && !isFull(); --i)
            out.content += found ? declared(*found, name) : local(node, schema);
    }
}

void SampleMaker::groupNamed(const Table &table, const XmlElement &node, Parts &out)
{
    const Declared *found = find(table, node.resolve(node.value("ref")));
    if (!found) {
        missing("group " + std::string(node.value("ref")));
        return;
    }
    if (std::find(m_open.begin(), m_open.end(), found->node) != m_open.end())
        return;
    m_open.push_back(found->node);
    particles(*found->node, *found->schema, out);
    m_open.pop_back();
}

void SampleMaker::attribute(const XmlElement &node, const XmlElement &schema, Parts &out)
{
    if (!node.has("ref")) {
        const std::string_view form
            = node.has("form") ? node.value("form") : schema.value("attributeFormDefault");
        QName name = inTarget(schema, node.value("name"));
        if (form != "qualified")
            name.space.clear();
        attributeOf({&node, &schema}, name, node, out);
        return;
    }
    const QName name = node.resolve(node.value("ref"));
    const Declared *found = find(m_attributes, name);
    if (found)
        attributeOf(*found, name, node, out);
    else if (node.value("use") == "required")
        missing("attribute " + std::string(node.value("ref")));
}

/// `use`: where it is asked for, which may be a reference to what is `meant`.
void SampleMaker::attributeOf(const Declared &meant, const QName &name, const XmlElement &use,
                              Parts &out)
{
    std::string value;
    for (const XmlElement *node : {meant.node, &use}) {
        for (const std::string_view key : {"default", "fixed"}) {
            if (node->has(key))
                value = node->value(key);
        }
    }
    if (name.local.empty() || use.value("use") == "prohibited"
        || (use.value("use") != "required" && value.empty()))
        return;
    if (value.empty() && meant.node->has("type"))
        value = simpleNamed(meant.node->resolve(meant.node->value("type")), 0);
    else if (const XmlElement *simple = meant.node->child("simpleType"); simple && value.empty())
        value = simpleType(*simple, 0);
    std::string prefix;
    if (!name.space.empty()) {
        prefix = 'a' + std::to_string(++out.prefixes);
        out.attributes += " xmlns:" + prefix + "=\"" + escapedXml(name.space) + '"';
        prefix += ':';
    }
    out.attributes += ' ' + prefix + escapedXml(name.local) + "=\"" + escapedXml(value) + '"';
}

std::string SampleMaker::simpleNamed(const QName &type, std::size_t depth)
{
    const Declared *found = find(m_types, type);
    if (!found || depth > kDeepestSample) {
        std::string value = builtinValue(type.local);
        if (!found && value.empty() && !type.local.empty() && !type.local.starts_with("any"))
            missing("type " + type.local);
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
    std::string value = restricted(*restriction, inner(*restriction, "base"));
    if (const std::string facet = brokenFacet(*restriction, value); !facet.empty())
        m_remarks.insert("the facet " + facet + " is not kept by '" + value.substr(0, 20) + "'");
    return value;
}

} // namespace understudy::formats::wsdl
