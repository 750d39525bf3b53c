// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/compare_dialog.h"

#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "ui/document/workspace_document.h"
#include "ui/services/text.h"
#include "ui/widgets/diff_view.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <filesystem>

namespace understudy::ui {

namespace {

void readDisk(const QString &file, Comparison &comparison)
{
    auto text = formats::readFile(toPath(file));
    if (text)
        comparison.onDisk = toQString(*text);
    else if (QFileInfo::exists(file))
        comparison.problem = toQString(text.error().message);
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
    , m_text(new DiffView)
    , m_next(new QPushButton(tr("&Next difference")))
    , m_previous(new QPushButton(tr("&Previous difference")))
{
    setObjectName(QStringLiteral("compareDialog"));
    setWindowTitle(tr("Compare"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *legend = new QLabel(tr("− on the disk now   + with the edits"));
    legend->setObjectName(QStringLiteral("compareLegend"));
    m_text->setObjectName(QStringLiteral("compareText"));
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
    connect(m_next, &QPushButton::clicked, m_text, [this] { m_text->goTo(1); });
    connect(m_previous, &QPushButton::clicked, m_text, [this] { m_text->goTo(-1); });

    for (const Comparison &comparison : comparisons) {
        m_text->addTitle(comparison.file);
        if (comparison.problem.isEmpty())
            m_text->addDifferences(comparison.onDisk, comparison.edited);
        else
            m_text->addProblem(
                tr("What lies on the disk cannot be read: %1").arg(comparison.problem));
    }
    m_next->setEnabled(m_text->differences() > 1);
    m_previous->setEnabled(m_text->differences() > 1);
    m_text->moveCursor(QTextCursor::Start);
    m_text->setFocus();
}

} // namespace understudy::ui
