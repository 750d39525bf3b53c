// SPDX-License-Identifier: Apache-2.0
#include "core/template/mockoon/xml_object.h"

#include <algorithm>

namespace understudy::mockoon {

namespace {

constexpr int kMaxDepth = 100;

void add(JsonObject &object, const std::string &name, JsonValue value)
{
    JsonValue *held = object.mutableFind(name);
    if (!held)
        object.set(name, std::move(value));
    else if (JsonArray *list = held->ifArray())
        list->push_back(std::move(value));
    else
        *held = JsonArray{std::move(*held), std::move(value)};
}

JsonObject attributesOf(const pugi::xml_node &node)
{
    JsonObject out;
    for (const pugi::xml_attribute &attribute : node.attributes())
        out.set(attribute.name(), std::string(attribute.value()));
    return out;
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\n\r\f\v") == std::string_view::npos;
}

JsonObject objectOf(const pugi::xml_node &node, int depth)
{
    JsonObject out;
    if (node.type() == pugi::node_element && node.first_attribute())
        out.set("_attributes", attributesOf(node));
    for (const pugi::xml_node &child : node.children()) {
        switch (child.type()) {
        case pugi::node_element:
            if (depth < kMaxDepth)
                add(out, child.name(), objectOf(child, depth + 1));
            break;
        case pugi::node_pcdata:
            if (!isBlank(child.value()))
                add(out, "_text", std::string(child.value()));
            break;
        case pugi::node_cdata:
            add(out, "_cdata", std::string(child.value()));
            break;
        case pugi::node_comment:
            add(out, "_comment", std::string(child.value()));
            break;
        case pugi::node_declaration:
            out.set("_declaration", JsonObject{{"_attributes", attributesOf(child)}});
            break;
        case pugi::node_pi:
            add(out, "_instruction", JsonObject{{child.name(), std::string(child.value())}});
            break;
        case pugi::node_doctype:
            out.set("_doctype", std::string(child.value()));
            break;
        default:
            break;
        }
    }
    return out;
}

} // namespace

JsonValue xmlObject(const XmlBody &xml) { return objectOf(xml.document(), 0); }

} // namespace understudy::mockoon
