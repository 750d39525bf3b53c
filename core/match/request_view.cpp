// SPDX-License-Identifier: Apache-2.0
#include "core/match/request_view.h"

#include "core/base/text.h"
#include "core/match/multipart.h"
#include "core/match/xml_body.h"

#include <boost/json/parse.hpp>

namespace understudy {

namespace {

// Deeper documents are not what a rule looks at, and would cost stack.
constexpr std::size_t kJsonDepth = 200;

std::optional<JsonValue> parseJson(std::string_view text)
{
    auto value = JsonValue::parse(text, kJsonDepth);
    return value ? std::optional(*std::move(value)) : std::nullopt;
}

} // namespace

struct RequestView::Lazy
{
    std::optional<NamedValues> query;
    std::optional<NamedValues> cookies;
    std::optional<NamedValues> form;
    std::optional<std::vector<BodyPart>> parts;
    bool jsonTried = false;
    std::optional<JsonValue> json;
    std::unique_ptr<XmlBody> xml;
    bool jwtTried = false;
    std::optional<JsonValue> jwt;
};

RequestView::RequestView(const http::Request &request, const ConnectionFacts &facts)
    : m_request(request)
    , m_facts(facts)
    , m_target(http::splitTarget(request.head.method(), request.head.target()))
{
    std::string_view rest = m_target.path;
    if (!rest.starts_with('/'))
        return;
    rest.remove_prefix(1);
    if (rest.empty())
        return;
    if (rest.ends_with('/')) {
        m_trailingSlash = true;
        rest.remove_suffix(1);
    }
    while (true) {
        const std::size_t slash = rest.find('/');
        const std::string_view segment = rest.substr(0, slash);
        if (segment.find('%') == std::string_view::npos)
            m_segments.emplace_back(segment);
        else
            m_segments.push_back(http::percentDecode(segment));
        if (slash == std::string_view::npos)
            return;
        rest.remove_prefix(slash + 1);
    }
}

RequestView::~RequestView() = default;

RequestView::Lazy &RequestView::lazy() const
{
    if (!m_lazy)
        m_lazy = std::make_unique<Lazy>();
    return *m_lazy;
}

std::string RequestView::path() const
{
    if (!m_target.path.starts_with('/'))
        return std::string(m_target.path);
    std::string out;
    for (const std::string &segment : m_segments)
        out += '/' + segment;
    if (m_trailingSlash || out.empty())
        out += '/';
    return out;
}

std::string_view RequestView::host() const
{
    std::string_view host = m_target.authority;
    if (host.empty())
        host = m_request.head.find("Host").value_or(std::string_view{});
    if (const std::size_t at = host.rfind('@'); at != std::string_view::npos)
        host.remove_prefix(at + 1);
    if (host.starts_with('['))
        return host.substr(0, host.find(']') == std::string_view::npos ? host.size()
                                                                       : host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

const NamedValues &RequestView::query() const
{
    auto &query = lazy().query;
    if (!query)
        query = http::parseQuery(m_target.query);
    return *query;
}

const NamedValues &RequestView::cookies() const
{
    auto &cookies = lazy().cookies;
    if (!cookies) {
        cookies.emplace();
        for (const std::string_view header : m_request.head.all("Cookie")) {
            for (auto &cookie : http::parseCookies(header))
                cookies->push_back(std::move(cookie));
        }
    }
    return *cookies;
}

const std::vector<BodyPart> &RequestView::parts() const
{
    auto &parts = lazy().parts;
    if (!parts)
        parts = parseMultipart(m_request.head.find("Content-Type").value_or(std::string_view{}),
                               m_request.body);
    return *parts;
}

const NamedValues &RequestView::form() const
{
    auto &form = lazy().form;
    if (form)
        return *form;
    form.emplace();
    const std::string type
        = text::toLower(m_request.head.find("Content-Type").value_or(std::string_view{}));
    if (type.starts_with("application/x-www-form-urlencoded")) {
        form = http::parseQuery(m_request.body);
    } else if (type.starts_with("multipart/")) {
        for (const BodyPart &part : parts()) {
            if (part.fileName.empty())
                form->emplace_back(part.name, part.content);
        }
    }
    return *form;
}

const JsonValue *RequestView::json() const
{
    Lazy &l = lazy();
    if (!l.jsonTried) {
        l.jsonTried = true;
        l.json = parseJson(m_request.body);
    }
    return l.json ? &*l.json : nullptr;
}

const XmlBody *RequestView::xml() const
{
    Lazy &l = lazy();
    if (!l.xml)
        l.xml = std::make_unique<XmlBody>(m_request.body);
    return l.xml->isValid() ? l.xml.get() : nullptr;
}

const JsonObject *RequestView::jwtClaims() const
{
    Lazy &l = lazy();
    if (!l.jwtTried) {
        l.jwtTried = true;
        const std::string_view header
            = m_request.head.find("Authorization").value_or(std::string_view{});
        const std::size_t space = header.find(' ');
        if (space != std::string_view::npos
            && text::equalsIgnoreCase(header.substr(0, space), "Bearer")) {
            const auto pieces = text::split(text::trim(header.substr(space)), '.');
            if (pieces.size() >= 2) {
                if (const auto payload = text::decodeBase64Url(pieces[1]))
                    l.jwt = parseJson(*payload);
            }
        }
    }
    return l.jwt ? l.jwt->ifObject() : nullptr;
}

} // namespace understudy
