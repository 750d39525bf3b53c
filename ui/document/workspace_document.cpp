// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/workspace_document.h"

#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/formats/server_id.h"
#include "core/model/edit.h"
#include "core/workspace/file_names.h"
#include "ui/document/commands.h"
#include "ui/services/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <filesystem>

namespace understudy::ui {

namespace {

/// What the values on the undo stack may hold together (ux.md section 16).
constexpr qint64 kUndoBytes = 64 * 1024 * 1024;

} // namespace

WorkspaceDocument::WorkspaceDocument(QObject *parent)
    : QObject(parent)
{
    for (QTimer *timer : {&m_autosave, &m_latest, &m_retry}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [this] { saveAll(false); });
    }
    setDelays(1000, m_mergeMs);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &WorkspaceDocument::onFileChanged);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this,
            &WorkspaceDocument::onFolderChanged);
}

WorkspaceDocument::~WorkspaceDocument()
{
    blockSignals(true);
    saveNow();
    for (const QString &id : m_saves.keys())
        finishSave(id);
}

void WorkspaceDocument::setDelays(int autosaveMs, int mergeMs)
{
    m_autosave.setInterval(autosaveMs);
    m_latest.setInterval(2 * autosaveMs);
    m_retry.setInterval(5 * autosaveMs);
    m_mergeMs = mergeMs;
}

Result<void> WorkspaceDocument::open(const QString &folder)
{
    const QString path = QDir(folder).absolutePath();
    if (!QDir().mkpath(path))
        return Error{ErrorCode::Access, "the folder cannot be made", {path.toStdString()}};
    if (!QFileInfo(path).isReadable())
        return Error{ErrorCode::Access, "the folder cannot be read", {path.toStdString()}};
    close();
    m_folder = path;
    for (const QString &file : mockFilesIn(path))
        loadFile(file);
    m_watcher.addPath(path);
    limitUndo();
    Q_EMIT opened();
    Q_EMIT saveStateChanged();
    return {};
}

void WorkspaceDocument::close()
{
    if (!isOpen())
        return;
    saveNow();
    for (const QString &id : m_saves.keys())
        finishSave(id);
    Q_EMIT aboutToClose();
    m_retry.stop();
    if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    m_undo.clear();
    while (!m_servers.empty())
        takeOut(m_servers.back()->id, false);
    m_folder.clear();
    Q_EMIT closed();
}

const ServerDocument *WorkspaceDocument::find(const QString &id) const
{
    return const_cast<WorkspaceDocument *>(this)->mutableFind(id);
}

ServerDocument *WorkspaceDocument::atFile(const QString &file)
{
    const auto found = std::find_if(m_servers.begin(), m_servers.end(),
                                    [&](const auto &d) { return d->file == file; });
    return found == m_servers.end() ? nullptr : found->get();
}

QString WorkspaceDocument::fileFor(const QString &id) const
{
    return toQString(workspace::mockFile(toPath(m_folder), toStd(id)).string());
}

ServerDocument *WorkspaceDocument::mutableFind(const QString &id)
{
    const auto found = std::find_if(m_servers.begin(), m_servers.end(),
                                    [&](const auto &d) { return d->id == id; });
    return found == m_servers.end() ? nullptr : found->get();
}

void WorkspaceDocument::limitUndo()
{
    qint64 bytes = 1;
    for (const auto &document : m_servers)
        bytes = std::max(bytes, static_cast<qint64>(document->text.size()));
    // A value takes about four times its text.
    const qint64 steps = kUndoBytes / (4 * bytes);
    m_undo.setUndoLimit(static_cast<int>(std::clamp<qint64>(steps, 20, 100'000)));
}

bool WorkspaceDocument::edit(const QString &serverId, const QString &step,
                             const std::function<void(Server &)> &change,
                             const EditOptions &options)
{
    const ServerDocument *document = find(serverId);
    if (!document || !document->value || document->isBroken())
        return false;
    auto after = std::make_shared<Server>(*document->value);
    change(*after);
    assignIds(*after, *document->value);
    if (*after == *document->value)
        return false;
    m_undo.push(new ChangeServersCommand(
        *this, step, {{serverId, document->value, std::move(after)}}, options, m_mergeEpoch));
    return true;
}

bool WorkspaceDocument::editMany(
    const QString &step,
    const std::vector<std::pair<QString, std::function<void(Server &)>>> &changes,
    const ObjectRef &reveal)
{
    std::vector<ChangeServersCommand::Change> done;
    for (const auto &[serverId, change] : changes) {
        const ServerDocument *document = find(serverId);
        if (!document || !document->value || document->isBroken())
            continue;
        auto after = std::make_shared<Server>(*document->value);
        change(*after);
        assignIds(*after, *document->value);
        if (!(*after == *document->value))
            done.push_back({serverId, document->value, std::move(after)});
    }
    if (done.empty())
        return false;
    EditOptions options;
    options.reveal = reveal;
    m_undo.push(new ChangeServersCommand(*this, step, std::move(done), options, m_mergeEpoch));
    return true;
}

void WorkspaceDocument::endMerge() { ++m_mergeEpoch; }

void WorkspaceDocument::setValue(const QString &id, const ServerValue &value)
{
    ServerDocument *document = mutableFind(id);
    if (!document || !value)
        return;
    document->value = value;
    saveSoon();
    Q_EMIT serverChanged(id);
    Q_EMIT saveStateChanged();
}

void WorkspaceDocument::saveSoon()
{
    m_autosave.start();
    if (!m_latest.isActive())
        m_latest.start();
}

QString WorkspaceDocument::freeFileFor(const QString &name) const
{
    // Taken apart, every letter loses its accents, those that the library does not know as well.
    const std::string plain = toStd(name.normalized(QString::NormalizationForm_D));
    return toQString(workspace::freeMockFileStem(plain, [this](const std::string &stem) {
        const QString id = toQString(stem);
        return find(id) || QFile::exists(fileFor(id));
    }));
}

Result<QString> WorkspaceDocument::addServer(const Server &server)
{
    if (!isOpen())
        return Error{ErrorCode::NotFound, "no workspace is open", {}};
    auto value = std::make_shared<Server>(server);
    assignIds(*value);
    const QString id = freeFileFor(toQString(server.name));
    const std::string text = formats::native::write(*value);
    // Tried first, so that a folder without rights leaves no step behind that did nothing.
    const QString file = fileFor(id);
    if (const auto written = formats::writeFile(toPath(file), text); !written)
        return written.error();
    m_undo.push(new ServerFileCommand(*this, ServerFileCommand::What::Add, id, file,
                                      std::move(value), text));
    return id;
}

void WorkspaceDocument::removeServer(const QString &id)
{
    const ServerDocument *document = find(id);
    if (!document)
        return;
    ServerValue value = document->value;
    if (!value) {
        auto named = std::make_shared<Server>();
        named->name = id.toStdString();
        value = std::move(named);
    }
    m_undo.push(new ServerFileCommand(*this, ServerFileCommand::What::Remove, id, document->file,
                                      value, document->text));
}

Result<void> WorkspaceDocument::insertWritten(const QString &id, const QString &file,
                                              const ServerValue &value, const std::string &text)
{
    auto document = std::make_unique<ServerDocument>();
    document->id = id;
    document->file = file;
    document->read(text);
    if (!document->isBroken() && value)
        document->value = value;
    auto written = formats::writeFile(toPath(document->file), text);
    const auto place
        = std::lower_bound(m_servers.begin(), m_servers.end(), id,
                           [](const auto &d, const QString &wanted) { return d->id < wanted; });
    m_servers.insert(place, std::move(document));
    watch(file);
    Q_EMIT serverAdded(id);
    Q_EMIT saveStateChanged();
    if (mutableFind(id)->isDirty())
        saveSoon();
    return written;
}

void WorkspaceDocument::takeOut(const QString &id, bool deleteFile)
{
    if (m_saves.contains(id))
        m_saves.take(id).waitForFinished(); // nobody asks any more what it did
    const auto found = std::find_if(m_servers.begin(), m_servers.end(),
                                    [&](const auto &d) { return d->id == id; });
    if (found == m_servers.end())
        return;
    Q_EMIT serverAboutToBeRemoved(id);
    const std::unique_ptr<ServerDocument> document = std::move(*found);
    m_servers.erase(found);
    m_watcher.removePath(document->file);
    if (deleteFile && QFile::exists(document->file) && !QFile::remove(document->file))
        Q_EMIT fileFailed(tr("%1 could not be deleted").arg(document->file));
    Q_EMIT serverRemoved(id);
    Q_EMIT saveStateChanged();
}

void WorkspaceDocument::loadFile(const QString &path)
{
    auto document = std::make_unique<ServerDocument>();
    // "a.mock.yaml" beside "a.mock.json": told apart as the workbench tells servers apart.
    document->id = serverIdForFile(path);
    for (int n = 2; find(document->id); ++n)
        document->id = serverIdForFile(path) + '-' + QString::number(n);
    document->file = path;
    if (const auto text = formats::readFile(toPath(path)))
        document->read(*text);
    else
        document->problems.push_back({Severity::Error, text.error()});
    const QString id = document->id;
    const auto place
        = std::lower_bound(m_servers.begin(), m_servers.end(), id,
                           [](const auto &d, const QString &wanted) { return d->id < wanted; });
    m_servers.insert(place, std::move(document));
    watch(path);
    Q_EMIT serverAdded(id);
}

} // namespace understudy::ui
