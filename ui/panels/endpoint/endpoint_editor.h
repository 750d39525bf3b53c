// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/exchange.h"
#include "ui/document/workspace_document.h"
#include "ui/panels/endpoint/response_tab.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;
class QTabWidget;
class QTableView;
class QToolButton;

namespace understudy::ui {

class BehaviourTab;
class BodyTab;
class CallbacksTab;
class HeadersTab;
class MoreTab;
class ResponsesModel;
class RulesTab;
class RuntimeController;
struct PreviewSource;

/// One endpoint with its responses. Shows the document's value and asks the workspace for changes
/// of it.
class EndpointEditor : public QWidget
{
    Q_OBJECT
public:
    EndpointEditor(WorkspaceDocument &workspace, RuntimeController &runtime,
                   QWidget *parent = nullptr);

    void setTarget(const ObjectRef &ref);
    ObjectRef target() const { return m_ref; }
    /// "GET /users"
    QString title() const;
    /// False if the endpoint is gone.
    bool refresh();
    /// Puts the focus where `ref` points: path, body (with place), headers, status, …
    void focusField(const ObjectRef &ref);

    BodyTab *bodyTab() const { return m_body; }
    void addResponse();
    /// Moves the current response, rule or header, whichever has the focus; false if none has.
    bool moveFocused(int step);
    QString currentUrl() const;

Q_SIGNALS:
    void titleChanged();
    void edited();
    void openRequested(const understudy::ui::ObjectRef &ref, bool pin);
    /// A fault that cannot stand where it was to be set.
    void faultsRefused(const QString &text);

private:
    static QLabel *caption(const QString &text, QWidget *buddy);
    QWidget *makeHeader();
    QWidget *makeResponses();
    QWidget *makeDetails();
    void connectHeader();
    std::vector<ResponseTab *> tabs() const;
    void connectTabs();
    const Endpoint *endpoint() const;
    const Response *response() const;
    void change(const QString &step, const std::function<void(Endpoint &)> &change,
                const QString &field, bool isOpenEnded = false);
    void changeResponse(const QString &step, const ResponseChange &change, const QString &field,
                        bool isOpenEnded = false);
    void selectResponse(const QString &id);
    void showResponse();
    void showHeader(const Server &server, const Endpoint &endpoint);
    void checkPath(const QString &text);
    void onPathEdited(const QString &text);
    void onPathLeft();
    void onStatusEdited(const QString &text);
    void showStatus(const Response &response);
    void duplicateResponse();
    void deleteResponse();
    bool moveResponse(int step);
    void updateTabTitles();
    void connectPreview();
    std::optional<PreviewSource> previewSource() const;
    std::shared_ptr<const Exchange> requestForRules() const;
    void showResponseMenu(const QPoint &place);

    WorkspaceDocument &m_workspace;
    RuntimeController &m_runtime;
    ObjectRef m_ref;
    QString m_responseId;

    QComboBox *m_method;
    QLineEdit *m_path;
    QLabel *m_pathMessage;
    QCheckBox *m_enabled;
    QToolButton *m_copyUrl;
    QSpinBox *m_priority;
    QLineEdit *m_name;
    QToolButton *m_descriptionToggle;
    QPlainTextEdit *m_description;
    ResponsesModel *m_responses;
    QTableView *m_list;
    QComboBox *m_mode;
    QComboBox *m_repeat;
    QComboBox *m_status;
    QLabel *m_statusMessage;
    QLineEdit *m_responseName;
    QSpinBox *m_times;
    QSpinBox *m_weight;
    QLabel *m_weightLabel;
    QTabWidget *m_tabs;
    BodyTab *m_body;
    HeadersTab *m_headers;
    RulesTab *m_rules;
    BehaviourTab *m_behaviour;
    CallbacksTab *m_callbacks;
    MoreTab *m_more;
};

} // namespace understudy::ui
