// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/endpoint/response_tab.h"

#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QSpinBox;
class QTabWidget;

namespace understudy::ui {

class HeadersEditor;
class MillisecondSpin;

/// The requests that a response causes: a list of them, and a form for the current one.
class CallbacksTab : public ResponseTab
{
    Q_OBJECT
public:
    explicit CallbacksTab(QWidget *parent = nullptr);
    void showResponse(const ResponseView &view) override;
    QString title() const override;

private:
    QWidget *makeList();
    QWidget *makeForm();
    QWidget *makeBody();
    QWidget *makeSending();
    QLayout *makeSignature();
    void connectSignature();
    void changeSecret(const QString &text);
    void showSignature(const std::optional<Signature> &sign);
    void connectForm();
    void addCallback();
    void duplicateCallback();
    void removeCallback();
    void showCurrent();
    void showBody(const Body &body);
    void changeBody();
    /// Of the current callback; nothing happens without one.
    void edit(const QString &step, const std::function<void(Callback &)> &change,
              const QString &field);
    const Callback *current() const;

    std::vector<Callback> m_callbacks;
    QString m_key;     ///< of the response that is shown
    QString m_bodyKey; ///< of the callback whose body is shown
    Body m_shownBody;  ///< as it was shown or taken last; what is typed may be ahead of it
    QListWidget *m_list;
    QWidget *m_form;
    QLabel *m_empty;
    QComboBox *m_method;
    QLineEdit *m_url;
    MillisecondSpin *m_after;
    QSpinBox *m_retries;
    MillisecondSpin *m_backoff;
    QSpinBox *m_copies;
    QLineEdit *m_secret; ///< or `$NAME` of a variable that holds it
    QLineEdit *m_signHeader;
    QComboBox *m_hash;
    QCheckBox *m_template;
    QTabWidget *m_parts;
    QComboBox *m_kind;
    QPlainTextEdit *m_body;
    QLabel *m_problem; ///< of the body
    HeadersEditor *m_headers;
};

} // namespace understudy::ui
