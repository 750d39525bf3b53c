// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/body_language.h"

namespace understudy::ui {

BodyLanguage languageFor(const QString &contentType, const QByteArray &text)
{
    const QString type = contentType.section(';', 0, 0).trimmed().toLower();
    if (type.contains(QLatin1String("json")))
        return BodyLanguage::Json;
    if (type.contains(QLatin1String("html")))
        return BodyLanguage::Html;
    if (type.contains(QLatin1String("xml")))
        return BodyLanguage::Xml;
    if (type.contains(QLatin1String("yaml")))
        return BodyLanguage::Yaml;
    if (type.contains(QLatin1String("javascript")))
        return BodyLanguage::JavaScript;
    if (type.contains(QLatin1String("css")))
        return BodyLanguage::Css;
    if (type.contains(QLatin1String("markdown")))
        return BodyLanguage::Markdown;
    if (!type.isEmpty())
        return BodyLanguage::Plain;
    const QByteArray head = text.left(256).trimmed();
    if (head.startsWith('{') || head.startsWith('['))
        return BodyLanguage::Json;
    if (head.toLower().startsWith("<!doctype html") || head.toLower().startsWith("<html"))
        return BodyLanguage::Html;
    return head.startsWith('<') ? BodyLanguage::Xml : BodyLanguage::Plain;
}

} // namespace understudy::ui
