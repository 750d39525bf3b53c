// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/action_registry.h"

#include <QCoreApplication>
#include <QIcon>
#include <QKeySequence>

#include <array>

namespace understudy::ui {

namespace {

struct Row
{
    const char *id;
    const char *text;
    const char *icon; ///< name in the private icon theme, or empty
    const char *keys; ///< portable texts, several separated by " | "
};

// Only what works is listed here. Keys after ux.md section 5.
constexpr std::array kTable{
    Row{"file.open", QT_TRANSLATE_NOOP("ActionRegistry", "Open Workspace…"), "document-open",
        "Ctrl+O"},
    Row{"file.import", QT_TRANSLATE_NOOP("ActionRegistry", "Import…"), "document-import",
        "Ctrl+Shift+O"},
    Row{"file.importClipboard", QT_TRANSLATE_NOOP("ActionRegistry", "Import from Clipboard"), "",
        "Ctrl+Alt+V"},
    Row{"file.importUrl", QT_TRANSLATE_NOOP("ActionRegistry", "Import from URL…"), "", ""},
    Row{"item.export", QT_TRANSLATE_NOOP("ActionRegistry", "Export…"), "document-export", ""},
    Row{"file.export", QT_TRANSLATE_NOOP("ActionRegistry", "Export Server…"), "document-export",
        "Ctrl+Shift+X"},
    Row{"file.openTraffic", QT_TRANSLATE_NOOP("ActionRegistry", "Open Traffic…"), "document-open",
        "Ctrl+Alt+O"},
    Row{"file.save", QT_TRANSLATE_NOOP("ActionRegistry", "Save Now"), "document-save", "Ctrl+S"},
    Row{"file.close", QT_TRANSLATE_NOOP("ActionRegistry", "Close Workspace"), "", ""},
    Row{"app.quit", QT_TRANSLATE_NOOP("ActionRegistry", "Quit"), "", "Ctrl+Q"},
    Row{"edit.undo", QT_TRANSLATE_NOOP("ActionRegistry", "Undo"), "edit-undo", "Ctrl+Z"},
    Row{"edit.redo", QT_TRANSLATE_NOOP("ActionRegistry", "Redo"), "edit-redo",
        "Ctrl+Shift+Z | Ctrl+Y"},
    Row{"edit.duplicate", QT_TRANSLATE_NOOP("ActionRegistry", "Duplicate"), "edit-copy", "Ctrl+D"},
    Row{"edit.rename", QT_TRANSLATE_NOOP("ActionRegistry", "Rename"), "edit-rename", "F2"},
    Row{"edit.delete", QT_TRANSLATE_NOOP("ActionRegistry", "Delete"), "edit-delete", "Del"},
    Row{"item.toggle", QT_TRANSLATE_NOOP("ActionRegistry", "Enable or Disable"), "", ""},
    Row{"item.moveUp", QT_TRANSLATE_NOOP("ActionRegistry", "Move Up"), "go-up", "Alt+Up"},
    Row{"item.moveDown", QT_TRANSLATE_NOOP("ActionRegistry", "Move Down"), "go-down", "Alt+Down"},
    Row{"server.start", QT_TRANSLATE_NOOP("ActionRegistry", "Start"), "media-playback-start", "F5"},
    Row{"server.stop", QT_TRANSLATE_NOOP("ActionRegistry", "Stop"), "media-playback-stop",
        "Shift+F5"},
    Row{"server.restart", QT_TRANSLATE_NOOP("ActionRegistry", "Restart"), "view-refresh",
        "Ctrl+F5"},
    Row{"server.startAll", QT_TRANSLATE_NOOP("ActionRegistry", "Start All"), "media-playback-start",
        "Ctrl+Shift+F5"},
    Row{"server.stopAll", QT_TRANSLATE_NOOP("ActionRegistry", "Stop All"), "media-playback-stop",
        "Ctrl+Shift+F7"},
    Row{"server.new", QT_TRANSLATE_NOOP("ActionRegistry", "New Server…"), "network-server",
        "Ctrl+Shift+N"},
    Row{"server.copyUrl", QT_TRANSLATE_NOOP("ActionRegistry", "Copy Base URL"), "edit-copy", ""},
    Row{"server.resetState", QT_TRANSLATE_NOOP("ActionRegistry", "Reset State"), "", ""},
    Row{"server.state", QT_TRANSLATE_NOOP("ActionRegistry", "State…"), "", "Ctrl+Shift+M"},
    Row{"server.settings", QT_TRANSLATE_NOOP("ActionRegistry", "Server Settings"), "configure", ""},
    Row{"folder.new", QT_TRANSLATE_NOOP("ActionRegistry", "New Folder"), "folder-new",
        "Ctrl+Alt+N"},
    Row{"endpoint.new", QT_TRANSLATE_NOOP("ActionRegistry", "New Endpoint"), "list-add", "Ctrl+N"},
    Row{"endpoint.open", QT_TRANSLATE_NOOP("ActionRegistry", "Open"), "document-edit", ""},
    Row{"endpoint.copyUrl", QT_TRANSLATE_NOOP("ActionRegistry", "Copy URL"), "edit-copy", ""},
    Row{"endpoint.copyCurl", QT_TRANSLATE_NOOP("ActionRegistry", "Copy as cURL"), "", ""},
    Row{"endpoint.showTraffic", QT_TRANSLATE_NOOP("ActionRegistry", "Show Traffic"), "view-filter",
        ""},
    Row{"response.add", QT_TRANSLATE_NOOP("ActionRegistry", "Add Response"), "list-add",
        "Ctrl+Return"},
    Row{"body.find", QT_TRANSLATE_NOOP("ActionRegistry", "Find in Body"), "edit-find", "Ctrl+F"},
    Row{"body.format", QT_TRANSLATE_NOOP("ActionRegistry", "Format Body"), "format-indent-more",
        "Ctrl+Shift+I"},
    Row{"body.nextProblem", QT_TRANSLATE_NOOP("ActionRegistry", "Next Problem in Body"), "", "F8"},
    Row{"faults.menu", QT_TRANSLATE_NOOP("ActionRegistry", "Faults"), "fault", "Ctrl+Shift+E"},
    Row{"tools.authority", QT_TRANSLATE_NOOP("ActionRegistry", "Certificate Authority…"), "", ""},
    Row{"tree.filter", QT_TRANSLATE_NOOP("ActionRegistry", "Filter Workspace"), "view-filter",
        "Ctrl+Shift+F"},
    Row{"view.region1", QT_TRANSLATE_NOOP("ActionRegistry", "Workspace"), "", "Alt+1"},
    Row{"view.region2", QT_TRANSLATE_NOOP("ActionRegistry", "Editor"), "", "Alt+2"},
    Row{"view.region3", QT_TRANSLATE_NOOP("ActionRegistry", "Traffic"), "", "Alt+3"},
    Row{"view.region5", QT_TRANSLATE_NOOP("ActionRegistry", "Problems"), "", "Alt+5"},
    Row{"view.region6", QT_TRANSLATE_NOOP("ActionRegistry", "Server Log"), "", "Alt+6"},
    Row{"view.nextRegion", QT_TRANSLATE_NOOP("ActionRegistry", "Next Region"), "", "F6"},
    Row{"view.previousRegion", QT_TRANSLATE_NOOP("ActionRegistry", "Previous Region"), "",
        "Shift+F6"},
    Row{"view.nextTab", QT_TRANSLATE_NOOP("ActionRegistry", "Next Tab"), "", "Ctrl+Tab"},
    Row{"view.closeTab", QT_TRANSLATE_NOOP("ActionRegistry", "Close Tab"), "", "Ctrl+W"},
    Row{"app.settings", QT_TRANSLATE_NOOP("ActionRegistry", "Settings…"), "configure", "Ctrl+,"},
    Row{"help.contents", QT_TRANSLATE_NOOP("ActionRegistry", "Help Contents"), "", "F1"},
    Row{"help.about", QT_TRANSLATE_NOOP("ActionRegistry", "About Understudy"), "", ""},
};

} // namespace

ActionRegistry::ActionRegistry(QObject *parent)
    : QObject(parent)
{
    for (const Row &row : kTable) {
        auto *action = new QAction(QCoreApplication::translate("ActionRegistry", row.text), this);
        action->setObjectName(QString::fromLatin1(row.id));
        if (*row.icon)
            action->setIcon(QIcon::fromTheme(QString::fromLatin1(row.icon)));
        QList<QKeySequence> keys;
        for (const QString &text :
             QString::fromLatin1(row.keys).split(QStringLiteral(" | "), Qt::SkipEmptyParts))
            keys << QKeySequence::fromString(text, QKeySequence::PortableText);
        action->setShortcuts(keys);
        adopt(action);
    }
}

QAction *ActionRegistry::action(const QString &id) const
{
    QAction *found = m_actions.value(id);
    Q_ASSERT_X(found, "ActionRegistry::action", qPrintable(id));
    return found;
}

void ActionRegistry::adopt(QAction *action)
{
    m_actions.insert(action->objectName(), action);
    m_order << action;
}

} // namespace understudy::ui
