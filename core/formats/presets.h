// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/presets.h"

#include <filesystem>
#include <string>
#include <string_view>

/// Presets: named network profiles and fault behaviours, as data. Users add theirs in a file
/// `presets.yaml` in the workspace folder:
///
///     networks:
///     - {name: train, title: On the train, latency: 180ms, jitter: 120ms, download: 300kB/s,
///     upload: 80kB/s} faults:
///     - name: tunnel
///       description: Nothing answers for ten seconds of every minute
///       behaviour:
///         faults:
///         - {kind: stall, at: head, during: {from: 20s, to: 30s, repeat: 60s}}
namespace understudy::formats {

/// Reads a presets file; `behaviour` is that of the mock file. `file` is what messages call it.
/// Every problem has its line; what could be read is returned beside them.
struct PresetsRead
{
    Presets presets;
    std::vector<Problem> problems;
};
PresetsRead readPresets(std::string_view text, const std::string &file);

/// What comes with the program: resources/presets, compiled in.
const Presets &builtinPresets();

/// The built-in ones and, over them, those of `folder`/presets.yaml if there is one: an entry of
/// the same name replaces the built-in one.
PresetsRead loadPresets(const std::filesystem::path &folder);

} // namespace understudy::formats
