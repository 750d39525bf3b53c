// SPDX-License-Identifier: Apache-2.0
#include "core/template/wiremock/values.h"

#include "core/base/json_text.h"
#include "core/template/dates.h"

namespace understudy::wiremock {

using handlebars::Value;

namespace {

void writeNode(const JsonValue &node, std::string &out)
{
    if (const JsonArray *list = node.ifArray()) {
        out += '[';
        for (std::size_t i = 0; i < list->size(); ++i) {
            if (i > 0)
                out += ", ";
            writeNode((*list)[i], out);
        }
        out += ']';
        return;
    }
    const JsonObject *object = node.ifObject();
    if (!object) {
        if (node.isNull())
            out += "null";
        else
            Value::ofJson(node).appendTo(out);
        return;
    }
    out += '{';
    bool isFirst = true;
    for (const JsonMember &member : *object) {
        if (!isFirst)
            out += ", ";
        isFirst = false;
        out += member.name;
        out += '=';
        writeNode(member.value, out);
    }
    out += '}';
}

/// Of a list, and of the lists in an object.
void writeFirst(const JsonValue &value, std::string &out)
{
    if (const JsonArray *list = value.ifArray()) {
        if (!list->empty())
            writeNode(list->front(), out);
        return;
    }
    const JsonObject *object = value.ifObject();
    if (!object) {
        writeNode(value, out);
        return;
    }
    std::vector<JsonMember> first;
    for (const JsonMember &member : *object) {
        const JsonArray *list = member.value.ifArray();
        first.push_back({member.name, list && !list->empty() ? list->front() : member.value});
    }
    writeNode(JsonObject::of(std::move(first)), out);
}

void writeXml(const JsonValue &value, std::string &out)
{
    if (const JsonArray *list = value.ifArray()) {
        if (!list->empty())
            writeXml(list->front(), out);
        return;
    }
    const JsonValue *xml = value.ifObject() ? value.ifObject()->find("xml") : nullptr;
    if (xml && xml->ifString())
        out += *xml->ifString();
    else
        writeNode(value, out);
}

void appendPretty(const JsonValue &value, std::size_t indent, std::string &out)
{
    if (const JsonArray *list = value.ifArray()) {
        out += '[';
        for (std::size_t i = 0; i < list->size(); ++i) {
            out += i > 0 ? ", " : " ";
            appendPretty((*list)[i], indent, out);
        }
        out += " ]";
        return;
    }
    const JsonObject *object = value.ifObject();
    if (!object) {
        out += writeJson(value);
        return;
    }
    if (object->empty()) {
        out += "{ }";
        return;
    }
    out += '{';
    const char *between = "\n";
    for (const JsonMember &member : *object) {
        out += between;
        between = ",\n";
        out.append(2 * (indent + 1), ' ');
        out += writeJson(JsonValue(member.name)) + " : ";
        appendPretty(member.value, indent + 1, out);
    }
    out += '\n';
    out.append(2 * indent, ' ');
    out += '}';
}

void writeAsJson(const JsonValue &value, std::string &out)
{
    out += value.ifObject() ? prettyJson(value) : writeJson(value);
}

} // namespace

Value several(JsonArray values) { return Value::shown(std::move(values), writeFirst); }

Value xmlNodes(JsonArray nodes) { return Value::shown(std::move(nodes), writeXml, true); }

Value severalByName(JsonObject values) { return Value::shown(std::move(values), writeFirst, true); }

Value shownAsJson(JsonValue value)
{
    return value.ifArray() || value.ifObject() ? Value::shown(std::move(value), writeAsJson)
                                               : Value::ofJson(std::move(value));
}

std::string prettyJson(const JsonValue &value)
{
    std::string out;
    appendPretty(value, 0, out);
    return out;
}

void write(const Value &value, std::string &out)
{
    switch (value.kind()) {
    case Value::Kind::Json:
        writeNode(*value.shared(), out);
        break;
    case Value::Kind::Date:
        out += handlebars::formatDate(handlebars::civilTime(*value.ifDate(), 0),
                                      "yyyy-MM-dd'T'HH:mm:ss'Z'");
        break;
    default:
        value.appendTo(out);
    }
}

std::string textOf(const Value &value)
{
    std::string out;
    write(value, out);
    return out;
}

} // namespace understudy::wiremock
