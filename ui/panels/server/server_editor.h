// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/workspace_document.h"
#include "ui/services/ports.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QSpinBox;

namespace understudy::ui {

class BehaviourPanel;
class ComputedBox;
class FallbackBox;
class HeadersEditor;
class LimitsBox;
class RuntimeController;
class TlsBox;

/// The settings of a server. A port that cannot be used is said before any start, with the next one
/// that can.
class ServerEditor : public QWidget
{
    Q_OBJECT
public:
    ServerEditor(WorkspaceDocument &workspace, RuntimeController &runtime, const Ports &ports,
                 QWidget *parent = nullptr);
    void setTarget(const QString &serverId);
    QString serverId() const { return m_serverId; }
    QString title() const;
    /// False if the server is gone or broken.
    bool refresh();
    void focusField(const QString &field);

protected:
    void showEvent(QShowEvent *event) override;

Q_SIGNALS:
    void titleChanged();
    void edited();

private:
    void buildBasics(QFormLayout *form);
    void buildAnswers(QFormLayout *form);
    void connectBasics();
    void connectRest();
    void change(const QString &step, const std::function<void(Server &)> &change,
                const QString &field);
    void showValue(const Server &server);
    void checkPort();
    void checkHost();
    void updateStatus();
    void applyPort();
    void useNextPort();

    WorkspaceDocument &m_workspace;
    RuntimeController &m_runtime;
    const Ports &m_ports;
    QString m_serverId;
    bool m_isPortUsable = true;
    QTimer m_portCheck; ///< a port that is taken may become free

    QScrollArea *m_scroll;
    QLineEdit *m_name;
    QPlainTextEdit *m_description;
    QLabel *m_status;
    QPushButton *m_start;
    QPushButton *m_copyUrl;
    QComboBox *m_host;
    QLabel *m_hostMessage;
    QSpinBox *m_port;
    QLabel *m_portMessage;
    QPushButton *m_nextPort;
    QLineEdit *m_base;
    QCheckBox *m_ignoreSlash;
    QCheckBox *m_ignoreCase;
    QCheckBox *m_cors;
    HeadersEditor *m_headers;
    FallbackBox *m_fallback;
    TlsBox *m_tls;
    BehaviourPanel *m_behaviour;
    QGroupBox *m_behaviourBox;
    QLineEdit *m_seed;
    ComputedBox *m_computed;
    LimitsBox *m_limits;
    QLabel *m_kept;
};

} // namespace understudy::ui
