// SPDX-License-Identifier: Apache-2.0
#include "core/engine/file_body.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/engine/template_text.h"
#include "core/http/byte_ranges.h"
#include "core/http/conditional.h"
#include "core/http/date.h"
#include "core/http/mime_type.h"
#include "core/http/uri.h"

#include <algorithm>

namespace understudy {

namespace fs = std::filesystem;

namespace {

struct FileFacts
{
    std::uint64_t size = 0;
    WallTime modified{};
    std::string tag;
    std::shared_ptr<const files::RegularFile> opened;
};

/// Clients are told this: no path of the machine stands in it.
Result<FileFacts> look(const FileBody &file)
{
    auto opened = files::openInside(file.folder, file.shownPath, file.allowOutside);
    if (!opened) {
        std::string message = "body file '" + file.shownPath + "' " + opened.error().message;
        if (opened.error().message == files::kIsOutside)
            message += "; start with --allow-outside to serve it";
        return Error{opened.error().code, std::move(message), {}};
    }
    FileFacts facts;
    facts.size = opened->size();
    facts.modified = WallTime(std::chrono::seconds(opened->modifiedSeconds()));
    facts.tag = '"' + std::to_string(opened->modifiedSeconds()) + '-'
                + std::to_string(opened->modifiedNanoseconds()) + '-' + std::to_string(facts.size)
                + '"';
    facts.opened = std::make_shared<const files::RegularFile>(*std::move(opened));
    return facts;
}

void addHeader(http::HeaderList &headers, std::string_view name, std::string value)
{
    if (!http::findHeader(headers, name))
        headers.push_back({std::string(name), std::move(value)});
}

Result<std::string> readSlice(const FileBody &file, const files::RegularFile &opened,
                              const http::ByteRange &range)
{
    std::string out(static_cast<std::size_t>(range.size), '\0');
    const auto read = opened.readAt(out.data(), out.size(), range.first);
    if (!read)
        return read.error();
    if (*read != out.size())
        return Error{ErrorCode::System,
                     "body file '" + file.shownPath + "' became shorter while it was read",
                     {}};
    return out;
}

/// Several ranges as one body (RFC 9110 section 14.6): made in memory, once for every connection,
/// so not of any size. More is answered with the whole file, which is streamed (section 14.2 allows
/// it).
constexpr std::uint64_t kLargestMultipart = 1024U * 1024;

bool fitsMultipart(const std::vector<http::ByteRange> &ranges)
{
    std::uint64_t total = 0;
    for (const http::ByteRange &range : ranges) {
        if (range.size > kLargestMultipart - total)
            return false;
        total += range.size;
    }
    return true;
}

Result<void> makeMultipart(http::Response &parts, const FileBody &file, const FileFacts &facts,
                           const std::vector<http::ByteRange> &ranges)
{
    std::string type;
    std::erase_if(parts.headers, [&type](const http::HeaderField &field) {
        const bool isType = text::equalsIgnoreCase(field.name, "Content-Type");
        if (isType)
            type = field.value;
        return isType;
    });
    std::vector<std::string> pieces;
    for (const http::ByteRange &range : ranges) {
        auto piece = readSlice(file, *facts.opened, range);
        if (!piece)
            return piece.error();
        pieces.push_back(*std::move(piece));
    }
    std::string boundary = "understudy-range";
    const auto isTaken
        = [&](const std::string &piece) { return piece.find(boundary) != std::string::npos; };
    for (int i = 0; std::any_of(pieces.begin(), pieces.end(), isTaken); ++i)
        boundary = "understudy-range-" + std::to_string(i);
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        for (const std::string_view part :
             {std::string_view(i == 0 ? "--" : "\r\n--"), std::string_view(boundary),
              std::string_view("\r\nContent-Type: "), std::string_view(type),
              std::string_view("\r\nContent-Range: ")})
            parts.body += part;
        parts.body += http::contentRange(ranges[i], facts.size);
        parts.body += "\r\n\r\n";
        parts.body += pieces[i];
    }
    parts.body += "\r\n--" + boundary + "--\r\n";
    parts.headers.push_back({"Content-Type", "multipart/byteranges; boundary=" + boundary});
    return {};
}

/// The response's own status, and a text with the words of Node (reference/mockoon.md section 7.2).
AnswerPlan unreadAsMockoon(const FileBody &file, http::Response parts, const Error &error)
{
    std::erase_if(parts.headers, [](const http::HeaderField &field) {
        return text::equalsIgnoreCase(field.name, "Content-Type");
    });
    addHeader(parts.headers, "Content-Type", "text/plain; charset=utf-8");
    if (file.download)
        addHeader(parts.headers, "Content-Disposition", contentDisposition(file.path));
    parts.body = "Error while serving the file content: ";
    if (error.code == ErrorCode::NotFound) {
        // What might be a template is opened at once, of others the size is asked first.
        const bool isText = isRenderedFile(file.path.string()) && file.path.has_extension();
        std::error_code ignored;
        parts.body += std::string("ENOENT: no such file or directory, ")
                      + (isText ? "open" : "stat") + " '"
                      + fs::absolute(file.path, ignored).lexically_normal().string() + '\'';
    } else {
        parts.body += error.message;
    }
    AnswerPlan plan;
    plan.answer = http::prepareResponse(std::move(parts), false);
    plan.error = error.message;
    return plan;
}

} // namespace

std::string contentDisposition(const fs::path &path)
{
    const std::string name = path.filename().string();
    std::string plain;
    bool isPlain = true;
    for (const char c : name) {
        const bool isSafe = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%';
        isPlain = isPlain && isSafe;
        // One underscore for a character of several bytes.
        if (isSafe)
            plain += c;
        else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U)
            plain += '_';
    }
    std::string out = "attachment; filename=\"" + plain + '"';
    if (!isPlain && text::isUtf8(name))
        out += "; filename*=UTF-8''" + http::percentEncode(name, "!#$&+^`|");
    return out;
}

FileBody resolveFileBody(const std::string &written, const fs::path &folder, bool allowOutside)
{
    FileBody body;
    body.folder = folder;
    body.path = folder / written;
    body.shownPath = written;
    body.allowOutside = allowOutside;
    return body;
}

std::optional<std::string> fileProblem(const FileBody &file)
{
    const auto facts = look(file);
    if (facts)
        return std::nullopt;
    std::string message = facts.error().message;
    if (facts.error().code == ErrorCode::NotFound)
        message += " (" + file.path.string() + ')';
    return message;
}

Result<AnswerPlan> planFile(const FileBody &file, http::Response parts,
                            const http::RequestHead &request)
{
    const auto facts = look(file);
    if (!facts && file.isMockoon)
        return unreadAsMockoon(file, std::move(parts), facts.error());
    if (!facts)
        return facts.error();
    const std::string_view type = http::mimeTypeOf(file.path.filename().string());
    addHeader(parts.headers, "Content-Type",
              type.empty() ? "application/octet-stream" : std::string(type));
    if (file.download)
        addHeader(parts.headers, "Content-Disposition", contentDisposition(file.path));

    FileSlice slice{file.path, 0, facts->size, facts->opened};
    const auto answerWith = [&](int status, std::uint64_t size) {
        parts.status = status;
        parts.reason.clear();
        slice.size = size;
    };
    if (parts.status == 200) {
        addHeader(parts.headers, "ETag", facts->tag);
        addHeader(parts.headers, "Last-Modified", http::formatDate(facts->modified));
        addHeader(parts.headers, "Accept-Ranges", "bytes");
    }
    const auto condition = preconditionOf(parts, request);
    if (condition == http::Precondition::Failed) {
        answerWith(412, 0);
    } else if (condition == http::Precondition::NotModified) {
        answerWith(304, 0);
    } else if (const auto header = request.find("Range");
               header && parts.status == 200 && request.method() == "GET"
               && http::allowsRange(request, parts.headers)) {
        const http::RangeRequest asked = http::parseRanges(*header, facts->size);
        if (asked.kind == http::RangeRequest::Kind::Unsatisfiable) {
            answerWith(416, 0);
            addHeader(parts.headers, "Content-Range", "bytes */" + std::to_string(facts->size));
        } else if (asked.ranges.size() == 1) {
            answerWith(206, asked.ranges.front().size);
            slice.offset = asked.ranges.front().first;
            addHeader(parts.headers, "Content-Range",
                      http::contentRange(asked.ranges.front(), facts->size));
        } else if (asked.ranges.size() > 1 && fitsMultipart(asked.ranges)) {
            if (auto made = makeMultipart(parts, file, *facts, asked.ranges); !made)
                return made.error();
            answerWith(206, 0);
        }
    }
    if (parts.body.empty())
        parts.contentLength = slice.size;
    // A file goes out with its length; the chunked coding is for bodies made in memory.
    std::erase_if(parts.headers, [](const http::HeaderField &f) {
        return text::equalsIgnoreCase(f.name, "Transfer-Encoding");
    });
    AnswerPlan plan;
    plan.answer = http::prepareResponse(std::move(parts), false);
    if (slice.size > 0)
        plan.file = std::move(slice);
    return plan;
}

} // namespace understudy
