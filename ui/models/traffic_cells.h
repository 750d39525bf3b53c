// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/exchange.h"

#include <QString>

/// How an exchange reads in the table: one place for every text, so that table, filter terms,
/// clipboard and assistive tools agree.
namespace understudy::ui {

/// "1.2 ms", "250 ms", "3.4 s".
QString durationText(Duration duration);
/// "0 B", "1.2 kB".
QString sizeText(quint64 bytes);
/// "14:02:11.204", local time.
QString timeText(WallTime time);
/// The same, behind its date if that is not today.
QString dateTimeText(WallTime time);
/// "✓ 200"; the glyph says the class without colour, "✕ none" where nothing was sent.
QString statusText(int status);
/// "→" for 3xx, …
QString statusGlyph(int status);
/// The Status column: as above, but "⚡ 503", "⚡ none" where a fault happened on purpose.
QString statusText(const Exchange &exchange);
/// "reset (fault)", "status 503 (fault)"; empty where no fault happened.
QString faultText(const Exchange &exchange);
/// The Match column, translated where it is a fixed text; a fault stands in front of it.
QString matchText(const Exchange &exchange);
/// Why it was slow or broken on purpose (behaviourSentence); empty if it was not.
QString purposeText(const Exchange &exchange);
bool hasFault(const Exchange &exchange);
bool isUnmatched(MatchKind kind);

/// Path and query as sent.
QString pathText(const Exchange &exchange);
QString queryText(const Exchange &exchange);

/// "GET /users, 404, no endpoint matched, 1 ms": the row as a sentence (ux.md section 13).
QString rowSentence(const Exchange &exchange);

/// `value` as the filter language takes it behind a key: in quotes where it would read more than
/// text.
QString filterValue(const QString &value);

/// The same, always in quotes.
QString quotedFilterValue(QString value);

} // namespace understudy::ui
