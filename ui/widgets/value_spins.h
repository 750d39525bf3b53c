// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/units.h"

#include <QDoubleSpinBox>
#include <QSpinBox>

namespace understudy::ui {

/// Whole milliseconds.
class MillisecondSpin : public QSpinBox
{
    Q_OBJECT
public:
    MillisecondSpin(const QString &name, const QString &accessible, QWidget *parent = nullptr);
    Duration duration() const { return std::chrono::milliseconds(value()); }
    /// Shows it without a signal; the text stays as it is where it means the same.
    void showDuration(Duration duration);
};

/// Bytes per second, written and read like the mock file does: "50kB/s". 0 means no limit.
class ByteRateSpin : public QSpinBox
{
    Q_OBJECT
public:
    ByteRateSpin(const QString &name, const QString &accessible, QWidget *parent = nullptr);
    std::optional<ByteCount> rate() const;
    void showRate(const std::optional<ByteCount> &rate);
    void stepBy(int steps) override;

protected:
    QString textFromValue(int value) const override;
    int valueFromText(const QString &text) const override;
    QValidator::State validate(QString &input, int &position) const override;
};

/// A percentage from 0 to 100 without trailing zeros.
class PercentSpin : public QDoubleSpinBox
{
    Q_OBJECT
public:
    PercentSpin(const QString &name, const QString &accessible, QWidget *parent = nullptr);

protected:
    QString textFromValue(double value) const override;
};

} // namespace understudy::ui
