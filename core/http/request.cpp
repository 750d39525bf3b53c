// SPDX-License-Identifier: Apache-2.0
#include "core/http/request.h"

#include "core/base/text.h"

namespace understudy::http {

RequestHead::RequestHead(std::string_view method, std::string_view target,
                         const HeaderList &headers, int version)
    : m_version(version)
{
    const auto append = [this](std::string_view text, std::string_view after) {
        const Span span{static_cast<std::uint32_t>(m_raw.size()),
                        static_cast<std::uint32_t>(text.size())};
        m_raw.append(text).append(after);
        return span;
    };
    m_method = append(method, " ");
    m_target = append(target, version == 10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    for (const HeaderField &field : headers) {
        const Span name = append(field.name, ": ");
        m_headers.emplace_back(name, append(field.value, "\r\n"));
    }
    m_raw += "\r\n";
}

std::optional<std::string_view> RequestHead::find(std::string_view name) const
{
    for (const auto &[n, v] : m_headers) {
        if (n.size == name.size() && text::equalsIgnoreCase(view(n), name))
            return view(v);
    }
    return std::nullopt;
}

std::vector<std::string_view> RequestHead::all(std::string_view name) const
{
    std::vector<std::string_view> out;
    for (const auto &[n, v] : m_headers) {
        if (n.size == name.size() && text::equalsIgnoreCase(view(n), name))
            out.push_back(view(v));
    }
    return out;
}

} // namespace understudy::http
