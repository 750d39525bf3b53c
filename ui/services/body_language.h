// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace understudy::ui {

enum class BodyLanguage { Json, Xml, Html, Yaml, JavaScript, Css, Markdown, Plain };

/// The language a Content-Type speaks; by the look of the text where there is none.
BodyLanguage languageFor(const QString &contentType, const QByteArray &text);

} // namespace understudy::ui
