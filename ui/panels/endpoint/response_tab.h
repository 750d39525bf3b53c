// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"
#include "ui/document/object_ref.h"

#include <QWidget>

#include <functional>

namespace understudy::ui {

/// What the tabs of a response show: values that live as long as the call.
struct ResponseView
{
    const Server &server;
    const Endpoint &endpoint;
    const Response &response;
    QString key;    ///< unique for the response in the workspace
    QString folder; ///< of the mock file; body files are relative to it
    ObjectRef ref;  ///< the endpoint with the response
};

using ResponseChange = std::function<void(Response &)>;

/// A page of `responseTabs`: shows a response and asks for changes of it.
class ResponseTab : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual void showResponse(const ResponseView &view) = 0;
    /// "Rules (2)"
    virtual QString title() const = 0;

Q_SIGNALS:
    /// `field` merges quick steps on the same field; `isOpenEnded` as in EditOptions.
    void changeRequested(const QString &step, const understudy::ui::ResponseChange &change,
                         const QString &field, bool isOpenEnded = false);
    void endpointChangeRequested(const QString &step,
                                 const std::function<void(understudy::Endpoint &)> &change,
                                 const QString &field);
    /// The field was left: the next change is a step of its own.
    void left();
};

} // namespace understudy::ui
