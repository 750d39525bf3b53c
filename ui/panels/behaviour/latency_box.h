// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/behaviour/latency.h"
#include "ui/services/kept_kinds.h"

#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QLabel;
class QSpinBox;

namespace understudy::ui {

class LatencyPreview;
class MillisecondSpin;
class SamplesField;

/// The latency of one scope: what waits, by which model, and the model's curve. What it asks for
/// may be refused; then it keeps showing it, with the reason.
class LatencyBox : public QWidget
{
    Q_OBJECT
public:
    explicit LatencyBox(QWidget *parent = nullptr);

    /// Whose latency is shown; each object's models are kept apart.
    void setObject(const QString &object) { m_kept.setObject(object); }
    /// `folder` is what a samples file is relative to; only a server's connections can wait.
    void setLatency(const Latency &latency, const QString &folder, bool isServer);
    /// Why what was asked for last cannot be; empty if it was taken.
    void setProblem(const QString &text);

Q_SIGNALS:
    void edited(const understudy::Latency &latency, const QString &field);

private:
    enum Place { Head, Body, Connect };

    QWidget *makeFields();
    void connectFields();
    std::optional<LatencyModel> &slot(Latency &latency) const;
    const std::optional<LatencyModel> &shown() const;
    void changeModel(const std::function<void(LatencyModel &)> &change, const QString &field);
    void changeMode(int mode);
    void ask(const QString &field);
    void refresh();
    void showModel(const LatencyModel *model);
    void showPlaces();

    KeptKinds<std::pair<int, std::size_t>, LatencyModel> m_kept; ///< by place and model
    Latency m_accepted;
    Latency m_latency; ///< as shown; differs from what was accepted while it is refused
    bool m_isRefused = false;
    bool m_isServer = false;
    QString m_folder;
    QString m_refusal;

    QComboBox *m_mode;
    QComboBox *m_place;
    MillisecondSpin *m_fixed;
    MillisecondSpin *m_min;
    MillisecondSpin *m_max;
    MillisecondSpin *m_mean;
    MillisecondSpin *m_deviation;
    MillisecondSpin *m_median;
    MillisecondSpin *m_p99;
    MillisecondSpin *m_cap;
    SamplesField *m_samples;
    QLabel *m_message;
    LatencyPreview *m_preview;
    std::vector<std::pair<QWidget *, std::size_t>> m_fields; ///< with the model's index
};

} // namespace understudy::ui
