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
/// Of one comparison; nobody reads more of them, and each takes its time.
constexpr int kMostLines = 5'000;

QStringList linesOf(const QString &text)
{
    QStringList lines = text.split('\n');
    if (lines.back().isEmpty())
        lines.removeLast();
    else
        lines << DiffView::tr("(no line break at the end)");
    return lines;
}

QString signOf(DiffLine::Kind kind)
{
    if (kind == DiffLine::Kind::Same)
        return QStringLiteral("  ");
    return kind == DiffLine::Kind::Added ? QStringLiteral("+ ") : QStringLiteral("− ");
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

QTextCharFormat roleFormat(ColorRole role, const QPalette &palette)
{
    QTextCharFormat format;
    format.setForeground(roleColor(role, palette));
    return format;
}

QTextCharFormat formatOf(DiffLine::Kind kind, const QPalette &palette)
{
    if (kind == DiffLine::Kind::Same)
        return {};
    return roleFormat(kind == DiffLine::Kind::Added ? ColorRole::Success : ColorRole::Error,
                      palette);
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
    addLine(at, text, format);
}

void DiffView::addLine(QTextCursor &at, const QString &text, const QTextCharFormat &format)
{
    if (at.position() > 0)
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
    const QTextCharFormat muted = roleFormat(ColorRole::Muted, palette());
    QTextCursor at(document());
    at.movePosition(QTextCursor::End);
    at.beginEditBlock();
    int skipped = 0;
    const auto tellSkipped = [&] {
        if (skipped > 0)
            addLine(at,
                    skipped == 1 ? tr("⋯ 1 line the same")
                                 : tr("⋯ %n lines the same", nullptr, skipped),
                    muted);
        skipped = 0;
    };
    bool wasChange = false;
    int written = 0;
    std::size_t i = 0;
    for (; i < lines.size() && written < kMostLines; ++i) {
        if (!shown[i]) {
            ++skipped;
            continue;
        }
        tellSkipped();
        const bool isChange = lines[i].kind != DiffLine::Kind::Same;
        addLine(at, signOf(lines[i].kind) + lines[i].text, formatOf(lines[i].kind, palette()));
        ++written;
        if (isChange && !wasChange)
            m_changes.push_back(at.blockNumber());
        wasChange = isChange;
    }
    const auto more = std::count(shown.begin() + static_cast<std::ptrdiff_t>(i), shown.end(), true);
    if (more > 0)
        addLine(at,
                more == 1 ? tr("⋯ 1 more line")
                          : tr("⋯ %n more lines", nullptr, static_cast<int>(more)),
                muted);
    else if (written == 0)
        addLine(at, tr("No differences"), muted);
    else {
        skipped += static_cast<int>(lines.size() - i);
        tellSkipped();
    }
    at.endEditBlock();
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
