// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/recovery.h"

#include "ui/document/workspace_document.h"

#include <QDir>
#include <QLocale>
#include <QStandardPaths>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace understudy::ui {

namespace {

/// From an edit to its record; the rest of the 200 ms is for writing it.
constexpr int kLogDelayMs = 80;

} // namespace

QString Recovery::defaultFolder()
{
    // QStandardPaths knows the state folder only from Qt 6.7 on.
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(state))
        state = QDir::homePath() + QStringLiteral("/.local/state");
    return state + QStringLiteral("/understudy");
}

Recovery::Recovery(WorkspaceDocument &workspace, QString folder, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_folder(std::move(folder))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kLogDelayMs);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Recovery::sync);
    connect(&workspace, &WorkspaceDocument::opened, this, &Recovery::begin);
    connect(&workspace, &WorkspaceDocument::serverChanged, this, &Recovery::schedule);
    connect(&workspace, &WorkspaceDocument::serverAdded, this, &Recovery::schedule);
    connect(&workspace, &WorkspaceDocument::serverRemoved, this, &Recovery::schedule);
    connect(&workspace, &WorkspaceDocument::aboutToSave, this, &Recovery::sync);
    connect(&workspace, &WorkspaceDocument::saveStateChanged, this, [this] {
        if (!m_workspace.hasUnsavedEdits())
            sync();
    });
    connect(&workspace, &WorkspaceDocument::aboutToClose, this, &Recovery::end);
    if (workspace.isOpen())
        begin();
}

Recovery::~Recovery() { end(); }

void Recovery::begin()
{
    end();
    m_isGivenUp = false;
    m_savedIndex = m_workspace.undoStack()->index();
    m_log = std::make_unique<RecoveryLog>(
        m_folder, m_workspace.folder(), [this](const QString &reason) {
            QMetaObject::invokeMethod(
                this, [this, reason] { Q_EMIT failed(reason); }, Qt::QueuedConnection);
        });
    for (auto &left : LeftLog::find(m_folder, m_workspace.folder())) {
        const std::size_t before = m_found.size();
        for (const UnsavedEdits &edits : left->edits()) {
            const ServerDocument *document = m_workspace.find(edits.serverId);
            if (!document || !document->value || !(*document->value == *edits.value))
                m_found.push_back(edits);
        }
        // What the files say already needs no log.
        if (m_found.size() == before)
            left->remove();
        else
            m_left.push_back(std::move(left));
    }
    Q_EMIT foundChanged();
}

void Recovery::end()
{
    m_timer.stop();
    if (!m_log)
        return;
    sync();
    m_log.reset();
    // Undecided ones are offered again.
    m_left.clear();
    if (!std::exchange(m_found, {}).empty())
        Q_EMIT foundChanged();
}

void Recovery::schedule()
{
    m_lastEdit = QDateTime::currentDateTime();
    if (m_log && !m_timer.isActive())
        m_timer.start();
}

void Recovery::sync()
{
    if (!m_log)
        return;
    std::vector<UnsavedEdits> edits;
    const int index = m_workspace.undoStack()->index();
    for (const auto &document : m_workspace.servers()) {
        if (document->isDirty() && !m_isGivenUp)
            edits.push_back({document->id, document->value,
                             std::max(1, std::abs(index - m_savedIndex)), m_lastEdit,
                             QByteArray::fromStdString(document->text)});
    }
    if (edits.empty())
        m_savedIndex = index;
    m_log->put(edits);
}

void Recovery::giveUp()
{
    m_isGivenUp = true;
    sync();
}

QString Recovery::foundText() const
{
    if (m_found.empty())
        return {};
    int changes = 0;
    QDateTime time;
    for (const UnsavedEdits &edits : m_found) {
        changes = std::max(changes, edits.changes);
        time = std::max(time, edits.time);
    }
    const QString when = time.date() == QDate::currentDate()
                             ? QLocale().toString(time.time(), QStringLiteral("HH:mm"))
                             : QLocale().toString(time, QLocale::ShortFormat);
    return changes == 1 ? tr("1 change from %1 was not saved.").arg(when)
                        : tr("%n changes from %1 were not saved.", nullptr, changes).arg(when);
}

void Recovery::restore()
{
    const std::vector<UnsavedEdits> found = std::exchange(m_found, {});
    m_workspace.endMerge();
    for (const UnsavedEdits &edits : found)
        m_workspace.restore(edits.serverId, *edits.value, edits.base.toStdString());
    // They go from the old logs when the new one has them.
    sync();
    if (m_log)
        m_log->wait();
    discard();
}

void Recovery::discard()
{
    for (const auto &left : m_left)
        left->remove();
    m_left.clear();
    m_found.clear();
    Q_EMIT foundChanged();
}

} // namespace understudy::ui
