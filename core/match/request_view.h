// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/work_budget.h"
#include "core/http/header_list.h"
#include "core/http/request.h"
#include "core/http/uri.h"

#include "core/base/json_value.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy {

class XmlBody;

/// What is known about the connection a request came on.
struct ConnectionFacts
{
    std::string client; ///< address without port, "127.0.0.1"
    std::uint16_t port = 0;
    bool tls = false;
    std::string serverName{};         ///< SNI, as the client sent it
    std::string certificateSubject{}; ///< of the client's certificate, RFC 2253; empty without one
};

using NamedValues = std::vector<std::pair<std::string, std::string>>;

/// The segments of a path as one text: a slash inside of a segment is written %2F, and a `%` in
/// front of "2F" is written %25, so that every path has a text of its own.
std::string joinSegments(const std::vector<std::string> &segments, std::size_t from = 0);

/// A part of a multipart body (RFC 7578).
struct BodyPart
{
    std::string name;
    std::string fileName;
    std::string_view content;
    http::HeaderList headers; ///< of the part
};

/// A request with its parts decoded when somebody asks, once. Refers to the request, which must
/// outlive it. One thread.
class RequestView
{
public:
    /// `mergesSlashes`: runs of slashes in the path count as one.
    RequestView(const http::Request &request, const ConnectionFacts &facts,
                bool mergesSlashes = false);
    ~RequestView();
    RequestView(const RequestView &) = delete;
    RequestView &operator=(const RequestView &) = delete;

    const http::Request &request() const { return m_request; }
    const ConnectionFacts &facts() const { return m_facts; }
    std::string_view method() const { return m_request.head.method(); }
    const http::TargetParts &target() const { return m_target; }

    /// Decoded segments of the path without the one behind a trailing slash: "/a%20b/c/" -> {"a b",
    /// "c"}.
    const std::vector<std::string> &segments() const { return m_segments; }
    bool hasTrailingSlash() const { return m_trailingSlash; }
    /// The decoded path; "*" for asterisk-form, empty for authority-form. A slash that is data
    /// stays written as %2F, as it would be a separator otherwise (RFC 3986 section 2.2).
    std::string path() const;

    /// The host without port: of an absolute-form target, else of the Host header.
    std::string_view host() const;
    const NamedValues &query() const;
    /// The body without its content codings and as UTF-8; the raw one where those are not known or
    /// broken. Errors: Limit if it would be too large.
    Result<std::string_view> body() const;
    /// The body without its content codings, byte for byte.
    Result<std::string_view> bytes() const;
    const NamedValues &cookies() const;
    /// Fields of an `application/x-www-form-urlencoded` body, or the text fields of a multipart
    /// one.
    const NamedValues &form() const;
    const std::vector<BodyPart> &parts() const;
    /// Why bytes() are those that were sent: a content coding that is not known or is broken.
    const std::optional<Error> &codingProblem() const;
    /// The body as JSON, whatever its Content-Type says; nullptr if it is not JSON, or if
    /// jsonProblem().
    const JsonValue *json() const;
    /// Why it is not known whether the body is JSON: it is nested too deeply to be read.
    const std::optional<Error> &jsonProblem() const;
    /// The body as XML; nullptr if it is not well formed.
    const XmlBody *xml() const;
    /// Claims of a bearer token in Authorization, not verified; nullptr if there is none. Errors:
    /// Limit if they are nested too deeply to be read.
    Result<const JsonObject *> jwtClaims() const;

    /// What matching this request may still cost.
    WorkBudget &work() const { return m_work; }

private:
    struct Lazy;

    const http::Request &m_request;
    const ConnectionFacts &m_facts;
    http::TargetParts m_target;
    std::vector<std::string> m_segments;
    bool m_trailingSlash = false;
    mutable std::unique_ptr<Lazy> m_lazy;
    mutable WorkBudget m_work{kRequestWork};

    Lazy &lazy() const;
    std::string_view contentType() const;
};

} // namespace understudy
