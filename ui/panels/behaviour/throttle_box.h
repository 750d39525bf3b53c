// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/presets.h"
#include "ui/services/kept_kinds.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QSpinBox;

namespace understudy::ui {

class ByteRateSpin;
class MillisecondSpin;

/// The throttle of one scope: that of the scopes outside, a network profile, own rates, or a body
/// in pieces.
class ThrottleBox : public QWidget
{
    Q_OBJECT
public:
    explicit ThrottleBox(QWidget *parent = nullptr);
    /// Whose throttle is shown; each object's rates are kept apart.
    void setObject(const QString &object) { m_kept.setObject(object); }
    void setNetworks(const std::vector<NetworkProfile> &networks);
    void setThrottle(const std::optional<Throttle> &throttle);
    /// Why what was asked for last cannot be; empty if it was taken.
    void setProblem(const QString &text);

Q_SIGNALS:
    void edited(const std::optional<understudy::Throttle> &throttle, const QString &field);

private:
    QWidget *makeFields();
    void connectFields();
    void change(const std::function<void(Throttle &)> &change, const QString &field);
    void changeMode();
    void fillModes();
    void refresh();
    QString hint() const;

    KeptKinds<std::pair<int, std::string>, Throttle> m_kept; ///< by mode and profile
    std::vector<NetworkProfile> m_networks;
    std::optional<Throttle> m_accepted;
    std::optional<Throttle> m_throttle;
    bool m_isRefused = false;
    QString m_refusal;

    QComboBox *m_mode;
    ByteRateSpin *m_download;
    ByteRateSpin *m_upload;
    QSpinBox *m_chunks;
    MillisecondSpin *m_over;
    QSpinBox *m_slice;
    MillisecondSpin *m_pause;
    QLabel *m_hint;
    QLabel *m_message;
    std::vector<std::pair<QWidget *, int>> m_fields; ///< with the mode that shows them
};

} // namespace understudy::ui
