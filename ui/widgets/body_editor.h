// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/body_language.h"
#include "ui/services/json_check.h"
#include "ui/widgets/qscintilla.h"

#include <QHash>
#include <QStringList>

class QsciLexer;

namespace understudy::ui {

/// The code editor of bodies. Each body it has shown keeps an undo history of its own, which never
/// mixes with another's and never falls through to the workspace. It leaves alone the keys that the
/// program uses elsewhere.
class BodyEditor : public QsciScintilla
{
    Q_OBJECT
public:
    explicit BodyEditor(QWidget *parent = nullptr);
    ~BodyEditor() override;

    /// Shows a body. `key` names whose it is; coming back to it with an unchanged text finds its
    /// history again.
    void showBody(const QString &key, const QByteArray &text);
    QByteArray bytes() const;
    /// Replaces everything as one step of this body's history.
    void replaceAllText(const QByteArray &text);
    void setLanguage(BodyLanguage language);
    BodyLanguage language() const { return m_language; }
    /// Whether the body is too long to be edited here; only its head is shown.
    bool isHeadOnly() const { return m_isHeadOnly; }

    void markError(const JsonCheck &check);
    void clearError();
    /// Puts the cursor there; both from 1.
    void goTo(int line, int column);
    void applyColors();
    /// While that list is open, the keys that take a line of it or close it are the list's.
    void shareKeysWith(QWidget *list) { m_list = list; }
    /// Looks for `text` from the cursor on, around the end; false if there is none.
    bool find(const QString &text, bool forward);

Q_SIGNALS:
    /// The user (or replaceAllText) changed the text.
    void edited();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void releaseKeys();
    void configureDocument();

    QHash<QString, QsciDocument> m_documents;
    QStringList m_recent; ///< keys, newest last
    QString m_key;
    QWidget *m_list = nullptr;
    BodyLanguage m_language = BodyLanguage::Plain;
    QsciLexer *m_lexer = nullptr;
    bool m_isLoading = false;
    bool m_isHeadOnly = false;
};

/// Gives a lexer and its editor the colours of the theme.
void applyEditorColors(QsciScintilla &editor, QsciLexer *lexer);

} // namespace understudy::ui
