// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace understudy::ui {

/// Where the file lies that a body is sent from, or the script that makes it: path, what is there,
/// and for a script a button that begins one.
class BodyFilePage : public QWidget
{
    Q_OBJECT
public:
    explicit BodyFilePage(QWidget *parent = nullptr);

    /// `kind`: File or Script. `folder`: of the mock file. `suggested`: a name for a new script.
    /// What is typed at the moment stays, where it is the same object still.
    void showBody(const Body &body, const QString &folder, const QString &suggested, bool isOther);

Q_SIGNALS:
    void pathChosen(const QString &path);
    /// It was written by somebody.
    void fileChanged();

protected:
    void showEvent(QShowEvent *event) override;

private:
    bool isScript() const { return m_body.kind == Body::Kind::Script; }
    void showInfo();
    void browse();
    void create();

    Body m_body;
    QString m_folder;
    QString m_suggested;
    QString m_problem; ///< why no script could be created; until there is another path
    QString m_stamp;   ///< of the file, as it was last seen
    QLineEdit *m_path;
    QLabel *m_info;
    QLabel *m_message;
    QPushButton *m_create;
    QPushButton *m_open;
    QTimer m_timer;
};

} // namespace understudy::ui
