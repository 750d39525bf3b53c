// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/xml_text.h"

#include "core/base/json_text.h"
#include "core/formats/openapi/schema_parts.h"

#include <algorithm>
#include <cctype>

namespace understudy::formats::openapi {

namespace {

constexpr int kDeepestXml = 200;

std::string escapedXml(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            // XML 1.0 has no word for other control characters.
            if (static_cast<unsigned char>(c) >= ' ' || c == '\t' || c == '\n' || c == '\r')
                out += c;
        }
    }
    return out;
}

/// A name as an element may have it.
std::string xmlName(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isFirst = out.empty();
        const bool isAllowed = std::isalpha(byte) != 0 || c == '_' || byte >= 0x80
                               || (!isFirst && (std::isdigit(byte) != 0 || c == '-' || c == '.'));
        if (!isAllowed && isFirst)
            out += '_';
        out += isAllowed || (isFirst && std::isdigit(byte) != 0) ? c : '_';
    }
    return out.empty() ? "item" : out;
}

std::string scalarXml(const JsonValue &value)
{
    if (value.isNull())
        return {};
    return escapedXml(value.ifString() ? *value.ifString() : writeJson(value));
}

/// What the schema of a value says of its XML.
struct XmlHints
{
    std::string name;
    std::string space; ///< ` xmlns:p="…"`
    bool isAttribute = false;
    bool isWrapped = false;
};

class XmlWriter
{
public:
    explicit XmlWriter(Document &document)
        : m_document(document)
    {}

    std::string root(Element schema, const JsonValue &value)
    {
        const SchemaParts parts = partsOf(m_document, schema);
        std::string name = "root";
        for (const SchemaParts::Part &part : parts.parts) {
            if (!part.name.empty()) {
                name = part.name;
                break;
            }
        }
        const XmlHints hints = hintsOf(parts, name);
        if (const JsonArray *array = value.ifArray()) {
            const Element items = parts.first("items");
            const std::string item = hintsOf(partsOf(m_document, items), "item").name;
            const std::string outer
                = name == "root" && hints.name == "root" ? item + "s" : hints.name;
            std::string inside;
            for (const JsonValue &entry : *array)
                inside += element(items, entry, namedItem(items, item));
            return "<" + outer + hints.space + ">" + inside + "</" + outer + ">";
        }
        return element(schema, value, name);
    }

private:
    std::string namedItem(Element items, const std::string &fallback)
    {
        for (const SchemaParts::Part &part : partsOf(m_document, items).parts) {
            if (!part.name.empty())
                return part.name;
        }
        return fallback;
    }

    static XmlHints hintsOf(const SchemaParts &parts, const std::string &fallback)
    {
        XmlHints out;
        const Element xml = parts.first("xml");
        const std::string name = xml.text("name");
        const std::string prefix = xml.text("prefix");
        const std::string space = xml.text("namespace");
        out.name = xmlName(name.empty() ? fallback : name);
        if (!prefix.empty())
            out.name = xmlName(prefix) + ":" + out.name;
        if (!space.empty())
            out.space = (prefix.empty() ? " xmlns=\"" : " xmlns:" + xmlName(prefix) + "=\"")
                        + escapedXml(space) + "\"";
        const std::string kind = xml.text("nodeType"); // 3.2
        out.isAttribute = xml.isTrue("attribute") || kind == "attribute";
        out.isWrapped = xml.isTrue("wrapped") || kind == "element";
        return out;
    }

    std::string element(Element schema, const JsonValue &value, const std::string &fallback)
    {
        if (m_depth > kDeepestXml)
            return {};
        ++m_depth;
        const SchemaParts parts = partsOf(m_document, schema);
        const XmlHints hints = hintsOf(parts, fallback);
        std::string attributes = hints.space;
        std::string inside;
        if (const JsonObject *object = value.ifObject()) {
            for (const JsonMember &member : *object)
                property(parts, member, attributes, inside);
        } else if (const JsonArray *array = value.ifArray()) {
            for (const JsonValue &entry : *array)
                inside += element(parts.first("items"), entry, fallback);
        } else {
            inside = scalarXml(value);
        }
        --m_depth;
        const std::string open = "<" + hints.name + attributes;
        return inside.empty() ? open + "/>" : open + ">" + inside + "</" + hints.name + ">";
    }

    void property(const SchemaParts &parts, const JsonMember &member, std::string &attributes,
                  std::string &inside)
    {
        const Element own = propertyOf(parts, member.name);
        const SchemaParts ownParts = partsOf(m_document, own);
        const XmlHints hints = hintsOf(ownParts, member.name);
        if (hints.isAttribute && !member.value.isArray() && !member.value.isObject()) {
            attributes += " " + hints.name + "=\"" + scalarXml(member.value) + "\"";
            return;
        }
        const JsonArray *array = member.value.ifArray();
        if (!array) {
            inside += element(own, member.value, member.name);
            return;
        }
        // Items are called as they say, or as the list is.
        const Element items = ownParts.first("items");
        std::string all;
        for (const JsonValue &entry : *array)
            all += element(items, entry,
                           hints.isWrapped ? plainName(items, member.name) : hints.name);
        inside += hints.isWrapped
                      ? "<" + hints.name + hints.space + ">" + all + "</" + hints.name + ">"
                      : all;
    }

    std::string plainName(Element items, const std::string &fallback)
    {
        return hintsOf(partsOf(m_document, items), fallback).name;
    }

    static Element propertyOf(const SchemaParts &parts, std::string_view name)
    {
        for (const SchemaParts::Part &part : parts.parts) {
            if (const Element own = part.schema.at("properties").at(name))
                return own;
        }
        return parts.first("additionalProperties");
    }

    Document &m_document;
    int m_depth = 0;
};

} // namespace

std::string xmlText(Document &document, Element schema, const JsonValue &value)
{
    return R"(<?xml version="1.0" encoding="UTF-8"?>)"
           "\n"
           + XmlWriter(document).root(schema, value) + "\n";
}

} // namespace understudy::formats::openapi
