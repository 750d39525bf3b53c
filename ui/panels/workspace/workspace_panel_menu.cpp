// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/panels/workspace/workspace_panel.h"

#include "ui/document/runtime_controller.h"
#include "ui/document/server_document.h"
#include "ui/document/workspace_document.h"
#include "ui/models/workspace_tree_model.h"
#include "ui/panels/window/faults_menu.h"
#include "ui/services/action_registry.h"
#include "ui/widgets/workspace_tree.h"

#include <QMenu>
#include <QModelIndex>

#include <limits>

namespace understudy::ui {

FaultsMenu *WorkspacePanel::makeFaultsMenu(QWidget *parent)
{
    auto *faults = new FaultsMenu(
        m_workspace, m_runtime.presets(), [this] { return selection(); }, parent);
    connect(faults, &FaultsMenu::refused, this, &WorkspacePanel::faultsRefused);
    connect(faults, &FaultsMenu::customRequested, this, [this](const ObjectRef &object) {
        ObjectRef ref = object;
        ref.field = QStringLiteral("behaviour");
        Q_EMIT openRequested(ref, true);
    });
    return faults;
}

void WorkspacePanel::showMenu(const QPoint &place)
{
    const QModelIndex index = m_tree->indexAt(place);
    const ObjectRef ref = m_model->refAt(index);
    QMenu menu(this);
    const auto add = [&](std::initializer_list<const char *> ids) {
        for (const char *id : ids) {
            if (*id)
                menu.addAction(m_actions.action(QString::fromLatin1(id)));
            else
                menu.addSeparator();
        }
    };
    switch (ref.kind) {
    case ObjectRef::Kind::None:
        add({"server.new", "file.import"});
        break;
    case ObjectRef::Kind::Server: {
        menu.setObjectName(QStringLiteral("serverMenu"));
        const ServerDocument *document = m_workspace.find(ref.serverId);
        if (document && document->isRemoved) {
            connect(menu.addAction(tr("Write File Again")), &QAction::triggered, this,
                    [this, ref] { m_workspace.writeAgain(ref.serverId); });
            connect(menu.addAction(tr("Remove from List")), &QAction::triggered, this,
                    [this, ref] { m_workspace.forget(ref.serverId); });
            break;
        }
        add({"server.start", "server.stop", "server.restart", "server.resetState", "",
             "server.copyUrl", "", "endpoint.new", "folder.new", ""});
        menu.addMenu(makeFaultsMenu(&menu));
        add({"", "file.export", "edit.duplicate", "edit.rename", "server.settings", "",
             "edit.delete"});
        break;
    }
    case ObjectRef::Kind::Folder:
        menu.setObjectName(QStringLiteral("folderMenu"));
        add({"endpoint.new", "folder.new", "", "item.toggle"});
        menu.addMenu(makeFaultsMenu(&menu));
        add({"item.moveUp", "item.moveDown", "item.export", "edit.duplicate", "edit.rename", "",
             "edit.delete"});
        break;
    case ObjectRef::Kind::Endpoint:
        menu.setObjectName(QStringLiteral("endpointMenu"));
        add({"endpoint.open", "endpoint.copyUrl", "endpoint.copyCurl"});
        if (m_actions.find(QStringLiteral("endpoint.showTraffic")))
            add({"endpoint.showTraffic"});
        add({"", "item.toggle"});
        menu.addMenu(makeFaultsMenu(&menu));
        add({"item.moveUp", "item.moveDown", "item.export", "edit.duplicate", "edit.rename", "",
             "edit.delete"});
        break;
    }
    menu.exec(m_tree->viewport()->mapToGlobal(place));
}

} // namespace understudy::ui
