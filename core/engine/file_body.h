// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/engine/answer_builder.h"
#include "core/engine/answer_plan.h"
#include "core/http/request.h"

#include <filesystem>
#include <string>

namespace understudy {

/// A `bodyFile` as it is answered: opened for every request, so that the file, and links on the way
/// to it, may change.
struct FileBody
{
    std::filesystem::path folder; ///< of the mock file
    std::filesystem::path path;   ///< in that folder; for people, and for the ending
    std::string shownPath;        ///< as the mock file writes it
    bool download = false;
    bool allowOutside = false; ///< it may lie elsewhere
    bool isMockoon = false;    ///< where it cannot be read, that is said as Mockoon says it
};

/// `written` relative to `folder`.
FileBody resolveFileBody(const std::string &written, const std::filesystem::path &folder,
                         bool allowOutside);

/// Why the file cannot be served now, as a sentence that says where it was looked for; nothing if
/// it can.
std::optional<std::string> fileProblem(const FileBody &file);

/// `Content-Disposition: attachment` with the name of a file: in plain ASCII for everybody, and the
/// whole one as filename* (RFC 6266, RFC 8187).
std::string contentDisposition(const std::filesystem::path &path);

/// Completes an answer whose body is a file: ETag, Last-Modified, Accept-Ranges, conditional
/// requests and ranges, one or several (RFC 9110 sections 13 and 14), Content-Type by the name
/// where the headers have none. The validators that are sent count, those of the mock file before
/// the file's. Conditions apply to a 2xx, ranges to a 200. Errors: NotFound or Access, with a
/// sentence for the user; in Mockoon's dialect it is the answer, and in the plan's `error`.
Result<AnswerPlan> planFile(const FileBody &file, http::Response parts,
                            const http::RequestHead &request);

} // namespace understudy
