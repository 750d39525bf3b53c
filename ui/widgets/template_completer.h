// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/template_words.h"

#include <QObject>

#include <optional>

class QCompleter;
class QModelIndex;
class QStandardItemModel;

namespace understudy::ui {

class BodyEditor;

/// Offers what could stand in a template while one is typed behind `{{`; Ctrl+Space asks for it.
/// Enter or Tab takes the line, Esc closes the list. Belongs to the editor.
class TemplateCompleter : public QObject
{
    Q_OBJECT
public:
    explicit TemplateCompleter(BodyEditor *editor);

    /// Nothing: the text is no template, and nothing is offered.
    void setNames(std::optional<TemplateNames> names);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void onTyped(int character);
    void suggest(bool isAsked);
    void insert(const QModelIndex &index);

    BodyEditor *m_editor;
    QStandardItemModel *m_words;
    QCompleter *m_completer;
    std::optional<TemplateNames> m_names;
    qsizetype m_typedBytes = 0; ///< before the cursor
};

} // namespace understudy::ui
