// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/workspace/folder_editor.h"

#include "ui/document/tree_edits.h"
#include "ui/panels/behaviour/behaviour_panel.h"
#include "ui/services/text.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace understudy::ui {

FolderEditor::FolderEditor(WorkspaceDocument &workspace, PresetLibrary &presets, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_name(new QLineEdit)
    , m_enabled(new QCheckBox(tr("Endpoints of this folder answer")))
    , m_behaviour(new BehaviourPanel(workspace, presets))
{
    setObjectName(QStringLiteral("folderEditor"));
    m_name->setObjectName(QStringLiteral("folderNameEdit"));
    m_name->setAccessibleName(tr("Name of the folder"));
    m_enabled->setObjectName(QStringLiteral("folderEnabledSwitch"));
    m_enabled->setTristate(true);
    m_name->setMaximumWidth(m_name->fontMetrics().horizontalAdvance('x') * 60);
    auto *content = new QWidget;
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("Name"), m_name);
    form->addRow(QString(), m_enabled);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(14);
    column->addLayout(form);
    column->addWidget(m_behaviour);
    column->addStretch();
    content->setMaximumWidth(fontMetrics().horizontalAdvance('x') * 120);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (!text.trimmed().isEmpty())
            change(
                tr("Rename folder"), [name = toStd(text)](Folder &f) { f.name = name; },
                QStringLiteral("name"));
    });
    connect(m_enabled, &QCheckBox::clicked, this, [this] {
        change(tr("Switch folder"), [](Folder &f) { toggleFolder(f); }, {});
        refresh();
    });
    connect(m_behaviour, &BehaviourPanel::edited, this, &FolderEditor::edited);
}

const Folder *FolderEditor::folder() const
{
    const ServerDocument *document = m_workspace.find(m_ref.serverId);
    const Item *item = document && document->value ? itemAt(*document->value, m_ref.path) : nullptr;
    return item ? item->folder() : nullptr;
}

void FolderEditor::change(const QString &step, const std::function<void(Folder &)> &edit,
                          const QString &field)
{
    EditOptions options;
    if (!field.isEmpty())
        options.mergeKey = m_ref.serverId + QStringLiteral("/folder/") + field;
    options.reveal = m_ref;
    const auto apply = [&](Server &server) {
        Item *item = itemAt(server, m_ref.path);
        if (Folder *folder = item ? item->mutableFolder() : nullptr) {
            edit(*folder);
            m_shownName = toQString(folder->name);
        }
    };
    if (m_workspace.edit(m_ref.serverId, step, apply, options))
        Q_EMIT edited();
}

void FolderEditor::setTarget(const ObjectRef &ref)
{
    m_ref = ref;
    m_shownName.clear();
    refresh();
}

QString FolderEditor::title() const
{
    const Folder *f = folder();
    return f ? toQString(f->name) : QString();
}

bool FolderEditor::refresh()
{
    const Folder *f = folder();
    // Folders have no id: another name at the same place, not given here, is taken for another
    // folder.
    if (!f || (!m_shownName.isEmpty() && toQString(f->name) != m_shownName))
        return false;
    m_shownName = toQString(f->name);
    if (m_name->text() != m_shownName && !m_name->hasFocus())
        m_name->setText(m_shownName);
    m_enabled->setCheckState(folderState(*f));
    m_behaviour->setTarget(m_ref);
    Q_EMIT titleChanged();
    return true;
}

} // namespace understudy::ui
