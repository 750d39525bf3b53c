// SPDX-License-Identifier: Apache-2.0
#include "core/formats/recorded/answer.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"
#include "core/http/status.h"

#include <algorithm>
#include <array>

namespace understudy::formats::recorded {

namespace {

constexpr std::array<std::string_view, 10> kOfTheConnection{
    "connection", "keep-alive",      "proxy-connection", "transfer-encoding",
    "te",         "trailer",         "upgrade",          "content-length",
    "date",       "content-encoding"};

bool isOfTheConnection(const std::string &name)
{
    return name.starts_with(':')
           || std::find(kOfTheConnection.begin(), kOfTheConnection.end(), text::toLower(name))
                  != kOfTheConnection.end();
}

http::HeaderField *contentTypeOf(Response &response)
{
    const auto found = std::find_if(response.headers.begin(), response.headers.end(),
                                    [](const http::HeaderField &field) {
                                        return text::equalsIgnoreCase(field.name, "Content-Type");
                                    });
    return found == response.headers.end() ? nullptr : &*found;
}

void ensureContentType(Response &response, std::string_view mediaType)
{
    const std::string_view type = text::trim(mediaType);
    if (type.find('/') != std::string_view::npos && http::isFieldValue(type)
        && !contentTypeOf(response))
        response.headers.push_back({"Content-Type", std::string(type)});
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// A recorder has made UTF-8 of what the server sent in its charset.
void nameUtf8(http::HeaderField &type, const AnswerScope &scope)
{
    constexpr std::string_view key = "charset=";
    const std::size_t at = text::toLower(type.value).find(key);
    if (at == std::string::npos)
        return;
    const std::size_t from = at + key.size();
    const std::size_t end = std::min(type.value.find(';', from), type.value.size());
    std::string charset = text::toLower(text::trim(type.value.substr(from, end - from)));
    charset.erase(std::remove(charset.begin(), charset.end(), '"'), charset.end());
    if (charset == "utf-8" || charset == "utf8")
        return;
    type.value.replace(from, end - from, "utf-8");
    scope.notes.changed(
        scope.subject,
        "the body is kept as UTF-8, so its Content-Type says utf-8 and not " + charset, scope.at);
}

/// Whether a file shows it as people would write it.
bool isPlainText(std::string_view bytes)
{
    return text::isUtf8(bytes) && std::all_of(bytes.begin(), bytes.end(), [](char c) {
               return static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\r' || c == '\t';
           });
}

void addAsItStands(Response &response, const std::string &name, std::string_view value,
                   const AnswerScope &scope)
{
    if (!http::isToken(name)) {
        scope.notes.notServed(scope.subject,
                              text::inQuotes(oneLine(name)) + " is not a header name; left out",
                              scope.at);
        return;
    }
    for (std::string_view line : text::split(value, '\n')) {
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        line = text::trim(line);
        if (http::isFieldValue(line) && text::isUtf8(line))
            response.headers.push_back({name, std::string(line)});
        else
            scope.notes.notServed(scope.subject,
                                  "the value of " + text::inQuotes(name)
                                      + " holds control characters; left out",
                                  scope.at);
    }
}

} // namespace

void addHeader(Response &response, const std::string &name, std::string_view value,
               const AnswerScope &scope)
{
    if (!isOfTheConnection(name))
        addAsItStands(response, name, value, scope);
}

void addWrittenHeader(Response &response, const std::string &name, std::string_view value,
                      const AnswerScope &scope)
{
    if (!isOfTheConnection(name) || text::equalsIgnoreCase(name, "Content-Encoding"))
        addAsItStands(response, name, value, scope);
    else if (!text::equalsIgnoreCase(name, "Content-Length")
             || text::trim(value) != std::to_string(response.body.content.size()))
        scope.notes.changed(scope.subject,
                            "the header " + text::inQuotes(oneLine(name))
                                + " is the server's own, and is left out",
                            scope.at);
}

void setText(Response &response, std::string text, std::string_view mediaType,
             const AnswerScope &scope)
{
    if (text.empty())
        return;
    ensureContentType(response, mediaType);
    http::HeaderField *type = contentTypeOf(response);
    if (type && !isAscii(text))
        nameUtf8(*type, scope);
    response.body = Body::text(std::move(text));
}

void setBase64(Response &response, const std::string &text, std::string_view mediaType,
               const AnswerScope &scope)
{
    auto bytes = text::decodeBase64(text);
    if (!bytes) {
        scope.notes.notServed(scope.subject, "its body is not base64, as it says; left out",
                              scope.at);
        return;
    }
    if (bytes->empty())
        return;
    ensureContentType(response, mediaType);
    if (isPlainText(*bytes))
        response.body = Body::text(*std::move(bytes));
    else
        response.body = {Body::Kind::Base64, text::encodeBase64(*bytes), {}, false};
}

void setReason(Response &response, std::string_view reason)
{
    reason = text::trim(reason);
    if (!reason.empty() && reason != http::reasonPhrase(response.status)
        && http::isFieldValue(reason) && text::isUtf8(reason))
        response.reason = reason;
}

} // namespace understudy::formats::recorded
