// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/editor_tabs.h"

#include "ui/document/runtime_controller.h"
#include "ui/panels/endpoint/endpoint_editor.h"
#include "ui/panels/server/server_editor.h"
#include "ui/panels/window/broken_file_view.h"
#include "ui/panels/workspace/folder_editor.h"
#include "ui/services/plain_text.h"

#include <QApplication>
#include <QLineEdit>
#include <QMenuBar>
#include <QStyleOptionTab>
#include <QStylePainter>
#include <QToolButton>

namespace understudy::ui {

void EditorTabBar::setPreview(const QWidget *page)
{
    m_preview = page;
    update();
}

void EditorTabBar::paintEvent(QPaintEvent *event)
{
    const auto *tabs = qobject_cast<const QTabWidget *>(parentWidget());
    const int preview = tabs && m_preview ? tabs->indexOf(const_cast<QWidget *>(m_preview)) : -1;
    if (preview < 0) {
        QTabBar::paintEvent(event);
        return;
    }
    QStylePainter painter(this);
    const auto draw = [&](int index) {
        QStyleOptionTab option;
        initStyleOption(&option, index);
        QFont font = this->font();
        font.setItalic(index == preview);
        painter.setFont(font);
        painter.drawControl(QStyle::CE_TabBarTab, option);
    };
    for (int i = 0; i < count(); ++i) {
        if (i != currentIndex())
            draw(i);
    }
    if (currentIndex() >= 0)
        draw(currentIndex());
}

EditorTabs::EditorTabs(WorkspaceDocument &workspace, RuntimeController &runtime, const Ports &ports,
                       QWidget *parent)
    : QTabWidget(parent)
    , m_workspace(workspace)
    , m_runtime(runtime)
    , m_ports(ports)
{
    setObjectName(QStringLiteral("editorTabs"));
    setAccessibleName(tr("Editors"));
    setTabBar(new EditorTabBar(this));
    setDocumentMode(true);
    setMovable(true);
    setElideMode(Qt::ElideMiddle);
    connect(this, &QTabWidget::tabBarDoubleClicked, this,
            [this](int index) { pin(widget(index)); });
    connect(this, &QTabWidget::currentChanged, this, [this] { m_workspace.endMerge(); });
    connect(&workspace, &WorkspaceDocument::serverChanged, this, &EditorTabs::onServerChanged);
    connect(&workspace, &WorkspaceDocument::serverStateChanged, this, &EditorTabs::onServerChanged);
    connect(&workspace, &WorkspaceDocument::serverRemoved, this, &EditorTabs::onServerChanged);
    connect(&workspace, &WorkspaceDocument::closed, this, &EditorTabs::closeAll);
    connect(qApp, &QApplication::focusChanged, this,
            [this](const QWidget *left, const QWidget *now) {
                // The menu bar and other programs give the focus back.
                if (!now || qobject_cast<const QMenuBar *>(now))
                    return;
                if (left && currentWidget() && currentWidget()->isAncestorOf(left))
                    showStarts(currentWidget(), true);
            });
}

bool EditorTabs::isBroken(const QString &serverId) const
{
    const ServerDocument *document = m_workspace.find(serverId);
    return document && document->isBroken();
}

ObjectRef EditorTabs::refOf(QWidget *page) const
{
    if (const auto *endpoint = qobject_cast<EndpointEditor *>(page))
        return endpoint->target();
    if (const auto *folder = qobject_cast<FolderEditor *>(page))
        return folder->target();
    if (const auto *server = qobject_cast<ServerEditor *>(page))
        return ObjectRef::server(server->serverId());
    if (const auto *broken = qobject_cast<BrokenFileView *>(page))
        return ObjectRef::server(broken->serverId());
    return {};
}

QWidget *EditorTabs::pageFor(const ObjectRef &ref) const
{
    // Pages of a broken file wait, disabled, for it to be mended; the file itself is what is shown.
    const bool broken = isBroken(ref.serverId);
    for (int i = 0; i < count(); ++i) {
        QWidget *page = widget(i);
        if (broken ? qobject_cast<BrokenFileView *>(page) && refOf(page).serverId == ref.serverId
                   : refOf(page).sameObject(ref))
            return page;
    }
    return nullptr;
}

bool EditorTabs::retarget(QWidget *page, const ObjectRef &ref)
{
    const bool broken = isBroken(ref.serverId);
    if (auto *view = qobject_cast<BrokenFileView *>(page)) {
        if (!broken)
            return false;
        view->setTarget(ref.serverId);
        return true;
    }
    if (broken)
        return false;
    if (auto *endpoint = qobject_cast<EndpointEditor *>(page);
        endpoint && ref.kind == ObjectRef::Kind::Endpoint) {
        endpoint->setTarget(ref);
        return true;
    }
    if (auto *folder = qobject_cast<FolderEditor *>(page);
        folder && ref.kind == ObjectRef::Kind::Folder) {
        folder->setTarget(ref);
        return true;
    }
    if (auto *server = qobject_cast<ServerEditor *>(page);
        server && ref.kind == ObjectRef::Kind::Server) {
        server->setTarget(ref.serverId);
        return true;
    }
    return false;
}

QWidget *EditorTabs::makePage(const ObjectRef &ref)
{
    const auto follow = [this](auto *page) {
        using Page = std::remove_pointer_t<decltype(page)>;
        connect(page, &Page::edited, this, [this, page] { pin(page); });
        connect(page, &Page::titleChanged, this, [this, page] { updateTitle(page); });
        return page;
    };
    QWidget *page = nullptr;
    if (isBroken(ref.serverId)) {
        page = new BrokenFileView(m_workspace);
    } else if (ref.kind == ObjectRef::Kind::Endpoint) {
        auto *editor = follow(new EndpointEditor(m_workspace, m_runtime));
        connect(editor, &EndpointEditor::openRequested, this, &EditorTabs::openRequested);
        connect(editor, &EndpointEditor::faultsRefused, this, &EditorTabs::faultsRefused);
        page = editor;
    } else if (ref.kind == ObjectRef::Kind::Folder) {
        page = follow(new FolderEditor(m_workspace, m_runtime.presets()));
    } else {
        page = follow(new ServerEditor(m_workspace, m_runtime, m_ports));
    }
    retarget(page, ref);
    return page;
}

void EditorTabs::open(const ObjectRef &ref, bool isPinned)
{
    if (!ref.isValid() || !m_workspace.find(ref.serverId))
        return;
    QWidget *page = pageFor(ref);
    if (!page && m_preview && retarget(m_preview, ref)) {
        page = m_preview;
    } else if (!page) {
        const int place = m_preview ? indexOf(m_preview) : count();
        if (m_preview)
            closeTab(place);
        page = makePage(ref);
        addCloseButton(insertTab(std::min(place, count()), page, QString()));
        m_preview = page;
    }
    updateTitle(page);
    showStarts(page);
    setCurrentWidget(page);
    if (isPinned)
        pin(page);
    static_cast<EditorTabBar *>(tabBar())->setPreview(m_preview);
    if (!ref.field.isEmpty() || !ref.responseId.isEmpty()) {
        if (auto *endpoint = qobject_cast<EndpointEditor *>(page))
            endpoint->focusField(ref);
        else if (auto *server = qobject_cast<ServerEditor *>(page))
            server->focusField(ref.field);
    }
}

void EditorTabs::addCloseButton(int index)
{
    // The style's own is a loud red in some themes.
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("closeTabButton"));
    button->setText(QStringLiteral("✕"));
    button->setAutoRaise(true);
    button->setAccessibleName(tr("Close tab"));
    button->setFocusPolicy(Qt::NoFocus);
    QWidget *page = widget(index);
    connect(button, &QToolButton::clicked, this, [this, page] { closeTab(indexOf(page)); });
    tabBar()->setTabButton(index, QTabBar::RightSide, button);
}

void EditorTabs::revealIfOpen(const ObjectRef &ref)
{
    QWidget *page = pageFor(ref);
    if (!page)
        return;
    setCurrentWidget(page);
    if (auto *endpoint = qobject_cast<EndpointEditor *>(page);
        endpoint && !ref.responseId.isEmpty()) {
        ObjectRef response = endpoint->target();
        response.responseId = ref.responseId;
        endpoint->setTarget(response);
    }
}

void EditorTabs::closeTab(int index)
{
    QWidget *page = widget(index);
    if (!page)
        return;
    if (page == m_preview) {
        m_preview = nullptr;
        static_cast<EditorTabBar *>(tabBar())->setPreview(nullptr);
    }
    removeTab(index);
    page->deleteLater();
}

void EditorTabs::closeAll()
{
    while (count() > 0)
        closeTab(0);
}

EndpointEditor *EditorTabs::currentEndpoint() const
{
    return qobject_cast<EndpointEditor *>(currentWidget());
}

bool EditorTabs::refreshPage(QWidget *page) const
{
    if (auto *broken = qobject_cast<BrokenFileView *>(page))
        return broken->refresh();
    const QString serverId = refOf(page).serverId;
    page->setEnabled(!isBroken(serverId));
    if (isBroken(serverId))
        return m_workspace.find(serverId)->value != nullptr;
    if (auto *endpoint = qobject_cast<EndpointEditor *>(page))
        return endpoint->refresh();
    if (auto *folder = qobject_cast<FolderEditor *>(page))
        return folder->refresh();
    if (auto *server = qobject_cast<ServerEditor *>(page))
        return server->refresh();
    return true;
}

void EditorTabs::showStarts(const QWidget *page, bool hasLeft)
{
    // A text that was set would show its end where it is longer than its field.
    for (QLineEdit *edit : page->findChildren<QLineEdit *>()) {
        const QWidget *owner = edit->focusProxy() ? edit->focusProxy() : edit;
        // The focus comes back to where it was when the window is active again.
        if (owner != page->window()->focusWidget() && (hasLeft || !edit->isModified()))
            edit->setCursorPosition(0);
    }
}

void EditorTabs::onServerChanged(const QString &id)
{
    for (int i = count() - 1; i >= 0; --i) {
        QWidget *page = widget(i);
        if (refOf(page).serverId != id)
            continue;
        if (refreshPage(page))
            showStarts(page);
        else
            closeTab(i);
    }
}

void EditorTabs::updateTitle(QWidget *page)
{
    const int index = indexOf(page);
    if (index < 0)
        return;
    QString title;
    if (const auto *endpoint = qobject_cast<EndpointEditor *>(page))
        title = endpoint->title();
    else if (const auto *folder = qobject_cast<FolderEditor *>(page))
        title = folder->title();
    else if (const auto *server = qobject_cast<ServerEditor *>(page))
        title = server->title();
    else if (const auto *broken = qobject_cast<BrokenFileView *>(page))
        title = QStringLiteral("⚠ ") + broken->serverId();
    setTabText(index, title.replace('&', QStringLiteral("&&")));
    setTabToolTip(index, plainToolTip(title));
}

void EditorTabs::pin(QWidget *page)
{
    if (page != m_preview)
        return;
    m_preview = nullptr;
    static_cast<EditorTabBar *>(tabBar())->setPreview(nullptr);
}

} // namespace understudy::ui
