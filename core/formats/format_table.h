// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

#include <filesystem>
#include <span>

namespace understudy::formats {

/// One format: what people are told of it, and how it is recognised, read and written. What a
/// format does not have is null.
struct FormatRow
{
    FormatInfo info;
    /// By content. Of several that claim a text the first row reads it.
    bool (*recognise)(const Source &source) = nullptr;
    LoadOutcome (*read)(const Source &source) = nullptr;
    bool (*recogniseFolder)(const std::filesystem::path &folder) = nullptr;
    LoadOutcome (*readFolder)(const std::filesystem::path &folder) = nullptr;
    /// `folder`: where files that the server names are looked for; empty: nowhere.
    Result<Exported> (*write)(const Server &server, const std::filesystem::path &folder) = nullptr;
};

/// In the order in which people see them and in which texts are offered to them.
std::span<const FormatRow> formatTable();
const FormatRow *findFormat(std::string_view id);

/// One error, one server, as the outcome of reading.
LoadOutcome failed(Error error);
LoadOutcome succeeded(LoadedServer loaded);

} // namespace understudy::formats
