// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// The filter text as buttons and menus change it: free functions on a text.
namespace understudy::ui {

/// The terms of a filter text as they stand there, split at blanks outside of quotes.
QStringList filterTerms(const QString &text);

/// Whether `term` stands in the text as a term of its own.
bool hasTerm(const QString &text, const QString &term);

/// With `term` added at the end, so that it holds beside all that was there before.
QString withTerm(const QString &text, const QString &term);

/// Without `term`.
QString withoutTerm(const QString &text, const QString &term);

} // namespace understudy::ui
