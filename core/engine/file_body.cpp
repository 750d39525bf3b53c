// SPDX-License-Identifier: Apache-2.0
#include "core/engine/file_body.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/http/date.h"
#include "core/http/mime_type.h"
#include "core/http/uri.h"

#include <algorithm>
#include <charconv>

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

/// Weak comparison of entity tags (RFC 9110 section 8.8.3.2) against a list.
bool listsTag(std::string_view list, std::string_view tag)
{
    for (std::string_view entry : text::split(list, ',')) {
        entry = text::trim(entry);
        if (entry.starts_with("W/"))
            entry.remove_prefix(2);
        if (entry == "*" || entry == tag)
            return true;
    }
    return false;
}

bool isUnchanged(const http::RequestHead &request, const FileFacts &facts)
{
    if (const auto tags = request.find("If-None-Match"))
        return listsTag(*tags, facts.tag);
    if (const auto since = request.find("If-Modified-Since")) {
        const auto moment = http::parseDate(*since);
        return moment && facts.modified <= *moment;
    }
    return false;
}

/// If-Match and If-Unmodified-Since (RFC 9110 sections 13.1.1 and 13.1.4).
bool failsPrecondition(const http::RequestHead &request, const FileFacts &facts)
{
    if (const auto tags = request.find("If-Match"))
        return !listsTag(*tags, facts.tag);
    if (const auto since = request.find("If-Unmodified-Since")) {
        const auto moment = http::parseDate(*since);
        return moment && facts.modified > *moment;
    }
    return false;
}

struct ByteRange
{
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    enum class Kind { Ignored, Satisfiable, Unsatisfiable };
    Kind kind = Kind::Ignored;
};

std::optional<std::uint64_t> wholeNumber(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || end != text.data() + text.size())
        return std::nullopt;
    if (ec == std::errc::result_out_of_range)
        return UINT64_MAX; // beyond the end of every file
    return ec == std::errc{} ? std::optional(value) : std::nullopt;
}

/// A single byte range; Ignored for what RFC 9110 section 14.2 lets a server ignore (other units,
/// several ranges, bad syntax).
ByteRange parseRange(std::string_view header, std::uint64_t size)
{
    ByteRange range;
    if (!header.starts_with("bytes=") || header.find(',') != std::string_view::npos)
        return range;
    header = text::trim(header.substr(6));
    const std::size_t dash = header.find('-');
    if (dash == std::string_view::npos)
        return range;
    const std::string_view from = header.substr(0, dash);
    const std::string_view to = header.substr(dash + 1);
    const auto decide = [&range](bool satisfiable) {
        range.kind = satisfiable ? ByteRange::Kind::Satisfiable : ByteRange::Kind::Unsatisfiable;
    };
    const std::uint64_t end = size == 0 ? 0 : size - 1;
    if (from.empty()) {
        if (const auto suffix = wholeNumber(to)) {
            decide(*suffix > 0 && size > 0);
            range.first = size - std::min(*suffix, size);
            range.last = end;
        }
        return range;
    }
    const auto first = wholeNumber(from);
    const auto last = to.empty() ? std::optional<std::uint64_t>(UINT64_MAX) : wholeNumber(to);
    if (first && last && *last >= *first) {
        decide(*first < size);
        range.first = *first;
        range.last = std::min(*last, end);
    }
    return range;
}

bool rangeStillApplies(const http::RequestHead &request, const FileFacts &facts)
{
    const auto condition = request.find("If-Range");
    if (!condition)
        return true;
    if (condition->starts_with('"'))
        return *condition == facts.tag;
    const auto moment = http::parseDate(*condition);
    return moment && *moment == facts.modified;
}

void addHeader(http::HeaderList &headers, std::string_view name, std::string value)
{
    if (!http::findHeader(headers, name))
        headers.push_back({std::string(name), std::move(value)});
}

std::string disposition(const fs::path &path)
{
    return "attachment; filename=\""
           + http::percentEncode(path.filename().string(), " !#$&'()+,;=@[]{}^`~") + '"';
}

} // namespace

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

Result<AnswerPlan> planFile(const FileBody &file, AnswerParts parts,
                            const http::RequestHead &request)
{
    const auto facts = look(file);
    if (!facts)
        return facts.error();
    const std::string_view type = http::mimeTypeOf(file.path.filename().string());
    addHeader(parts.headers, "Content-Type",
              type.empty() ? "application/octet-stream" : std::string(type));
    if (file.download)
        addHeader(parts.headers, "Content-Disposition", disposition(file.path));

    FileSlice slice{file.path, 0, facts->size, facts->opened};
    if (parts.status == 200) {
        addHeader(parts.headers, "ETag", facts->tag);
        addHeader(parts.headers, "Last-Modified", http::formatDate(facts->modified));
        addHeader(parts.headers, "Accept-Ranges", "bytes");
        const auto header = request.find("Range");
        ByteRange range;
        if (header && request.method() == "GET" && rangeStillApplies(request, *facts))
            range = parseRange(*header, facts->size);
        if (failsPrecondition(request, *facts)) {
            parts.status = 412;
            parts.reason.clear();
            slice.size = 0;
        } else if (isUnchanged(request, *facts)) {
            parts.status = 304;
            parts.reason.clear();
            slice.size = 0;
        } else if (range.kind == ByteRange::Kind::Satisfiable) {
            parts.status = 206;
            parts.reason.clear();
            slice.offset = range.first;
            slice.size = range.last - range.first + 1;
            addHeader(parts.headers, "Content-Range",
                      "bytes " + std::to_string(range.first) + '-' + std::to_string(range.last)
                          + '/' + std::to_string(facts->size));
        } else if (range.kind == ByteRange::Kind::Unsatisfiable) {
            parts.status = 416;
            parts.reason.clear();
            slice.size = 0;
            addHeader(parts.headers, "Content-Range", "bytes */" + std::to_string(facts->size));
        }
    }
    parts.contentLength = slice.size;
    // A file goes out with its length; the chunked coding is for bodies made in memory.
    std::erase_if(parts.headers, [](const http::HeaderField &f) {
        return text::equalsIgnoreCase(f.name, "Transfer-Encoding");
    });
    AnswerPlan plan;
    plan.answer = prepareAnswer(std::move(parts), false);
    if (slice.size > 0)
        plan.file = std::move(slice);
    return plan;
}

} // namespace understudy
