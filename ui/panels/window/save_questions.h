// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QToolButton;

namespace understudy::ui {

class MessageBar;
class WorkspaceDocument;

/// Keeps the banners about what cannot be saved in step with the workspace, and the label of the
/// status bar. A banner that was closed comes back when somebody saves, presses the label or
/// leaves.
class SaveQuestions : public QObject
{
    Q_OBJECT
public:
    SaveQuestions(WorkspaceDocument &workspace, MessageBar &messages, QObject *parent = nullptr);

    /// The label of the save state; pressed, it saves or asks.
    QToolButton *label() const { return m_label; }
    /// Saves; asks about what could not be saved.
    void saveOrAsk();
    /// Posts the question about one server and puts the focus into it.
    void ask(const QString &id);
    void refreshLabel();

private:
    void post(const QString &id);
    void follow(const QString &id);

    WorkspaceDocument &m_workspace;
    MessageBar &m_messages;
    QToolButton *m_label; ///< the status bar's, once it is there
};

} // namespace understudy::ui
