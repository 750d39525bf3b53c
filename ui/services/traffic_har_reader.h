// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/traffic/journal.h"

#include <QString>

#include <atomic>
#include <vector>

class QIODevice;

namespace understudy::ui {

/// How far a reading is; any thread may look, and may stop it.
struct HarProgress
{
    std::atomic<bool> isStopped{false};
    std::atomic<int> percent{0};
};

/// What came of reading an archive.
struct HarReading
{
    static constexpr std::size_t kMostProblems = 1'000; ///< that are kept

    QString error;                  ///< why nothing could be read; empty if something could
    std::uint64_t entries = 0;      ///< that are exchanges now
    std::uint64_t left = 0;         ///< parts of the file that could not be read
    std::vector<Problem> problems;  ///< with their lines, in the order of the file
    std::uint64_t moreProblems = 0; ///< that were not kept
};

/// Appends the entries of an HTTP Archive to a journal, which bounds what is kept: those of
/// browsers, of other tools, and our own, which come back with all that `_understudy` says. Of a
/// damaged file, the entries that are whole. The file is never in memory whole. Any thread.
HarReading readHar(QIODevice &file, const QString &name, Journal &journal, HarProgress &progress);

} // namespace understudy::ui
