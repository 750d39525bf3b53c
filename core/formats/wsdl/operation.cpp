// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wsdl/operation.h"

#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/recorded/url.h"
#include "core/formats/rule_parts.h"
#include "core/formats/translation.h"
#include "core/formats/wsdl/sample.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace understudy::formats::wsdl {

namespace {

using Kind = RuleTarget::Kind;

/// A version of SOAP: the namespace of its bindings, that of its envelopes, its media type.
struct SoapVersion
{
    std::string_view binding;
    std::string_view envelope;
    std::string_view mediaType;
};

constexpr std::array kSoapVersions{
    SoapVersion{"http://schemas.xmlsoap.org/wsdl/soap/",
                "http://schemas.xmlsoap.org/soap/envelope/", "text/xml; charset=utf-8"},
    SoapVersion{"http://schemas.xmlsoap.org/wsdl/soap12/",
                "http://www.w3.org/2003/05/soap-envelope", "application/soap+xml; charset=utf-8"},
};

/// A child of a port or a binding that belongs to SOAP, and the version.
struct SoapNode
{
    const XmlElement *node = nullptr;
    const SoapVersion *version = nullptr;
};

SoapNode soapChild(const XmlElement &parent, std::string_view local)
{
    for (const XmlElement &child : parent.children) {
        for (const SoapVersion &version : kSoapVersions) {
            if (child.name.local == local && child.name.space == version.binding)
                return {&child, &version};
        }
    }
    return {};
}

/// An operation of a port on its way to an endpoint.
struct SoapOperation
{
    const XmlElement *binding = nullptr; ///< its operation there
    const XmlElement *port = nullptr;    ///< its operation in the port type
    const SoapVersion *version = nullptr;
    std::string name;
    std::string action;
    std::string path;
    bool isRpc = false;
    QName root; ///< of the request's body; no name where it is empty
};

class OperationReader
{
public:
    OperationReader(const Documents &documents, Notes &notes)
        : m_documents(documents)
        , m_notes(notes)
        , m_samples(documents.schemas())
    {}

    std::vector<Endpoint> read()
    {
        for (const XmlElement *definitions : m_documents.definitions()) {
            for (const XmlElement &service : definitions->children) {
                if (service.name.local == "service")
                    readService(service);
            }
        }
        std::vector<Endpoint> out;
        for (const SoapOperation &operation : m_operations)
            out.push_back(makeEndpoint(operation));
        if (m_samples.wasCut())
            m_notes.changed({},
                            "the schema describes more than an answer may hold (10000 elements, "
                            "1 MB; 64 MB of all): some answers are cut");
        for (const std::string &remark : m_samples.remarks())
            m_notes.notServed({}, recorded::oneLine(remark));
        return out;
    }

private:
    /// What a name means in the documents: a child of their definitions.
    const XmlElement *declared(std::string_view kind, const QName &name) const
    {
        for (const XmlElement *definitions : m_documents.definitions()) {
            if (definitions->value("targetNamespace") != name.space)
                continue;
            for (const XmlElement &child : definitions->children) {
                if (child.name.local == kind && child.value("name") == name.local)
                    return &child;
            }
        }
        return nullptr;
    }

    void readService(const XmlElement &service)
    {
        for (const XmlElement &port : service.children) {
            if (port.name.local != "port")
                continue;
            const std::string subject = recorded::oneLine(std::string(port.value("name")));
            const XmlElement *binding = declared("binding", port.resolve(port.value("binding")));
            const SoapNode soap = binding ? soapChild(*binding, "binding") : SoapNode{};
            if (!soap.node) {
                m_notes.notServed(subject,
                                  binding ? "its binding is not SOAP 1.1 or 1.2; left out"
                                          : "its binding is not in the description; left out",
                                  port.at);
                continue;
            }
            const SoapNode address = soapChild(port, "address");
            readBinding(*binding, soap, pathOf(address.node, subject, port));
        }
    }

    std::string pathOf(const XmlElement *address, const std::string &subject,
                       const XmlElement &port)
    {
        const auto url = recorded::parseUrl(address ? address->value("location") : "");
        if (url)
            return recorded::literalPath(url->path);
        m_notes.changed(subject, "its address is no http or https URL; it is served at /", port.at);
        return "/";
    }

    void readBinding(const XmlElement &binding, const SoapNode &soap, const std::string &path)
    {
        const XmlElement *type = declared("portType", binding.resolve(binding.value("type")));
        for (const XmlElement &node : binding.children) {
            if (node.name.local != "operation" || node.name.space == soap.version->binding)
                continue;
            SoapOperation out;
            out.name = node.value("name");
            out.binding = &node;
            out.version = soap.version;
            out.path = path;
            for (std::size_t i = 0; type && i < type->children.size() && !out.port; ++i) {
                const XmlElement &candidate = type->children[i];
                if (candidate.name.local == "operation" && candidate.value("name") == out.name)
                    out.port = &candidate;
            }
            const std::string subject = recorded::oneLine(out.name);
            if (m_operations.size() == kMostOperations) {
                if (!std::exchange(m_isFull, true))
                    m_notes.notServed(subject,
                                      "there are more than 2000 operations; this one and what "
                                      "follows is left out",
                                      node.at);
                return;
            }
            if (!out.port) {
                m_notes.notServed(subject, "its port type has no such operation; left out",
                                  node.at);
                continue;
            }
            const XmlElement *own = soapChild(node, "operation").node;
            out.action = own ? own->value("soapAction") : "";
            const std::string_view style
                = own && own->has("style") ? own->value("style") : soap.node->value("style");
            out.isRpc = style == "rpc";
            out.root = rootOf(out);
            noteParts(out, subject);
            m_operations.push_back(std::move(out));
        }
    }

    /// What is described, but not sent or asked for.
    void noteParts(const SoapOperation &operation, const std::string &subject)
    {
        const bool isFirst = m_noted.insert(operation.port).second;
        for (const XmlElement &child : operation.port->children) {
            if (isFirst && child.name.local == "fault")
                m_notes.notServed(
                    subject,
                    "its fault "
                        + text::inQuotes(recorded::oneLine(std::string(child.value("name"))))
                        + " is not sent",
                    child.at);
        }
        for (const XmlElement &direction : operation.binding->children) {
            for (const XmlElement &child : direction.children) {
                if (child.name.local == "header")
                    m_notes.notServed(subject, "headers of SOAP are not asked for and not sent",
                                      child.at);
                if (child.name.local == "body" && child.value("use") == "encoded")
                    m_notes.changed(subject, "its use is 'encoded'; served as literal", child.at);
            }
        }
    }

    const XmlElement *messageOf(const SoapOperation &operation, std::string_view direction) const
    {
        const XmlElement *node = operation.port->child(direction);
        return node ? declared("message", node->resolve(node->value("message"))) : nullptr;
    }

    /// The namespace of the wrapper that rpc puts around its parts.
    static std::string rpcSpace(const SoapOperation &operation, std::string_view direction)
    {
        const XmlElement *node = operation.binding->child(direction);
        const XmlElement *body = node ? node->child("body") : nullptr;
        return std::string(body ? body->value("namespace") : "");
    }

    /// Those that the binding puts into the body.
    static std::vector<const XmlElement *>
    partsOf(const XmlElement *message, const SoapOperation &operation, std::string_view direction)
    {
        std::vector<const XmlElement *> out;
        const XmlElement *node = operation.binding->child(direction);
        const XmlElement *body = node ? node->child("body") : nullptr;
        const std::string wanted
            = body && body->has("parts") ? ' ' + std::string(body->value("parts")) + ' ' : "";
        for (std::size_t i = 0; message && i < message->children.size(); ++i) {
            const XmlElement &part = message->children[i];
            const std::string name = ' ' + std::string(part.value("name")) + ' ';
            if (part.name.local == "part"
                && (wanted.empty() || wanted.find(name) != std::string::npos))
                out.push_back(&part);
        }
        return out;
    }

    QName rootOf(const SoapOperation &operation) const
    {
        if (operation.isRpc)
            return {rpcSpace(operation, "input"), operation.name};
        for (const XmlElement *part : partsOf(messageOf(operation, "input"), operation, "input")) {
            if (part->has("element"))
                return part->resolve(part->value("element"));
        }
        return {};
    }

    std::string contentOf(const SoapOperation &operation, const std::string &subject)
    {
        std::string parts;
        for (const XmlElement *part :
             partsOf(messageOf(operation, "output"), operation, "output")) {
            std::string made;
            if (part->has("element"))
                made = m_samples.element(part->resolve(part->value("element")));
            else
                made = m_samples.ofType(std::string(part->value("name")),
                                        part->resolve(part->value("type")));
            if (made.empty())
                m_notes.notServed(
                    subject,
                    "its answer's element "
                        + text::inQuotes(recorded::oneLine(std::string(part->value("element"))))
                        + " is in no schema; left out",
                    part->at);
            parts += made;
        }
        if (!operation.isRpc)
            return parts;
        const std::string name = escapedXml(operation.name) + "Response";
        return "<rpc:" + name + " xmlns:rpc=\"" + escapedXml(rpcSpace(operation, "output")) + "\">"
               + parts + "</rpc:" + name + '>';
    }

    /// Whether no other operation there has the same, by a member.
    template<class Member>
    bool isOnly(const SoapOperation &operation, Member member) const
    {
        return std::count_if(m_operations.begin(), m_operations.end(),
                             [&](const SoapOperation &other) {
                                 return other.*member == operation.*member
                                        && other.path == operation.path
                                        && other.version == operation.version;
                             })
               == 1;
    }

    /// By the element in the body or by the action; by both where several have the same element.
    Rule ruleFor(const SoapOperation &operation) const
    {
        JsonObject namespaces{{"soap", JsonValue(operation.version->envelope)}};
        std::string path = "/soap:Envelope/soap:Body";
        if (!operation.root.local.empty()) {
            if (!operation.root.space.empty())
                namespaces.set("op", operation.root.space);
            path += operation.root.space.empty() ? "/" : "/op:";
            path += operation.root.local;
        } else {
            path += "[not(*)]";
        }
        Rule body = leaf({Kind::Body, {}, {}}, RuleOperator::XPath, path,
                         {{"namespaces", JsonValue(std::move(namespaces))}});
        if (operation.action.empty())
            return body;
        if (!isOnly(operation, &SoapOperation::root))
            return allOf({std::move(body), actionRule(operation)});
        if (!isOnly(operation, &SoapOperation::action))
            return body;
        return anyOf({std::move(body), actionRule(operation)});
    }

    /// SOAP 1.2 has it in the Content-Type.
    static Rule actionRule(const SoapOperation &operation)
    {
        const std::string &action = operation.action;
        if (operation.version != &kSoapVersions[0])
            return leaf(Kind::Header, "Content-Type", RuleOperator::Matches,
                        "(?i:action)=\"?" + asPattern(action) + "(?:[\";\\s]|\\z)");
        return leaf(Kind::Header, "SOAPAction", RuleOperator::OneOf,
                    JsonArray{JsonValue('"' + action + '"'), JsonValue(action)});
    }

    Endpoint makeEndpoint(const SoapOperation &operation)
    {
        const std::string subject = recorded::oneLine(operation.name);
        Translation scope(m_notes, subject, "operation");
        Endpoint out;
        out.methods = {"POST"};
        out.name = subject;
        scope.setPath(out, operation.path, operation.binding->at);
        Response response;
        response.when = ruleFor(operation);
        if (!operation.port->child("output")) {
            response.status = 202; // one way
        } else {
            response.headers.push_back({"Content-Type", std::string(operation.version->mediaType)});
            response.body = Body::text(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\""
                + std::string(operation.version->envelope) + "\"><soap:Body>"
                + contentOf(operation, subject) + "</soap:Body></soap:Envelope>\n");
        }
        out.enabled = scope.isServed();
        out.responses.push_back(std::move(response));
        return out;
    }

    static constexpr std::size_t kMostOperations = 2'000;

    const Documents &m_documents;
    Notes &m_notes;
    bool m_isFull = false; ///< more operations than are served
    SampleMaker m_samples;
    std::vector<SoapOperation> m_operations;
    std::set<const XmlElement *> m_noted; ///< operations of port types
};

} // namespace

std::vector<Endpoint> readOperations(const Documents &documents, Notes &notes)
{
    return OperationReader(documents, notes).read();
}

} // namespace understudy::formats::wsdl
