// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

#include <vector>

namespace understudy::ui {

/// The lines in which texts differ, with a few around them. Read-only.
class DiffView : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit DiffView(QWidget *parent = nullptr);

    void clearDifferences();
    void addTitle(const QString &title);
    /// Of very many the first are shown, and how many more there are.
    void addDifferences(const QString &before, const QString &after);
    /// Instead of differences that cannot be told.
    void addProblem(const QString &problem);

    /// How many places differ.
    int differences() const { return static_cast<int>(m_changes.size()); }
    /// To the next (1) or previous (-1) of them, round and round.
    void goTo(int step);

private:
    void addLine(const QString &text, const QTextCharFormat &format);
    static void addLine(QTextCursor &at, const QString &text, const QTextCharFormat &format);

    std::vector<int> m_changes; ///< the lines at which changes begin
};

} // namespace understudy::ui
