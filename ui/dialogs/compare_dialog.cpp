// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/compare_dialog.h"

#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "ui/document/workspace_document.h"
#include "ui/services/line_diff.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>
#include <filesystem>

namespace understudy::ui {

namespace {

/// Lines shown around a change.
constexpr int kAround = 3;

void readDisk(const QString &file, Comparison &comparison)
{
    auto text = formats::readFile(toPath(file));
    if (text)
        comparison.onDisk = toQString(*text);
    else if (QFileInfo::exists(file))
        comparison.problem = toQString(text.error().message);
}

QStringList linesOf(const QString &text)
{
    QStringList lines = text.split('\n');
    if (lines.back().isEmpty())
        lines.removeLast();
    else
        lines << CompareDialog::tr("(no line break at the end)");
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

Comparison compareWithDisk(const WorkspaceDocument &workspace, const QString &serverId)
{
    const ServerDocument *document = workspace.find(serverId);
    if (!document)
        return {};
    Comparison out{QFileInfo(document->file).fileName(), {}, toQString(document->editedText()), {}};
    readDisk(document->file, out);
    return out;
}

std::vector<Comparison> compareWithDisk(const WorkspaceDocument &workspace,
                                        const std::vector<UnsavedEdits> &edits)
{
    std::vector<Comparison> out;
    for (const UnsavedEdits &edit : edits) {
        const ServerDocument *document = workspace.find(edit.serverId);
        ServerDocument left;
        left.read(edit.base.toStdString());
        left.value = edit.value;
        Comparison &one
            = out.emplace_back(Comparison{document ? QFileInfo(document->file).fileName()
                                                   : edit.serverId + QStringLiteral(".mock.yaml"),
                                          {},
                                          toQString(left.editedText()),
                                          {}});
        if (document)
            readDisk(document->file, one);
    }
    return out;
}

CompareDialog::CompareDialog(const std::vector<Comparison> &comparisons, QWidget *parent)
    : QDialog(parent)
    , m_text(new QPlainTextEdit)
    , m_next(new QPushButton(tr("&Next difference")))
    , m_previous(new QPushButton(tr("&Previous difference")))
{
    setObjectName(QStringLiteral("compareDialog"));
    setWindowTitle(tr("Compare"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *legend = new QLabel(tr("− on the disk now   + with the edits"));
    legend->setObjectName(QStringLiteral("compareLegend"));
    m_text->setObjectName(QStringLiteral("compareText"));
    m_text->setAccessibleName(tr("Differences"));
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_next->setObjectName(QStringLiteral("nextDifferenceButton"));
    m_previous->setObjectName(QStringLiteral("previousDifferenceButton"));
    buttons->addButton(m_previous, QDialogButtonBox::ActionRole);
    buttons->addButton(m_next, QDialogButtonBox::ActionRole);
    for (QPushButton *button : {m_next, m_previous})
        button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(legend);
    layout->addWidget(m_text, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 30);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_next, &QPushButton::clicked, this, [this] { goTo(1); });
    connect(m_previous, &QPushButton::clicked, this, [this] { goTo(-1); });

    for (const Comparison &comparison : comparisons)
        add(comparison);
    m_next->setEnabled(m_changes.size() > 1);
    m_previous->setEnabled(m_changes.size() > 1);
    m_text->moveCursor(QTextCursor::Start);
    m_text->setFocus();
}

void CompareDialog::add(const Comparison &comparison)
{
    QTextCursor at(m_text->document());
    at.movePosition(QTextCursor::End);
    const auto line = [&](const QString &text, const QTextCharFormat &format) {
        if (!m_text->document()->isEmpty())
            at.insertBlock();
        at.insertText(text, format);
    };
    QTextCharFormat title;
    title.setFontWeight(QFont::Bold);
    line(comparison.file, title);
    if (!comparison.problem.isEmpty()) {
        line(tr("What lies on the disk cannot be read: %1").arg(comparison.problem),
             formatOf(DiffLine::Kind::Removed, palette()));
        return;
    }
    const std::vector<DiffLine> lines
        = diffLines(linesOf(comparison.onDisk), linesOf(comparison.edited));
    const std::vector<bool> shown = shownLines(lines);
    QTextCharFormat muted;
    muted.setForeground(roleColor(ColorRole::Muted, palette()));
    int skipped = 0;
    const auto tellSkipped = [&] {
        if (skipped > 0)
            line(skipped == 1 ? tr("⋯ 1 line the same")
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
        line(sign + lines[i].text, formatOf(lines[i].kind, palette()));
        if (isChange && !wasChange)
            m_changes.push_back(at.blockNumber());
        wasChange = isChange;
    }
    if (std::none_of(shown.begin(), shown.end(), [](bool is) { return is; }))
        line(tr("No differences"), muted);
    else
        tellSkipped();
}

void CompareDialog::goTo(int step)
{
    const int here = m_text->textCursor().blockNumber();
    auto to = step > 0 ? std::upper_bound(m_changes.begin(), m_changes.end(), here)
                       : std::lower_bound(m_changes.begin(), m_changes.end(), here);
    if (step > 0)
        to = to == m_changes.end() ? m_changes.begin() : to;
    else
        to = (to == m_changes.begin() ? m_changes.end() : to) - 1;
    m_text->setTextCursor(QTextCursor(m_text->document()->findBlockByNumber(*to)));
    m_text->centerCursor();
}

} // namespace understudy::ui
