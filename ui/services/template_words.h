// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace understudy::ui {

/// What a template could speak of, beside the helpers of its dialect.
struct TemplateNames
{
    Dialect dialect = Dialect::Native;
    QStringList pathParameters;
    QStringList buckets;
    QStringList scenarios;
};

/// Of an endpoint of a server.
TemplateNames templateNames(const Server &server, const Endpoint &endpoint, Dialect dialect);

/// One line of the list that opens behind `{{`.
struct TemplateWord
{
    QString insert; ///< replaces what is being typed
    QString hint;   ///< arguments, and what it yields
};

/// What could stand at the end of a text.
struct TemplateSuggestions
{
    qsizetype typed = 0; ///< so many characters at the end are what is being typed
    QList<TemplateWord> words;
};

/// What could go on behind `before`, the text up to the cursor: names and helpers inside of
/// `{{ }}`, names of invented data in `faker '…'`, buckets in `data '…'`. Nothing outside of tags.
TemplateSuggestions templateSuggestions(const QString &before, const TemplateNames &names);

} // namespace understudy::ui
