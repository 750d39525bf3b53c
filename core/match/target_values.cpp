// SPDX-License-Identifier: Apache-2.0
#include "core/match/target_values.h"

#include "core/base/text.h"
#include "core/match/comparison.h"

#include <pugixml.hpp>

#include <sstream>

namespace understudy {

namespace {

using Kind = RuleTarget::Kind;

std::vector<TargetValue> named(const NamedValues &values, std::string_view name)
{
    std::vector<TargetValue> out;
    for (const auto &[key, value] : values) {
        if (key == name)
            out.push_back({value, nullptr});
    }
    return out;
}

std::vector<TargetValue> single(std::string_view text) { return {{std::string(text), nullptr}}; }

std::string nodeText(const pugi::xpath_node &node)
{
    if (node.attribute())
        return node.attribute().value();
    if (node.node().type() == pugi::node_pcdata || node.node().type() == pugi::node_cdata)
        return node.node().value();
    return node.node().text().get();
}

} // namespace

Result<std::vector<std::string>> evaluateXPath(const pugi::xml_document &document,
                                               const std::string &path)
{
    try {
        const pugi::xpath_query query(path.c_str());
        std::vector<std::string> out;
        if (query.return_type() != pugi::xpath_type_node_set) {
            out.push_back(query.evaluate_string(document));
            return out;
        }
        for (const pugi::xpath_node &node : query.evaluate_node_set(document))
            out.push_back(nodeText(node));
        return out;
    } catch (const pugi::xpath_exception &e) {
        return Error{ErrorCode::Syntax, "the XPath '" + path + "' is broken: " + e.what(), {}};
    }
}

bool isServed(RuleTarget::Kind kind)
{
    return kind != RuleTarget::Kind::Bucket && kind != RuleTarget::Kind::Expression;
}

Result<CompiledTarget> CompiledTarget::compile(const RuleTarget &target)
{
    CompiledTarget compiled;
    compiled.m_target = target;
    if (target.kind == Kind::BodyJsonPath) {
        auto path = JsonPath::parse(target.name);
        if (!path)
            return path.error();
        compiled.m_jsonPath = *std::move(path);
    } else if (target.kind == Kind::BodyXPath) {
        if (auto broken = evaluateXPath(pugi::xml_document{}, target.name); !broken)
            return broken.error();
    }
    return compiled;
}

std::vector<TargetValue> CompiledTarget::values(const MatchContext &context) const
{
    const RequestView &request = context.request;
    std::vector<TargetValue> out;
    switch (m_target.kind) {
    case Kind::Method:
        return single(request.method());
    case Kind::Path:
        return single(request.path());
    case Kind::PathParameter:
        return named(context.pathParameters, m_target.name);
    case Kind::Query:
        return named(request.query(), m_target.name);
    case Kind::Header:
        for (const std::string_view value : request.request().head.all(m_target.name))
            out.push_back({std::string(value), nullptr});
        return out;
    case Kind::Cookie:
        return named(request.cookies(), m_target.name);
    case Kind::Form:
        return named(request.form(), m_target.name);
    case Kind::Part:
        for (const BodyPart &part : request.parts()) {
            if (part.name == m_target.name)
                out.push_back({std::string(part.content), nullptr});
        }
        return out;
    case Kind::Body:
        return request.request().body.empty()
                   ? out
                   : std::vector<TargetValue>{{request.request().body, request.json()}};
    case Kind::BodyJsonPath:
        if (const JsonValue *body = request.json()) {
            for (const JsonValue *hit : m_jsonPath->select(*body))
                out.push_back({textOf(*hit), hit});
        }
        return out;
    case Kind::BodyXPath:
        if (const pugi::xml_document *body = request.xml()) {
            if (auto hits = evaluateXPath(*body, m_target.name)) {
                for (std::string &hit : *hits)
                    out.push_back({std::move(hit), nullptr});
            }
        }
        return out;
    case Kind::Host:
        return single(request.host());
    case Kind::Port:
        return single(std::to_string(request.facts().port));
    case Kind::Scheme:
        return single(request.facts().tls ? "https" : "http");
    case Kind::Client:
        return single(request.facts().client);
    case Kind::Count:
        return single(std::to_string(context.count));
    case Kind::State:
        return single(context.scenarioState(m_target.name));
    case Kind::Jwt:
        if (const JsonObject *claims = request.jwtClaims()) {
            if (const JsonValue *claim = claims->find(m_target.name))
                out.push_back({textOf(*claim), claim});
        }
        return out;
    case Kind::ClientCertificateSubject:
        // A client without a certificate has no subject: `absent` holds.
        if (!request.facts().certificateSubject.empty())
            out.push_back({request.facts().certificateSubject, nullptr});
        return out;
    case Kind::Bucket:
    case Kind::Expression:
        return out;
    }
    return out;
}

} // namespace understudy
