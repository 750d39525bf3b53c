// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/desktop_session.h"

#include "ui/services/text.h"

#include <QDir>
#include <QStandardPaths>

namespace understudy::ui {

namespace {

constexpr int kRecent = 10;
const QString kRecentKey = QStringLiteral("recent/workspaces");

} // namespace

DesktopSession::DesktopSession(SessionOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_settings(m_options.settingsFile.isEmpty()
                     ? std::make_unique<QSettings>()
                     : std::make_unique<QSettings>(m_options.settingsFile, QSettings::IniFormat))
    , m_runtime(m_workspace, toPath(m_options.authorityFolder))
    , m_problems(m_workspace, m_runtime)
    , m_recovery(m_workspace, recoveryFolder())
{
    applyTrafficLimits();
    connect(&m_recovery, &Recovery::foundChanged, this,
            [this] { m_problems.setUnsaved(m_recovery.foundText()); });
}

DesktopSession::~DesktopSession() { m_workspace.saveNow(); }

QString DesktopSession::recoveryFolder() const
{
    QString state = m_options.stateFolder;
    if (state.isEmpty())
        state = m_options.dataFolder.isEmpty() ? Recovery::defaultFolder()
                                               : m_options.dataFolder + QStringLiteral("/state");
    return state + QStringLiteral("/recovery");
}

Result<void> DesktopSession::open(const QString &folder)
{
    if (isOpenAt(folder))
        return {};
    m_runtime.stopAll();
    if (auto opened = m_workspace.open(folder); !opened)
        return opened;
    QStringList recent = recentFolders();
    recent.removeAll(m_workspace.folder());
    recent.prepend(m_workspace.folder());
    while (recent.size() > kRecent)
        recent.removeLast();
    m_settings->setValue(kRecentKey, recent);
    Q_EMIT recentFoldersChanged();
    return {};
}

bool DesktopSession::isOpenAt(const QString &folder) const
{
    return m_workspace.isOpen() && QDir(folder).absolutePath() == m_workspace.folder();
}

bool DesktopSession::mayLeave()
{
    return !m_workspace.isOpen() || m_isLeaving || m_workspace.saveNow();
}

void DesktopSession::leaveWithout(const std::function<void()> &then)
{
    m_isLeaving = true;
    m_recovery.giveUp();
    then();
    m_isLeaving = false;
}

void DesktopSession::saveForGood()
{
    m_workspace.saveNow();
    // What waits for an answer is in the log.
    m_recovery.sync();
}

QStringList DesktopSession::recentFolders() const
{
    return m_settings->value(kRecentKey).toStringList();
}

QString DesktopSession::dataFolder(const QString &name) const
{
    const QString data
        = m_options.dataFolder.isEmpty()
              ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
              : m_options.dataFolder;
    return QDir(data).filePath(name);
}

void DesktopSession::setTrafficLimits(const TrafficLimits &limits)
{
    writeTrafficLimits(*m_settings, limits);
    applyTrafficLimits();
}

void DesktopSession::applyTrafficLimits()
{
    const TrafficLimits limits = trafficLimits();
    JournalLimits journal = m_runtime.journal().limits();
    journal.bytes = static_cast<std::size_t>(limits.bytes());
    journal.count = static_cast<std::size_t>(limits.rows);
    m_runtime.journal().setLimits(journal);
}

std::set<quint16> DesktopSession::portsInUse(const QString &exceptFor) const
{
    std::set<quint16> ports;
    for (const auto &document : m_workspace.servers()) {
        if (document->id != exceptFor && document->value)
            ports.insert(document->value->listen.port);
    }
    return ports;
}

quint16 DesktopSession::nextPort() const
{
    return m_options.ports.nextFree(QStringLiteral("127.0.0.1"), m_options.firstPort, portsInUse());
}

} // namespace understudy::ui
