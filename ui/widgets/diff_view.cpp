// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/diff_view.h"

#include "ui/services/line_diff.h"
#include "ui/services/theme.h"

#include <QFontDatabase>
#include <QTextBlock>

#include <algorithm>

namespace understudy::ui {

namespace {

/// Lines shown around a change.
constexpr int kAround = 3;

QStringList linesOf(const QString &text)
{
    QStringList lines = text.split('\n');
    if (lines.back().isEmpty())
        lines.removeLast();
    else
        lines << DiffView::tr("(no line break at the end)");
    return lines;
}

/// For each line whether it is a change, or near one.
std::vector<bool> shownLines(const std::vector<DiffLine> &lines)
{
    std::vector<bool> shown(lines.size());
    const auto count = static_cast<int>(lines.size());
    for (int i = 0; i < count; ++i) {
        if (lines[static_cast<std::size_t>(i)].kind == DiffLine::Kind::Same)
            continue;
        for (int near = std::max(0, i - kAround); near <= std::min(count - 1, i + kAround); ++near)
            shown[static_cast<std::size_t>(near)] = true;
    }
    return shown;
}

QTextCharFormat formatOf(DiffLine::Kind kind, const QPalette &palette)
{
    QTextCharFormat format;
    if (kind != DiffLine::Kind::Same)
        format.setForeground(roleColor(
            kind == DiffLine::Kind::Added ? ColorRole::Success : ColorRole::Error, palette));
    return format;
}

} // namespace

DiffView::DiffView(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setAccessibleName(tr("Differences"));
    setReadOnly(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void DiffView::clearDifferences()
{
    clear();
    m_changes.clear();
}

void DiffView::addLine(const QString &text, const QTextCharFormat &format)
{
    QTextCursor at(document());
    at.movePosition(QTextCursor::End);
    if (!document()->isEmpty())
        at.insertBlock();
    at.insertText(text, format);
}

void DiffView::addTitle(const QString &title)
{
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    addLine(title, bold);
}

void DiffView::addProblem(const QString &problem)
{
    addLine(problem, formatOf(DiffLine::Kind::Removed, palette()));
}

void DiffView::addDifferences(const QString &before, const QString &after)
{
    const std::vector<DiffLine> lines = diffLines(linesOf(before), linesOf(after));
    const std::vector<bool> shown = shownLines(lines);
    QTextCharFormat muted;
    muted.setForeground(roleColor(ColorRole::Muted, palette()));
    int skipped = 0;
    const auto tellSkipped = [&] {
        if (skipped > 0)
            addLine(skipped == 1 ? tr("⋯ 1 line the same")
                                 : tr("⋯ %n lines the same", nullptr, skipped),
                    muted);
        skipped = 0;
    };
    bool wasChange = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!shown[i]) {
            ++skipped;
            continue;
        }
        tellSkipped();
        const bool isChange = lines[i].kind != DiffLine::Kind::Same;
        const QString sign = lines[i].kind == DiffLine::Kind::Added     ? QStringLiteral("+ ")
                             : lines[i].kind == DiffLine::Kind::Removed ? QStringLiteral("− ")
                                                                        : QStringLiteral("  ");
        addLine(sign + lines[i].text, formatOf(lines[i].kind, palette()));
        if (isChange && !wasChange)
            m_changes.push_back(document()->blockCount() - 1);
        wasChange = isChange;
    }
    if (std::none_of(shown.begin(), shown.end(), [](bool is) { return is; }))
        addLine(tr("No differences"), muted);
    else
        tellSkipped();
}

void DiffView::goTo(int step)
{
    if (m_changes.empty())
        return;
    const int here = textCursor().blockNumber();
    auto to = step > 0 ? std::upper_bound(m_changes.begin(), m_changes.end(), here)
                       : std::lower_bound(m_changes.begin(), m_changes.end(), here);
    if (step > 0)
        to = to == m_changes.end() ? m_changes.begin() : to;
    else
        to = (to == m_changes.begin() ? m_changes.end() : to) - 1;
    setTextCursor(QTextCursor(document()->findBlockByNumber(*to)));
    centerCursor();
}

} // namespace understudy::ui
