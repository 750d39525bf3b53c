// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/journal.h"
#include "ui/models/traffic_rows.h"

#include <QHash>
#include <QList>
#include <QString>

namespace understudy::ui {

/// One line of the filter's completer.
struct FilterSuggestion
{
    QString insert; ///< replaces what is being typed
    QString hint;   ///< what a key asks for, or how many rows have the value
};

/// What could stand where the cursor is.
struct FilterSuggestions
{
    qsizetype from = 0; ///< first character that a suggestion replaces, up to the cursor
    QList<FilterSuggestion> lines;
};

/// Keys with what they ask for, or the values that `recent` rows have behind the key being typed,
/// most frequent first, each with its count. `annotations` has the marks and pins of the rows.
FilterSuggestions filterSuggestions(const QString &text, qsizetype cursor,
                                    const std::vector<JournalEntry> &recent,
                                    const QHash<quint64, TrafficAnnotation> &annotations = {});

/// The newest `count` rows of a journal, for the above.
std::vector<JournalEntry> newestEntries(const Journal &journal, std::size_t count);

} // namespace understudy::ui
