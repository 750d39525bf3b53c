// SPDX-License-Identifier: Apache-2.0
#include "core/match/xml_body.h"
#include "core/match/xpath.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/values.h"

namespace understudy::wiremock {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

JsonValue nodeValue(const XPathNode &node)
{
    JsonObject attributes;
    for (const auto &[name, value] : node.attributes)
        attributes.set(name, value);
    return JsonObject{{"name", node.name},
                      {"text", node.text},
                      {"attributes", std::move(attributes)},
                      {"xml", node.xml}};
}

Value selected(HelperCall &call, const std::string &before)
{
    if (call.size() < 2 || textOf(call[1]).empty())
        return inlineError("The XPath expression cannot be empty");
    const std::string path = before + textOf(call[1]);
    const std::string document = textOf(call[0]);
    const XmlBody xml(document, true);
    if (!xml.isValid())
        return inlineError(document + " is not valid XML");
    const auto compiled = XPath::compile(path);
    if (!compiled)
        return inlineError(textOf(call[1]) + " is not a valid XPath expression");
    const auto nodes = compiled->nodes(xml, workOf(call));
    if (!nodes)
        return call.fail(nodes.error().message);
    JsonArray list;
    for (const XPathNode &node : *nodes)
        list.push_back(nodeValue(node));
    return xmlNodes(std::move(list));
}

Value xPath(HelperCall &call) { return selected(call, ""); }

/// Below the body of an envelope, whatever their prefix is.
Value soapXPath(HelperCall &call)
{
    return selected(call, "/*[local-name()='Envelope']/*[local-name()='Body']/");
}

Value formatXml(HelperCall &call)
{
    const auto text = textOrBlock(call);
    if (!text)
        return inlineError("formatXml should take a block of XML to format or a single parameter "
                           "of type String");
    const std::string format = optionOr(call, "format", "pretty");
    if (format != "pretty" && format != "compact")
        return inlineError("formatXml: format [" + format + "] should be one of [pretty, compact]");
    const XmlBody xml(*text, true);
    if (!xml.isValid())
        return inlineError("Input is not valid XML");
    constexpr std::size_t kMost = 16U << 20U;
    auto out = xmlText(xml.document(), format == "pretty", kMost);
    return out ? Value(*std::move(out)) : call.fail("'formatXml': more than 16 MB of XML");
}

constexpr std::array kHelpers{
    Helper{"xPath", "xml path", "What an XPath finds.", xPath},
    Helper{"soapXPath", "xml path", "The same below the body of a SOAP envelope.", soapXPath},
    Helper{"formatXml", "xml | block [format=]", "XML on lines, or compact.", formatXml},
};

} // namespace

std::span<const Helper> xmlHelpers() { return kHelpers; }

} // namespace understudy::wiremock
