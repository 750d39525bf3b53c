// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/preview.h"
#include "core/traffic/exchange.h"

#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace understudy::ui {

/// What a preview is made of.
struct PreviewSource
{
    std::shared_ptr<const Server> server;
    std::string endpointId;
    std::string responseId;
    CompileOptions options;
    QString sample; ///< "GET /users/1": a request that reaches the endpoint
    WallTime now{}; ///< by the server's clock
};

/// Shows what a response would send for a request: one that is typed, or the last that came. Works
/// on a worker; the window goes on meanwhile.
class PreviewPane : public QWidget
{
    Q_OBJECT
public:
    explicit PreviewPane(QWidget *parent = nullptr);

    /// Asked whenever the preview is made anew; nothing: there is no response.
    /// `last`: for the newest request that the endpoint has answered; null if there is none.
    void setSource(std::function<std::optional<PreviewSource>()> source,
                   std::function<std::shared_ptr<const Exchange>()> last);
    /// Another endpoint has another request.
    void setObject(const QString &key);
    /// Once nothing has happened for a moment; does nothing while it is hidden.
    void refreshSoon();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void takeLast();
    void show(const Result<Preview> &preview);
    void say(const QString &text, const QString &role);
    std::optional<http::Request> request() const;

    std::function<std::optional<PreviewSource>()> m_source;
    std::function<std::shared_ptr<const Exchange>()> m_lastRequest;
    QString m_object;
    std::shared_ptr<const Exchange> m_taken; ///< its headers and body go with the request
    bool m_isTyped = false;
    bool m_isStale = false; ///< what is being made is not the last that was asked for

    QLineEdit *m_request;
    QToolButton *m_last;
    QLabel *m_status;
    QPlainTextEdit *m_body;
    QTimer m_timer;
    QFutureWatcher<Result<Preview>> m_preview;
};

} // namespace understudy::ui
