// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/model/server.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace understudy::formats::mockoon {

/// Makes the ids that Mockoon wants: version-4 UUIDs and short ids, the same for the same server.
class IdMaker
{
public:
    explicit IdMaker(std::string_view seed);
    std::string uuid();
    std::string shortId();

private:
    std::uint64_t m_state;
};

/// What the export of a response knows of the server around it.
struct ExportScope
{
    const Server &server;
    std::map<std::string, std::string, std::less<>> buckets; ///< short ids by name
    IdMaker &ids;
    Notes &notes;
    JsonArray &callbacks; ///< definitions, of all responses
    std::string subject;
};

/// A response without its rules. Nothing, and a note, where Mockoon has no word for its body.
std::optional<JsonObject> exportAnswer(const Response &response, Duration latency, bool isCrud,
                                       ExportScope &scope);

JsonArray exportHeaders(const http::HeaderList &headers);

/// The fixed latency of a behaviour; what else it says is noted as having no word there.
Duration exportBehaviour(const Behaviour &behaviour, ExportScope &scope);

} // namespace understudy::formats::mockoon
