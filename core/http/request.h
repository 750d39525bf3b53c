// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/header_list.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::http {

/// A stretch of the raw head, by position, so that it survives copying and moving the text.
struct Span
{
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
    bool operator==(const Span &) const = default;
};

/// A header line as it arrived: name as written, value without the white space around it.
struct HeaderView
{
    std::string_view name;
    std::string_view value;
};

/// The head of a request: the bytes once, everything else as positions in them. A value; views that
/// it hands out live as long as it does and is not changed. RequestParser fills it with what
/// arrived.
class RequestHead
{
public:
    RequestHead() = default;
    /// One that nobody sent. The caller's names and values have to be valid. `version`: 10 or 11.
    RequestHead(std::string_view method, std::string_view target, const HeaderList &headers,
                int version = 11);

    /// The head as received, from the request line to the empty line, both included.
    std::string_view raw() const { return m_raw; }
    std::string_view method() const { return view(m_method); }
    /// The target exactly as sent: origin-form, absolute-form, authority-form or `*`.
    std::string_view target() const { return view(m_target); }
    /// 10 for HTTP/1.0, 11 for HTTP/1.1.
    int version() const { return m_version; }

    std::size_t headerCount() const { return m_headers.size(); }
    HeaderView header(std::size_t index) const
    {
        return {view(m_headers[index].first), view(m_headers[index].second)};
    }
    /// The first header of that name (ASCII case-insensitive); nothing if there is none.
    std::optional<std::string_view> find(std::string_view name) const;
    /// Every value of that name, in the order they came.
    std::vector<std::string_view> all(std::string_view name) const;

    /// Bytes this value holds on the heap; the journal's budget counts them.
    std::size_t heapSize() const
    {
        return m_raw.capacity() + m_headers.capacity() * sizeof(m_headers[0]);
    }

    bool operator==(const RequestHead &) const = default;

private:
    friend class RequestParser;
    std::string_view view(Span span) const
    {
        return std::string_view(m_raw).substr(span.offset, span.size);
    }

    std::string m_raw;
    Span m_method;
    Span m_target;
    int m_version = 11;
    std::vector<std::pair<Span, Span>> m_headers;
};

/// A whole request: head, decoded body (chunked coding removed) and the trailers that followed it.
struct Request
{
    RequestHead head;
    std::string body;
    /// There is a body, if only an empty one: its length or chunks were announced (RFC 9112
    /// section 6).
    bool hasBody = false;
    std::vector<std::pair<std::string, std::string>> trailers;

    bool operator==(const Request &) const = default;
};

} // namespace understudy::http
