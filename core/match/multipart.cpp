// SPDX-License-Identifier: Apache-2.0
#include "core/match/multipart.h"

#include "core/base/text.h"

#include <algorithm>

namespace understudy {

std::string headerParameter(std::string_view value, std::string_view name)
{
    std::size_t at = value.find(';');
    while (at != std::string_view::npos) {
        std::string_view rest = text::trim(value.substr(at + 1));
        const std::size_t eq = rest.find('=');
        if (eq == std::string_view::npos)
            return {};
        const bool wanted = text::equalsIgnoreCase(text::trim(rest.substr(0, eq)), name);
        rest = text::trim(rest.substr(eq + 1));
        std::string out;
        std::size_t end = 0;
        if (rest.starts_with('"')) {
            for (end = 1; end < rest.size() && rest[end] != '"'; ++end) {
                if (rest[end] == '\\' && end + 1 < rest.size())
                    ++end;
                out += rest[end];
            }
        } else {
            end = std::min(rest.find(';'), rest.size());
            out = text::trim(rest.substr(0, end));
        }
        if (wanted)
            return out;
        const std::size_t next = rest.find(';', end);
        at = next == std::string_view::npos
                 ? next
                 : static_cast<std::size_t>(rest.data() - value.data()) + next;
    }
    return {};
}

std::vector<BodyPart> parseMultipart(std::string_view contentType, std::string_view body)
{
    std::vector<BodyPart> parts;
    if (!text::toLower(contentType).starts_with("multipart/"))
        return parts;
    const std::string boundary = headerParameter(contentType, "boundary");
    if (boundary.empty())
        return parts;
    const std::string delimiter = "--" + boundary;
    std::size_t at = body.find(delimiter);
    while (at != std::string_view::npos) {
        std::string_view rest = body.substr(at + delimiter.size());
        if (rest.starts_with("--") || !rest.starts_with("\r\n"))
            break;
        rest.remove_prefix(2);
        const std::size_t headEnd = rest.starts_with("\r\n") ? 0 : rest.find("\r\n\r\n");
        const std::size_t end = rest.find("\r\n" + delimiter);
        if (headEnd == std::string_view::npos || end == std::string_view::npos || headEnd > end)
            break;
        BodyPart part;
        std::string_view head = rest.substr(0, headEnd);
        while (!head.empty()) {
            const std::size_t lineEnd = head.find("\r\n");
            const std::string_view line = head.substr(0, lineEnd);
            const std::size_t colon = line.find(':');
            if (colon != std::string_view::npos)
                part.headers.push_back({std::string(line.substr(0, colon)),
                                        std::string(text::trim(line.substr(colon + 1)))});
            if (text::equalsIgnoreCase(line.substr(0, colon), "Content-Disposition")) {
                part.name = headerParameter(line, "name");
                part.fileName = headerParameter(line, "filename");
            }
            head
                = lineEnd == std::string_view::npos ? std::string_view{} : head.substr(lineEnd + 2);
        }
        const std::size_t contentAt = headEnd == 0 ? 2 : headEnd + 4;
        if (contentAt <= end)
            part.content = rest.substr(contentAt, end - contentAt);
        parts.push_back(std::move(part));
        at = static_cast<std::size_t>(rest.data() - body.data()) + end + 2;
    }
    return parts;
}

} // namespace understudy
