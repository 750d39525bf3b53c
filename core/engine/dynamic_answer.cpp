// SPDX-License-Identifier: Apache-2.0
#include "core/engine/dynamic_answer.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/base/units.h"
#include "core/http/mime_type.h"
#include "core/template/dialects.h"

#include <algorithm>
#include <charconv>

namespace understudy {

namespace {

constexpr int kServerError = 500;
constexpr int kNotFound = 404;
constexpr int kBadRequest = 400;
constexpr int kLowestStatus = 100;
constexpr int kHighestStatus = 999;
constexpr std::string_view kPlain = "text/plain; charset=utf-8";

/// Whether a rendered path stays in the folder that stands before the first `{{` (as in Mockoon).
bool isBeneath(const std::string &path, const std::string &written)
{
    const std::string fixed = written.substr(0, written.find("{{"));
    const std::string base
        = std::filesystem::path(fixed.substr(0, fixed.rfind('/') + 1)).lexically_normal().string();
    const std::string whole = std::filesystem::path(path).lexically_normal().string();
    if (fixed == written) // nothing in it is rendered
        return true;
    const bool leaves = whole == ".." || whole.starts_with("../") || whole.starts_with('/');
    return base.empty() || base == "." ? !leaves : base != "/" && whole.starts_with(base);
}

} // namespace

TemplateText DynamicAnswer::read(const std::string &text, std::string_view field)
{
    TemplateText out(text, m_isTemplate, m_dialect);
    if (out.error())
        m_problems.emplace_back(field, described(*out.error()));
    return out;
}

std::shared_ptr<const DynamicAnswer> DynamicAnswer::compile(const Response &response,
                                                            const http::HeaderList &headers,
                                                            const std::filesystem::path &folder,
                                                            bool allowOutside)
{
    const JsonValue *notFound = response.extensions.find("x-mockoon-fallbackTo404");
    const bool isBucket = response.body.kind == Body::Kind::Bucket;
    const bool isTemplate = response.isTemplate;
    const bool isScript = response.body.kind == Body::Kind::Script;
    const bool isDelayed = !response.delay.empty();
    if (!isTemplate && !isBucket && !isScript && !notFound && !isDelayed)
        return nullptr;
    auto out = std::make_shared<DynamicAnswer>();
    out->m_dialect = response.dialect;
    out->m_isTemplate = isTemplate;
    out->m_status = response.status;
    out->m_reason = response.reason;
    out->m_kind = response.body.kind;
    out->m_isDownload = response.body.download;
    out->m_folder = folder;
    out->m_allowOutside = allowOutside;
    out->m_parameters = TemplateParameters(response.extensions);
    bool isDynamic = isBucket || isScript || notFound || isDelayed;
    if (isTemplate && !response.statusTemplate.empty()) {
        out->m_statusText = out->read(response.statusTemplate, "status");
        isDynamic = true;
    }
    if (isDelayed)
        out->m_delay = out->read(response.delay, "delay");
    for (const http::HeaderField &field : headers) {
        out->m_headers.emplace_back(field.name, out->read(field.value, "headers." + field.name));
        isDynamic |= out->m_isTemplate && hasTemplate(field.value);
    }
    switch (response.body.kind) {
    case Body::Kind::Text:
        out->m_body = out->read(response.body.content, "body");
        break;
    case Body::Kind::Base64:
        out->m_body
            = TemplateText(text::decodeBase64(response.body.content).value_or(std::string()), false,
                           response.dialect);
        break;
    case Body::Kind::Json:
        out->m_body = out->read(writeJson(response.body.json), "body");
        break;
    case Body::Kind::File:
        out->m_body = out->read(response.body.content, "bodyFile");
        isDynamic |= isRenderedFile(response.body.content) && isTemplate;
        break;
    case Body::Kind::Bucket:
        out->m_body = TemplateText(response.body.content, false, response.dialect);
        break;
    case Body::Kind::Script:
        out->m_script = std::make_shared<ScriptFile>(response.body.content, folder, allowOutside);
        break;
    case Body::Kind::None:
        break;
    }
    isDynamic |= out->m_body.isRendered();
    if (notFound && notFound->ifString())
        out->m_notFound = out->read(*notFound->ifString(), "body");
    return isDynamic ? out : nullptr;
}

/// As Mockoon answers where its dialect is spoken; a 500 that says why otherwise.
void DynamicAnswer::fail(const Error &error, Outcome &out) const
{
    out.error = described(error);
    std::erase_if(out.parts.headers, [](const http::HeaderField &field) {
        return text::equalsIgnoreCase(field.name, "Content-Type");
    });
    out.defaultType = kPlain;
    out.file.reset();
    if (m_dialect == Dialect::Mockoon) {
        out.parts.body = "Error while serving the content: " + error.message;
    } else {
        out.parts.status = kServerError;
        out.parts.reason.clear();
        out.parts.body = out.error + '\n';
    }
}

DynamicAnswer::Outcome DynamicAnswer::make(handlebars::RenderScope &scope,
                                           const std::optional<CrudPlace> &crud) const
{
    Outcome out;
    out.parts.status = m_status;
    out.parts.reason = m_reason;
    m_parameters.giveTo(scope);
    if (!makeHeaders(scope, out))
        return out;
    scope.status = 0; // what a header said does not count (as in Mockoon)
    if (!makeComputed(scope, out))
        return out;
    switch (m_kind) {
    case Body::Kind::Text:
    case Body::Kind::Json:
        makeBody(scope, out);
        break;
    case Body::Kind::File:
        makeFile(scope, out);
        break;
    case Body::Kind::Bucket:
        makeBucket(scope, crud, out);
        break;
    case Body::Kind::Script:
        makeScript(scope, out);
        break;
    case Body::Kind::Base64:
        out.parts.body = m_body.written();
        break;
    case Body::Kind::None:
        setStatus(scope, out);
        break;
    }
    return out;
}

bool DynamicAnswer::makeComputed(handlebars::RenderScope &scope, Outcome &out) const
{
    const auto failed = [&](std::string_view field, Error error) {
        error.message = std::string(field) + ": " + error.message;
        fail(error, out);
        return false;
    };
    if (m_statusText) {
        const auto rendered = m_statusText->render(scope);
        if (!rendered)
            return failed("status", rendered.error());
        const std::string_view written = text::trim(*rendered);
        int status = 0;
        const auto [end, failure]
            = std::from_chars(written.data(), written.data() + written.size(), status);
        if (failure != std::errc() || end != written.data() + written.size()
            || status < kLowestStatus || status > kHighestStatus)
            return failed(
                "status",
                {ErrorCode::Invalid, "'" + *rendered + "' is not a number from 100 to 999", {}});
        out.parts.status = status;
    }
    if (m_delay) {
        const auto rendered = m_delay->render(scope);
        const auto delay
            = rendered ? parseDelay(text::trim(*rendered)) : Result<Duration>(rendered.error());
        if (!delay)
            return failed("delay", delay.error());
        scope.delay = *delay;
    }
    return true;
}

/// That a helper asked for.
void DynamicAnswer::setStatus(handlebars::RenderScope &scope, Outcome &out)
{
    if (scope.status == 0 || scope.status == out.parts.status)
        return;
    out.parts.status = scope.status;
    out.parts.reason.clear();
}

bool DynamicAnswer::makeHeaders(handlebars::RenderScope &scope, Outcome &out) const
{
    for (const auto &[name, text] : m_headers) {
        auto rendered = text.render(scope);
        if (!rendered && m_dialect != Dialect::Mockoon) {
            Error error = rendered.error();
            error.message = "header '" + name + "': " + error.message;
            fail(error, out);
            return false;
        }
        if (!rendered)
            out.error = "header '" + name + "': " + described(rendered.error());
        std::string value = rendered ? *std::move(rendered)
                                     : "-- Header parsing error, see logs for more details --";
        // What HTTP does not allow drops the header (as in Mockoon), rather than the answer.
        if (http::isFieldValue(value))
            out.parts.headers.push_back({name, std::move(value)});
        else
            out.error = "header '" + name
                        + "': its value has a line break or another control "
                          "character; it is left out";
    }
    return true;
}

void DynamicAnswer::makeBody(handlebars::RenderScope &scope, Outcome &out) const
{
    auto body = m_body.render(scope);
    if (!body) {
        fail(body.error(), out);
        return;
    }
    out.parts.body = *std::move(body);
    setStatus(scope, out);
    out.defaultType = m_kind == Body::Kind::Json ? "application/json" : kPlain;
}

void DynamicAnswer::makeFile(handlebars::RenderScope &scope, Outcome &out) const
{
    const auto rendered = m_body.render(scope);
    if (!rendered) {
        fail(rendered.error(), out);
        return;
    }
    const std::string &path = *rendered;
    if (!isBeneath(path, m_body.written())) {
        fail({ErrorCode::Access,
              "the path '" + path + "' leaves the folder that is written before the template",
              {}},
             out);
        return;
    }
    FileBody file = resolveFileBody(path, m_folder, m_allowOutside);
    file.download = m_isDownload;
    file.isMockoon = m_dialect == Dialect::Mockoon;
    if (m_notFound && fileProblem(file)) {
        auto body = m_notFound->render(scope);
        if (!body) {
            fail(body.error(), out);
            return;
        }
        out.parts.status = kNotFound;
        out.parts.reason.clear();
        out.parts.body = *std::move(body);
        out.defaultType = kPlain;
        return;
    }
    if (!m_isTemplate || !isRenderedFile(path)) {
        out.file = std::move(file);
        return;
    }
    const auto source = m_files->find(file, m_dialect);
    if (!source && source.error().code != ErrorCode::Syntax
        && source.error().code != ErrorCode::Limit) {
        out.file = std::move(file); // which says what is wrong with it
        return;
    }
    std::string body;
    const auto done = source ? (*source)->render(body, handlebars::Value(JsonObject()), &scope)
                             : Result<void>(source.error());
    if (!done) {
        fail(done.error(), out);
        return;
    }
    out.parts.body = std::move(body);
    setStatus(scope, out);
    const std::string_view type = http::mimeTypeOf(path);
    out.defaultType = type.empty() ? kPlain : type;
    if (m_isDownload && !http::findHeader(out.parts.headers, "Content-Disposition"))
        out.parts.headers.push_back({"Content-Disposition", contentDisposition(file.path)});
}

void DynamicAnswer::makeScript(handlebars::RenderScope &scope, Outcome &out) const
{
    Scripting *scripting = scope.server ? scope.server->scripting() : nullptr;
    const auto text = m_script->current();
    auto made = !scripting ? Result<ScriptAnswer>(noScripting("'script'"))
                : !text    ? Result<ScriptAnswer>(text.error())
                           : scripting->answer(**text, scope);
    for (const http::HeaderField &field : made ? made->headers : http::HeaderList{}) {
        if (!http::isToken(field.name) || !http::isFieldValue(field.value)) {
            made = Error{ErrorCode::Invalid,
                         m_script->written() + " returned the header '" + field.name
                             + "', whose name or value HTTP does not allow",
                         {}};
            break;
        }
    }
    if (!made) {
        Error error = made.error();
        error.message = error.text(); // its place is in the script, not in a template
        error.where = {};
        fail(error, out);
        return;
    }
    if (made->status && *made->status != out.parts.status) {
        out.parts.status = *made->status;
        out.parts.reason.clear();
    }
    scope.delay = made->delay;
    out.parts.headers = mergeHeaders(out.parts.headers, made->headers);
    out.parts.body = std::move(made->body);
    out.defaultType = std::move(made->defaultType);
}

void DynamicAnswer::makeBucket(handlebars::RenderScope &scope, const std::optional<CrudPlace> &crud,
                               Outcome &out) const
{
    const auto type = answerFromBucket(m_body.written(), crud, scope, out.parts);
    if (type) {
        out.defaultType = *type;
        return;
    }
    if (type.error().code == ErrorCode::NotFound) {
        fail(type.error(), out);
        return;
    }
    out.error = type.error().message;
    out.parts.status = kBadRequest;
    out.parts.reason.clear();
    out.parts.body = writeJson(JsonValue(JsonObject{{"error", out.error}}));
    out.defaultType = "application/json";
}

} // namespace understudy
