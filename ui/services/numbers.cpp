// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/numbers.h"

#include <QLocale>
#include <QRegularExpression>

namespace understudy::ui {

QString compactCount(quint64 count)
{
    constexpr quint64 kLargestWhole = 999'999;
    const QLocale locale;
    if (count <= kLargestWhole)
        return locale.toString(count);
    double value = static_cast<double>(count) / 1e6;
    const char *unit = " M";
    for (const char *next : {" G", " T"}) {
        if (value < 999.5)
            break;
        value /= 1e3;
        unit = next;
    }
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return locale.toString(value, 'f', decimals) + QString::fromLatin1(unit);
}

QStringList widestCounts()
{
    return {compactCount(888'888), compactCount(8'880'000), compactCount(88'800'000),
            compactCount(888'000'000)};
}

QString spacedUnits(QString text)
{
    static const QRegularExpression number(QStringLiteral(
        "(?<![\\w./])(?<!\\w-)(\\d+(?:\\.\\d+)?)((?:us|ms|s|m|h|d)|(?:[kMG]i?)?B)(?![\\w.-])"));
    return text.replace(number, QStringLiteral("\\1 \\2"));
}

} // namespace understudy::ui
