// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>
#include <vector>

class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace understudy::ui {

/// A button of a banner or toast.
struct BannerAction
{
    QString id; ///< the property actionId of the button
    QString text;
    std::function<void()> run;
    bool closes = true;
};

/// Banners above the central area: they push content down and never cover it. The newest is on top,
/// at most three are visible. A banner with the same `key` replaces the one before.
class MessageBar : public QWidget
{
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);

    /// `kind`: "recovery", "portConflict", "externalChange", "saveFailed", "info" (ux.md 3.2).
    void post(const QString &kind, const QString &key, const QString &text,
              const std::vector<BannerAction> &actions);
    void remove(const QString &key);
    /// Every banner whose key ends with `/` and this.
    void removeFor(const QString &object);
    void clear();
    /// Puts the focus on the first button of the newest banner.
    void focusFirst();

private:
    void trim();

    QVBoxLayout *m_layout;
};

/// Says what was just done at the lower edge of its parent and offers to take it back. Stays 8 s,
/// longer under the pointer or with the focus.
class UndoToast : public QFrame
{
    Q_OBJECT
public:
    explicit UndoToast(QWidget *parent);
    void offer(const QString &text, const QString &button, std::function<void()> run);
    /// What its button does.
    void run();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QLabel *m_text;
    QPushButton *m_action;
    QToolButton *m_close;
    QTimer m_timer;
    std::function<void()> m_run;
};

} // namespace understudy::ui
