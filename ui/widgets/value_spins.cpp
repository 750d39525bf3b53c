// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/value_spins.h"

#include "ui/services/text.h"

#include <QLocale>
#include <QSignalBlocker>

#include <algorithm>
#include <limits>

namespace understudy::ui {

MillisecondSpin::MillisecondSpin(const QString &name, const QString &accessible, QWidget *parent)
    : QSpinBox(parent)
{
    setObjectName(name);
    setAccessibleName(accessible);
    setRange(0, 86'400'000);
    setSuffix(tr(" ms"));
    setSingleStep(10);
    setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    // Room for minutes, not for the whole day that the range allows.
    setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("600000 ms")) + 32);
}

void MillisecondSpin::showDuration(Duration duration)
{
    const QSignalBlocker quiet(this);
    const auto ms = std::chrono::round<std::chrono::milliseconds>(duration).count();
    const int shown = static_cast<int>(std::clamp<std::int64_t>(ms, 0, maximum()));
    if (value() != shown)
        setValue(shown);
}

ByteRateSpin::ByteRateSpin(const QString &name, const QString &accessible, QWidget *parent)
    : QSpinBox(parent)
{
    setObjectName(name);
    setAccessibleName(accessible);
    setRange(0, std::numeric_limits<int>::max());
    setSpecialValueText(tr("no limit"));
    setKeyboardTracking(false);
}

std::optional<ByteCount> ByteRateSpin::rate() const
{
    return value() > 0 ? std::optional(ByteCount{static_cast<std::uint64_t>(value())})
                       : std::nullopt;
}

void ByteRateSpin::showRate(const std::optional<ByteCount> &rate)
{
    const QSignalBlocker quiet(this);
    const auto shown = static_cast<int>(
        std::min<std::uint64_t>(rate ? rate->value : 0, static_cast<std::uint64_t>(maximum())));
    if (value() != shown)
        setValue(shown);
}

void ByteRateSpin::stepBy(int steps)
{
    // A tenth of the decade the value is in.
    int unit = 100;
    while (unit < 100'000'000 && value() >= unit * 100)
        unit *= 10;
    setValue(static_cast<int>(std::clamp<std::int64_t>(
        std::int64_t(value()) + std::int64_t(steps) * unit, 0, maximum())));
}

QString ByteRateSpin::textFromValue(int value) const
{
    return toQString(formatByteRate(ByteCount{static_cast<std::uint64_t>(value)}));
}

int ByteRateSpin::valueFromText(const QString &text) const
{
    const auto rate = parseByteRate(toStd(text.trimmed()));
    return rate ? static_cast<int>(
               std::min<std::uint64_t>(rate->value, static_cast<std::uint64_t>(maximum())))
                : value();
}

QValidator::State ByteRateSpin::validate(QString &input, int &) const
{
    return input == specialValueText() || parseByteRate(toStd(input.trimmed()))
               ? QValidator::Acceptable
               : QValidator::Intermediate;
}

PercentSpin::PercentSpin(const QString &name, const QString &accessible, QWidget *parent)
    : QDoubleSpinBox(parent)
{
    setObjectName(name);
    setAccessibleName(accessible);
    setRange(0, 100);
    setDecimals(3);
    setSingleStep(1);
    setSuffix(tr(" %"));
}

QString PercentSpin::textFromValue(double value) const { return locale().toString(value, 'g', 6); }

} // namespace understudy::ui
