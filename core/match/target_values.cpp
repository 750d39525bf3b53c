// SPDX-License-Identifier: Apache-2.0
#include "core/match/target_values.h"

#include "core/base/text.h"
#include "core/match/comparison.h"
#include "core/match/xml_body.h"
#include "core/template/dialects.h"
#include "core/template/render_scope.h"

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

bool readsBody(Kind kind)
{
    return kind == Kind::Body || kind == Kind::BodyJsonPath || kind == Kind::BodyXPath
           || kind == Kind::Form || kind == Kind::Part;
}

} // namespace

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
        auto path = XPath::compile(target.name);
        if (!path)
            return path.error();
        compiled.m_xPath = *std::move(path);
    } else if (target.kind == Kind::Bucket && !target.path.empty()) {
        auto path = JsonPath::parse(target.path);
        if (!path)
            return path.error();
        compiled.m_jsonPath = *std::move(path);
    } else if (target.kind == Kind::Expression) {
        const Dialect dialect = target.path == "mockoon"    ? Dialect::Mockoon
                                : target.path == "wiremock" ? Dialect::WireMock
                                                            : Dialect::Native;
        auto source = handlebars::Template::compile(target.name, templateOptions(dialect));
        // Mockoon goes on with a template that is none: the rule is undecided, and never holds.
        if (!source && dialect == Dialect::Mockoon) {
            compiled.m_problem = source.error();
            return compiled;
        }
        if (!source)
            return source.error();
        compiled.m_expression = std::make_shared<const handlebars::Template>(*std::move(source));
    }
    return compiled;
}

Result<std::vector<TargetValue>> CompiledTarget::values(const MatchContext &context) const
{
    const RequestView &request = context.request;
    if (!readsBody(m_target.kind))
        return valuesOf(context);
    if (const auto bytes = request.bytes(); !bytes)
        return bytes.error();
    auto out = valuesOf(context);
    // Nothing was found in what could not be read: nobody knows what is in there.
    const bool isAbsent = m_target.kind == Kind::Body && !request.request().hasBody;
    if (out && out->empty() && !isAbsent) {
        if (request.codingProblem())
            return *request.codingProblem();
        if (m_target.kind == Kind::BodyJsonPath && request.jsonProblem())
            return *request.jsonProblem();
    }
    return out;
}

Result<std::vector<TargetValue>> CompiledTarget::valuesOf(const MatchContext &context) const
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
    case Kind::Body: {
        if (!request.request().hasBody)
            return out;
        const auto body = request.body();
        if (!body)
            return body.error();
        out.push_back({std::string(*body), request.json(), true});
        return out;
    }
    case Kind::BodyJsonPath:
        if (const JsonValue *body = request.json()) {
            WorkShare share(request.work());
            const auto hits = m_jsonPath->trySelect(*body, share.budget());
            if (!hits)
                return hits.error();
            for (const JsonValue *hit : *hits)
                out.push_back({textOf(*hit), hit});
        }
        return out;
    case Kind::BodyXPath:
        if (const XmlBody *body = request.xml()) {
            WorkShare share(request.work());
            auto hits = m_xPath->select(*body, share.budget());
            if (!hits)
                return hits.error();
            for (std::string &hit : *hits)
                out.push_back({std::move(hit), nullptr});
        }
        return out;
    case Kind::Url: {
        const http::TargetParts &target = request.target();
        const bool hasQuery = !target.query.empty();
        return single(std::string(target.path) + (hasQuery ? "?" : "") + std::string(target.query));
    }
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
        return single(context.scenarioState(m_target.name, context));
    case Kind::Jwt:
        if (const auto claims = request.jwtClaims(); !claims) {
            return claims.error();
        } else if (*claims) {
            if (const JsonValue *claim = (*claims)->find(m_target.name))
                out.push_back({textOf(*claim), claim});
        }
        return out;
    case Kind::ClientCertificateSubject:
        // A client without a certificate has no subject: `absent` holds.
        if (!request.facts().certificateSubject.empty())
            out.push_back({request.facts().certificateSubject, nullptr});
        return out;
    case Kind::Bucket:
        return bucketValues(context);
    case Kind::Expression:
        return rendered(context);
    }
    return out;
}

Result<std::vector<TargetValue>> CompiledTarget::bucketValues(const MatchContext &context) const
{
    std::vector<TargetValue> out;
    handlebars::RenderScope scope(context);
    const auto bucket = context.server ? context.server->bucket(m_target.name, scope) : nullptr;
    if (!bucket)
        return out;
    // The values are texts: another request may change the bucket meanwhile.
    if (!m_jsonPath) {
        out.push_back({textOf(*bucket), nullptr});
        return out;
    }
    WorkShare share(context.request.work());
    const auto hits = m_jsonPath->trySelect(*bucket, share.budget());
    if (!hits)
        return hits.error();
    for (const JsonValue *hit : *hits)
        out.push_back({textOf(*hit), nullptr});
    return out;
}

Result<std::vector<TargetValue>> CompiledTarget::rendered(const MatchContext &context) const
{
    if (m_problem)
        return *m_problem;
    handlebars::RenderScope scope(context);
    static const handlebars::Value kRoot{JsonObject()};
    std::string text;
    if (const auto done = m_expression->render(text, kRoot, &scope); !done)
        return done.error();
    return single(text);
}

} // namespace understudy
