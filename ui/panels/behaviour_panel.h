// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/behaviour.h"
#include "ui/panels/response_tab.h"

#include <optional>

class QComboBox;
class QLabel;
class QSpinBox;

namespace understudy::ui {

/// What waits at one scope: none or a fixed latency. Everything else that the file states is shown
/// and left as it is.
class BehaviourPanel : public QWidget
{
    Q_OBJECT
public:
    explicit BehaviourPanel(QWidget *parent = nullptr);
    /// `source` says what is in effect and where it comes from; may be empty.
    void setBehaviour(const Behaviour &behaviour, const QString &source);

Q_SIGNALS:
    void latencyChanged(std::optional<understudy::FixedLatency> latency);

private:
    void emitChange();

    QComboBox *m_mode;
    QSpinBox *m_fixed;
    QLabel *m_source;
    QLabel *m_kept;
};

/// Changes the latency before the head and nothing else.
void setFixedLatency(Behaviour &behaviour, const std::optional<FixedLatency> &latency);

/// The behaviour of a response and of its endpoint, one above the other by a choice of scope.
class BehaviourTab : public ResponseTab
{
    Q_OBJECT
public:
    explicit BehaviourTab(QWidget *parent = nullptr);
    void showResponse(const ResponseView &view) override;
    QString title() const override;

private:
    QComboBox *m_scope;
    BehaviourPanel *m_panel;
    Behaviour m_response;
    Behaviour m_endpoint;
    QString m_sourceText;
    bool m_hasAny = false;
    void refresh();
};

} // namespace understudy::ui
