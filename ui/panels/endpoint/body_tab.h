// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/endpoint/response_tab.h"
#include "ui/services/json_check.h"
#include "ui/services/kept_kinds.h"
#include "ui/widgets/body_editor.h"

#include <QFutureWatcher>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace understudy::ui {

class BodyFilePage;
class FindBar;
class PreviewPane;
class TemplateCompleter;

/// The body of a response: its kind, the code editor with its checks, or the file it comes from.
class BodyTab : public ResponseTab
{
    Q_OBJECT
public:
    explicit BodyTab(QWidget *parent = nullptr);

    void showResponse(const ResponseView &view) override;
    QString title() const override;

    BodyEditor *editor() const { return m_editor; }
    PreviewPane *preview() const { return m_preview; }
    /// Puts the focus into the text, at a place if one is given (from 1).
    void focusBody(int line = 0, int column = 0);
    void openFind();
    /// Indents a valid body anew; on a broken one it only jumps to the error.
    void format();
    void goToProblem();

private:
    void setKind(Body::Kind kind);
    Body::Kind shownKind() const { return m_wantsJson ? Body::Kind::Json : m_body.kind; }
    void changeKind(int index);
    std::optional<Body> converted(Body::Kind kind) const;
    void onEdited();
    bool isMeantAsJson() const;
    void startCheck();
    void showCheck(const JsonCheck &check);
    void setChip(const QString &state, const QString &text);
    void showBuckets(const Server &server);
    void setTemplate(bool isOn);
    /// What depends on whether the body is a template, and whose.
    void showTemplate(const ResponseView &view);
    void showTemplateHint();
    void updatePreview();
    void makeTemplateRow();
    bool eventFilter(QObject *watched, QEvent *event) override;
    QWidget *makeTextPage();
    QWidget *makeBinaryPage();
    QWidget *makeBucketPage();

    QString m_key;
    QString m_folder;
    Body m_body;
    KeptKinds<Body::Kind, Body> m_kept;    ///< as left
    KeptKinds<Body::Kind, Body> m_entered; ///< as they were when they were chosen
    bool m_wantsJson = false; ///< the kind is a JSON value, also while what is typed is none yet
    bool m_isTemplate = false;
    Dialect m_dialect = Dialect::Native;
    QString m_contentType;
    bool m_isLanguageChosen = false;

    QComboBox *m_kind;
    QComboBox *m_language;
    QCheckBox *m_template;
    QToolButton *m_previewToggle;
    PreviewPane *m_preview;
    QToolButton *m_format;
    QStackedWidget *m_stack;
    BodyEditor *m_editor;
    TemplateCompleter *m_completer;
    FindBar *m_findBar;
    QLabel *m_chip;
    QLabel *m_position;
    BodyFilePage *m_filePage;
    QComboBox *m_bucket;
    QLabel *m_binaryInfo;
    QTimer m_checkTimer;
    QFutureWatcher<JsonCheck> m_check;
    quint64 m_checkedText = 0;
};

} // namespace understudy::ui
