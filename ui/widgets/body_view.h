// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/exchange.h"

#include <QFutureWatcher>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace understudy::ui {

/// A body as the exchange pane shows it: pretty, raw or as bytes. The first 256 KB appear at once,
/// the rest on request, prepared by a worker. Shares the content with the exchange.
class BodyView : public QWidget
{
    Q_OBJECT

public:
    enum class Mode { Pretty, Raw, Hex };

    /// `what` names it for assistive tools: "Request body".
    explicit BodyView(const QString &what, QWidget *parent = nullptr);
    ~BodyView() override;

    /// `encoding` is the value of its Content-Encoding, `type` that of its Content-Type, for the
    /// charset; empty if there is none.
    void setBody(const CapturedBody &body, const QByteArray &encoding, const QByteArray &type = {});
    void clear();

    Mode mode() const;

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Shown
    {
        QString text;
        QString remark;
    };

    void build(const QString &what);
    void show(bool whole);
    static Shown prepare(const std::shared_ptr<const std::string> &content,
                         const QByteArray &encoding, const QByteArray &type, Mode mode, bool whole);
    void display(const Shown &shown);
    void find(bool backward);
    void save();

    CapturedBody m_body;
    QByteArray m_encoding;
    QByteArray m_type;
    bool m_whole = false;
    QFutureWatcher<Shown> m_watcher;

    QComboBox *m_mode = nullptr;
    QLineEdit *m_find = nullptr;
    QPushButton *m_wrap = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_showAll = nullptr;
    QLabel *m_remark = nullptr;
    QPlainTextEdit *m_text = nullptr;
};

} // namespace understudy::ui
