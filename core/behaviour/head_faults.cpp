// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/head_faults.h"

#include "core/base/text.h"
#include "core/base/units.h"
#include "core/behaviour/head_text.h"
#include "core/http/date.h"

#include <charconv>

namespace understudy {

namespace {

// So much more is announced than is sent.
constexpr std::uint64_t kTooMuch = 10;

std::uint64_t lengthOf(std::string_view text)
{
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// A date of HTTP shifted; other texts ("0", "-1" in Expires) stay.
std::string shifted(std::string_view text, Duration by)
{
    // A moment of the system clock ends in 2262: what lies far ahead stays as it is.
    constexpr std::size_t kYearAt = 12; // "Sun, 06 Nov 1994 08:49:37 GMT"
    if (text.size() > kYearAt && text[kYearAt] != '1' && text.substr(kYearAt, 2) != "20")
        return std::string(text);
    const auto date = http::parseDate(text);
    return date ? http::formatDate(*date + by) : std::string(text);
}

/// RFC 6265 section 4.1: attributes behind semicolons.
std::string shiftCookie(std::string_view cookie, Duration by)
{
    std::string out;
    for (const std::string_view part : text::split(cookie, ';')) {
        const std::string_view attribute = text::trim(part);
        const std::size_t equals = attribute.find('=');
        out += out.empty() ? "" : "; ";
        if (equals != std::string_view::npos
            && text::equalsIgnoreCase(attribute.substr(0, equals), "expires"))
            out.append(attribute.substr(0, equals + 1))
                .append(shifted(attribute.substr(equals + 1), by));
        else
            out.append(attribute);
    }
    return out;
}

} // namespace

std::string malformHead(std::string_view head, std::string_view variant, std::string &effect)
{
    HeadText lines(head);
    if (variant == "status-line") {
        lines.setStatusLine("HTTP/1.1 2x0 Broken");
        effect = "the status line had no number for a status";
    } else if (variant == "header") {
        lines.add("This line has no colon");
        effect = "the head had a line that is no header field";
    } else if (variant == "nul") {
        lines.add(std::string("X-Broken: a\0b", 13));
        effect = "a header value held a NUL";
    } else {
        std::uint64_t length = 0;
        bool hasLength = false;
        lines.edit("Content-Length", [&](std::string_view value) {
            hasLength = true;
            length = lengthOf(value);
            return std::string(value);
        });
        lines.remove("Transfer-Encoding");
        const std::string wrong = "Content-Length: " + std::to_string(length + kTooMuch);
        if (variant == "wrong-length") {
            lines.remove("Content-Length");
            effect
                = "the head announced " + std::to_string(kTooMuch) + " bytes more than were sent";
        } else {
            effect = "the head had two lengths that differ";
            if (!hasLength)
                lines.add("Content-Length: 0");
        }
        lines.add(wrong);
    }
    return lines.text();
}

std::string skewHead(std::string_view head, Duration by, WallTime now, std::string &effect)
{
    HeadText lines(head);
    bool hasDate = false;
    lines.edit("Date", [&](std::string_view value) {
        hasDate = true;
        return shifted(value, by);
    });
    if (!hasDate)
        lines.add("Date: " + http::formatDate(now + by));
    lines.edit("Expires", [&](std::string_view value) { return shifted(value, by); });
    lines.edit("Set-Cookie", [&](std::string_view value) { return shiftCookie(value, by); });
    effect = "the dates of the head were shifted by " + formatDuration(by);
    return lines.text();
}

std::string endWithConnection(std::string_view head)
{
    HeadText lines(head);
    lines.remove("Content-Length");
    lines.remove("Connection");
    lines.add("Connection: close");
    return lines.text();
}

} // namespace understudy
