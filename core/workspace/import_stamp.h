// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/yaml/node.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::workspace {

/// What the keys of an object in a mock file said, as short hashes. Those that hold a body are one,
/// called "body", of which there can only be one.
using KeyHashes = std::map<std::string, std::string, std::less<>>;

/// The name by which a key is compared; empty for what is not: what stands elsewhere in the stamp,
/// and what is nobody's but the user's.
std::string_view comparedAs(std::string_view key);
/// Of the map of a server, an endpoint or a response in the canonical tree (native::writeTree),
/// without what stands elsewhere: its id, its endpoints or responses, where it listens, the stamp.
/// Each bucket of a server counts as a key of its own, "buckets/NAME".
KeyHashes hashesOf(const formats::yaml::Node &object);

/// What an import leaves in the mock file that it makes, as `x-imported`: where it came from and
/// what everything said then. By that a later import of the same document tells what was edited
/// here from what has changed there (import_update.h).
struct ImportStamp
{
    std::string from;             ///< the file's name, without its folder
    std::size_t place = 0;        ///< among the servers of that file
    std::string name;             ///< of the server, as it was imported
    formats::LoadOptions options; ///< how it was read, but for the format
    KeyHashes server;
    std::map<std::string, KeyHashes, std::less<>> endpoints; ///< by id
    /// By the ids of endpoint and response.
    std::map<std::string, std::map<std::string, KeyHashes, std::less<>>, std::less<>> responses;

    bool operator==(const ImportStamp &) const = default;
};

inline constexpr std::string_view kStampKey = "x-imported";

/// By what a stamp knows a document again: the name of its file or folder.
std::string stampName(const std::filesystem::path &document);
/// `options`, and those that a document was read with.
formats::LoadOptions asBefore(const ImportStamp &stamp, formats::LoadOptions options);

/// The stamp of a server; nothing where there is none, or one that cannot be read.
std::optional<ImportStamp> stampOf(const Server &server);

void setStamp(Server &server, const ImportStamp &stamp);
/// `stamp` with what a canonical tree says in it.
ImportStamp stampWith(ImportStamp stamp, const formats::yaml::Node &tree);

/// Stamps the servers that were read from a file of another tool; mock files stay as they are.
void stampImport(formats::LoadOutcome &outcome, const formats::LoadOptions &options);

} // namespace understudy::workspace
