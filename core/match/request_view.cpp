// SPDX-License-Identifier: Apache-2.0
#include "core/match/request_view.h"

#include "core/base/text.h"
#include "core/http/charset.h"
#include "core/match/body_decoder.h"
#include "core/match/multipart.h"
#include "core/match/xml_body.h"

namespace understudy {

namespace {

// Deeper documents are not what a rule looks at, and would cost stack.
constexpr std::size_t kJsonDepth = 200;

struct ReadJson
{
    std::optional<JsonValue> value;
    std::optional<Error> problem; ///< it may be JSON, and is not read
};

ReadJson readJson(std::string_view text, std::string_view what)
{
    auto value = JsonValue::parse(text, kJsonDepth);
    if (value)
        return {*std::move(value), std::nullopt};
    if (value.error().code != ErrorCode::Limit)
        return {};
    return {std::nullopt,
            Error{ErrorCode::Limit,
                  std::string(what) + " JSON nested deeper than " + std::to_string(kJsonDepth),
                  {}}};
}

} // namespace

std::string joinSegments(const std::vector<std::string> &segments, std::size_t from)
{
    std::string out;
    for (std::size_t i = from; i < segments.size(); ++i) {
        if (i > from)
            out += '/';
        const std::string_view segment = segments[i];
        for (std::size_t at = 0; at < segment.size(); ++at) {
            if (segment[at] == '/')
                out += "%2F";
            else if (segment[at] == '%' && text::equalsIgnoreCase(segment.substr(at + 1, 2), "2F"))
                out += "%25";
            else
                out += segment[at];
        }
    }
    return out;
}

struct RequestView::Lazy
{
    struct Text
    {
        std::optional<Error> error;
        std::optional<std::string> made; ///< nothing: the bytes as they are
    };
    std::optional<Text> bytes;
    std::optional<Error> codingProblem;
    std::optional<Text> body;
    std::optional<NamedValues> query;
    std::optional<NamedValues> cookies;
    std::optional<NamedValues> form;
    std::optional<std::vector<BodyPart>> parts;
    bool jsonTried = false;
    ReadJson json;
    std::unique_ptr<XmlBody> xml;
    bool jwtTried = false;
    ReadJson jwt;
};

RequestView::RequestView(const http::Request &request, const ConnectionFacts &facts,
                         bool mergesSlashes)
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
        if (segment.empty() && mergesSlashes && slash != std::string_view::npos) {
            rest.remove_prefix(slash + 1);
            continue;
        }
        if (segment.empty() && mergesSlashes) // "//" alone, or a run at the end
            return;
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
    std::string out = '/' + joinSegments(m_segments);
    if (m_trailingSlash && out != "/")
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

std::string_view RequestView::contentType() const
{
    return m_request.head.find("Content-Type").value_or(std::string_view{});
}

Result<std::string_view> RequestView::bytes() const
{
    if (m_request.body.empty())
        return std::string_view{};
    auto &bytes = lazy().bytes;
    if (!bytes) {
        bytes.emplace();
        std::string codings;
        for (const std::string_view value : m_request.head.all("Content-Encoding"))
            codings.append(codings.empty() ? "" : ",").append(value);
        if (!codings.empty()) {
            auto plain = removeCodings(codings, m_request.body);
            if (plain)
                bytes->made = *std::move(plain);
            else if (plain.error().code == ErrorCode::Limit)
                bytes->error = plain.error();
            else
                lazy().codingProblem = plain.error();
        }
    }
    if (bytes->error)
        return *bytes->error;
    return bytes->made ? std::string_view(*bytes->made) : std::string_view(m_request.body);
}

const std::optional<Error> &RequestView::codingProblem() const
{
    (void)bytes();
    return lazy().codingProblem;
}

Result<std::string_view> RequestView::body() const
{
    auto raw = bytes();
    if (!raw || raw->empty())
        return raw;
    auto &body = lazy().body;
    if (!body) {
        body.emplace();
        body->made = bodyAsUtf8(contentType(), *raw);
    }
    return body->made ? std::string_view(*body->made) : *raw;
}

const std::vector<BodyPart> &RequestView::parts() const
{
    auto &parts = lazy().parts;
    if (!parts) {
        const auto raw = bytes();
        parts = parseMultipart(contentType(), raw ? *raw : std::string_view{});
    }
    return *parts;
}

const NamedValues &RequestView::form() const
{
    auto &form = lazy().form;
    if (form)
        return *form;
    form.emplace();
    const std::string type = text::toLower(contentType());
    if (type.starts_with("application/x-www-form-urlencoded")) {
        // The escapes stand for bytes of the charset, so the fields are read before it is.
        const auto raw = bytes();
        if (!raw)
            return *form;
        const std::string charset = headerParameter(contentType(), "charset");
        form = http::parseQuery(*raw);
        for (auto &[name, value] : *form) {
            if (http::isUtf8Charset(charset))
                break;
            name = http::toUtf8(name, charset).value_or(name);
            value = http::toUtf8(value, charset).value_or(value);
        }
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
        if (const auto text = body())
            l.json = readJson(*text, "the body is");
    }
    return l.json.value ? &*l.json.value : nullptr;
}

const std::optional<Error> &RequestView::jsonProblem() const
{
    json();
    return lazy().json.problem;
}

const XmlBody *RequestView::xml() const
{
    Lazy &l = lazy();
    if (!l.xml) {
        const auto text = body();
        l.xml = std::make_unique<XmlBody>(
            text ? *text : std::string_view{},
            (l.body && l.body->made) || !headerParameter(contentType(), "charset").empty());
    }
    return l.xml->isValid() ? l.xml.get() : nullptr;
}

Result<const JsonObject *> RequestView::jwtClaims() const
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
                    l.jwt = readJson(*payload, "the claims of the token are");
            }
        }
    }
    if (l.jwt.problem)
        return *l.jwt.problem;
    return l.jwt.value ? l.jwt.value->ifObject() : nullptr;
}

} // namespace understudy
