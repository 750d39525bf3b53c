// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/export_remarks.h"
#include "core/model/server.h"

#include <filesystem>
#include <optional>
#include <string>

namespace understudy::formats::openapi {

/// What the export of an endpoint knows of the server around it.
struct ExportScope
{
    const Server &server;
    const std::filesystem::path &folder;
    ExportRemarks &remarks;
};

/// A response as a document can show it.
struct WrittenAnswer
{
    std::string name;
    int status = 200;
    bool isUnasked = true;            ///< sent without rules
    bool isKept = false;              ///< of what requests change: it may have other members
    http::HeaderList headers;         ///< without Content-Type
    std::string type;                 ///< of its content; empty: it has none
    std::optional<JsonValue> example; ///< a text where the type is not JSON; nothing: not known
};

/// Nothing, and a remark, where the document has no word for it.
std::optional<WrittenAnswer> writtenAnswer(const Response &response, const std::string &subject,
                                           const ExportScope &scope);

/// What a bucket holds in the beginning; null where that cannot be read.
JsonValue itemsOfBucket(std::string_view name, const std::string &subject,
                        const ExportScope &scope);

} // namespace understudy::formats::openapi
