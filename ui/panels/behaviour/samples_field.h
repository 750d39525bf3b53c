// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/behaviour/latency.h"

#include <QDateTime>
#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

#include <memory>

class QLineEdit;

namespace understudy::ui {

/// Where a latency is drawn from: a file of durations, which is read on a worker and again when it
/// changes, or durations that stand in the mock file. One replaces the other.
class SamplesField : public QWidget
{
    Q_OBJECT
public:
    explicit SamplesField(QWidget *parent = nullptr);

    /// `folder` is what the file is relative to.
    void show(const SampledLatency &samples, const QString &folder);
    /// Of the file, once it is read; null before and where it cannot be.
    const std::shared_ptr<const LatencySamples> &fileSamples() const { return m_samples; }
    /// What is wrong with what is shown or was typed; empty if nothing is.
    const QString &problem() const { return m_problem; }

Q_SIGNALS:
    void edited(const understudy::SampledLatency &samples, const QString &field);
    /// The file was read, or what was typed is no list of durations.
    void stateChanged();

private:
    QWidget *makeFileRow();
    void takeFile();
    void takeValues();
    void load(const QString &file);
    void chooseFile();

    SampledLatency m_shown;
    QString m_folder;
    QString m_loadedFile;
    QDateTime m_loadedTime; ///< of its last change; invalid if it was not there
    QTimer m_again;         ///< files are changed outside
    std::shared_ptr<const LatencySamples> m_samples;
    QFutureWatcher<Result<LatencySamples>> m_loader;
    QString m_problem;
    bool m_isBroken = false; ///< what stands in the field of durations
    QLineEdit *m_file;
    QLineEdit *m_values;
};

} // namespace understudy::ui
