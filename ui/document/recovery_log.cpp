// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/recovery_log.h"

#include "core/formats/native/native.h"
#include "ui/services/text.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <map>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/// The file: a line of JSON for each record, `size` bytes and a line break after it. A record says
/// a server's text by what stands between the first `head` and the last `tail` bytes of the text
/// before it, or of the file that the edits start from, which a record with `base` holds as a
/// whole; with `saved` it says that the server has no edits any more.
namespace understudy::ui {

namespace {

/// So many earlier texts of a server are tried where the last one cannot be read.
constexpr std::size_t kTextsToTry = 8;

QByteArray sumOf(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex();
}

/// What the logs of a workspace begin with.
QString logPrefix(const QString &workspace)
{
    QString path = QDir(workspace).canonicalPath();
    if (path.isEmpty())
        path = workspace;
    return QString::fromLatin1(sumOf(path.toUtf8()).left(16)) + '-';
}

QByteArray lineOf(const QJsonObject &header)
{
    return QJsonDocument(header).toJson(QJsonDocument::Compact) + '\n';
}

/// How many bytes two texts begin with alike.
qsizetype commonHead(QByteArrayView a, QByteArrayView b)
{
    const auto end = a.begin() + std::min(a.size(), b.size());
    return std::mismatch(a.begin(), end, b.begin()).first - a.begin();
}

qsizetype commonTail(QByteArrayView a, QByteArrayView b)
{
    qsizetype n = 0;
    while (n < std::min(a.size(), b.size()) && a[a.size() - 1 - n] == b[b.size() - 1 - n])
        ++n;
    return n;
}

/// The file that a server's edits start from.
QByteArray baseRecordOf(const UnsavedEdits &edits)
{
    return lineOf({{QStringLiteral("server"), edits.serverId},
                   {QStringLiteral("base"), true},
                   {QStringLiteral("size"), edits.base.size()},
                   {QStringLiteral("sum"), QString::fromLatin1(sumOf(edits.base))}})
           + edits.base + '\n';
}

QByteArray recordOf(const UnsavedEdits &edits, const QByteArray &text, const QByteArray &before)
{
    const qsizetype head = commonHead(before, text);
    const qsizetype tail
        = commonTail(QByteArrayView(before).sliced(head), QByteArrayView(text).sliced(head));
    const QByteArray middle = text.mid(head, text.size() - head - tail);
    return lineOf({{QStringLiteral("server"), edits.serverId},
                   {QStringLiteral("changes"), edits.changes},
                   {QStringLiteral("time"), edits.time.toMSecsSinceEpoch()},
                   {QStringLiteral("head"), head},
                   {QStringLiteral("tail"), tail},
                   {QStringLiteral("size"), middle.size()},
                   {QStringLiteral("sum"), QString::fromLatin1(sumOf(text))}})
           + middle + '\n';
}

} // namespace

RecoveryLog::RecoveryLog(QString folder, QString workspace,
                         std::function<void(const QString &)> failed)
    : m_folder(std::move(folder))
    , m_workspace(std::move(workspace))
    , m_failed(std::move(failed))
{
    m_worker.setMaxThreadCount(1);
    m_syncer.setMaxThreadCount(1);
}

RecoveryLog::~RecoveryLog()
{
    m_worker.waitForDone();
    m_syncer.waitForDone();
    if (m_put.empty())
        remove();
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void RecoveryLog::put(const std::vector<UnsavedEdits> &edits)
{
    const auto isSame = [](const UnsavedEdits &a, const UnsavedEdits &b) {
        return a.serverId == b.serverId && a.value == b.value && a.base == b.base;
    };
    if (std::equal(edits.begin(), edits.end(), m_put.begin(), m_put.end(), isSame))
        return;
    m_put = edits;
    m_worker.start([this, edits] { write(edits); });
}

void RecoveryLog::write(const std::vector<UnsavedEdits> &edits)
{
    if (edits.empty()) {
        remove();
        return;
    }
    if (!open())
        return;
    QByteArray records;
    for (const QString &id : m_values.keys()) {
        if (std::any_of(edits.begin(), edits.end(),
                        [&](const UnsavedEdits &e) { return e.serverId == id; }))
            continue;
        records += lineOf({{QStringLiteral("server"), id}, {QStringLiteral("saved"), true}});
        m_values.remove(id);
        m_texts.remove(id);
        m_bases.remove(id);
    }
    QHash<QString, QByteArray> texts = m_texts;
    QHash<QString, QByteArray> bases = m_bases;
    for (const UnsavedEdits &one : edits) {
        if (bases.value(one.serverId) != one.base) {
            records += baseRecordOf(one);
            bases[one.serverId] = one.base;
        }
        if (m_values.value(one.serverId) == one.value)
            continue;
        const QByteArray text = QByteArray::fromStdString(formats::native::write(*one.value));
        records += recordOf(one, text, texts.value(one.serverId, one.base));
        texts[one.serverId] = text;
    }
    if (!append(records))
        return;
    m_texts = std::move(texts);
    m_bases = std::move(bases);
    for (const UnsavedEdits &one : edits)
        m_values[one.serverId] = one.value;
}

bool RecoveryLog::fail(const QString &reason)
{
    if (!std::exchange(m_hasFailed, true))
        m_failed(reason);
    return false;
}

bool RecoveryLog::open()
{
    if (m_descriptor >= 0)
        return true;
    if (!QDir().mkpath(m_folder))
        return fail(m_folder);
    QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString name = m_folder + '/' + logPrefix(m_workspace)
                         + QString::number(QDateTime::currentMSecsSinceEpoch()) + '-'
                         + QString::number(::getpid());
    // Under another name until it is locked: an unlocked log is one whose owner is gone.
    const QByteArray unlocked = QFile::encodeName(name + QStringLiteral(".new"));
    const int descriptor
        = ::open(unlocked.constData(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return fail(qt_error_string(errno));
    m_file = name + QStringLiteral(".log");
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0
        || std::rename(unlocked.constData(), QFile::encodeName(m_file).constData()) != 0) {
        const int code = errno;
        ::unlink(unlocked.constData());
        ::close(descriptor);
        return fail(qt_error_string(code));
    }
    m_descriptor = descriptor;
    return true;
}

bool RecoveryLog::append(const QByteArray &record)
{
    const off_t before = ::lseek(m_descriptor, 0, SEEK_END);
    QByteArrayView rest(record);
    while (!rest.isEmpty()) {
        const ssize_t n = ::write(m_descriptor, rest.data(), static_cast<std::size_t>(rest.size()));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            const int code = errno;
            // Half a record would hide those after it.
            if (::ftruncate(m_descriptor, before) != 0)
                remove();
            return fail(qt_error_string(code));
        }
        rest = rest.sliced(n);
    }
    m_hasFailed = false;
    ++m_written;
    sync();
    return true;
}

void RecoveryLog::sync()
{
    // A kill loses nothing that was written; this is for the power cut.
    if (m_isSyncing.exchange(true))
        return;
    m_syncer.start([this, descriptor = ::dup(m_descriptor)] {
        quint64 synced = 0;
        do {
            synced = m_written;
            ::fdatasync(descriptor);
        } while (synced != m_written);
        ::close(descriptor);
        m_isSyncing = false;
    });
}

void RecoveryLog::remove()
{
    m_values.clear();
    m_texts.clear();
    m_bases.clear();
    if (m_descriptor < 0)
        return;
    QFile::remove(m_file);
    ::close(std::exchange(m_descriptor, -1));
}

LeftLog::LeftLog(QString file, int descriptor)
    : m_file(std::move(file))
    , m_descriptor(descriptor)
{
    read();
}

LeftLog::~LeftLog() { ::close(m_descriptor); }

void LeftLog::remove() { QFile::remove(m_file); }

std::vector<std::unique_ptr<LeftLog>> LeftLog::find(const QString &folder, const QString &workspace)
{
    std::vector<std::unique_ptr<LeftLog>> found;
    const QDir dir(folder);
    // By name is by time.
    for (const QString &name :
         dir.entryList({logPrefix(workspace) + QStringLiteral("*.log")}, QDir::Files, QDir::Name)) {
        const QString file = dir.absoluteFilePath(name);
        const int descriptor
            = ::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (descriptor < 0)
            continue;
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            ::close(descriptor);
            continue;
        }
        found.emplace_back(new LeftLog(file, descriptor));
    }
    return found;
}

void LeftLog::read()
{
    struct Known
    {
        std::vector<QByteArray> texts; ///< the newest last
        UnsavedEdits edits;
    };
    std::map<QString, Known> servers;
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return;
    while (!file.atEnd()) {
        const QJsonObject header = QJsonDocument::fromJson(file.readLine()).object();
        const QString id = header[QStringLiteral("server")].toString();
        if (id.isEmpty())
            break; // half a record: what was being written when the program ended
        if (header[QStringLiteral("saved")].toBool()) {
            servers.erase(id);
            continue;
        }
        const QByteArray middle = file.read(header[QStringLiteral("size")].toInteger());
        file.read(1);
        Known &known = servers[id];
        if (header[QStringLiteral("base")].toBool()) {
            if (QString::fromLatin1(sumOf(middle)) != header[QStringLiteral("sum")].toString())
                break;
            known.edits.base = middle;
            continue;
        }
        const QByteArray before = known.texts.empty() ? known.edits.base : known.texts.back();
        const QByteArray text = before.left(header[QStringLiteral("head")].toInteger()) + middle
                                + before.right(header[QStringLiteral("tail")].toInteger());
        if (QString::fromLatin1(sumOf(text)) != header[QStringLiteral("sum")].toString())
            break;
        known.texts.push_back(text);
        if (known.texts.size() > kTextsToTry)
            known.texts.erase(known.texts.begin());
        known.edits.serverId = id;
        known.edits.changes = header[QStringLiteral("changes")].toInt();
        known.edits.time
            = QDateTime::fromMSecsSinceEpoch(header[QStringLiteral("time")].toInteger());
    }
    for (auto &[id, known] : servers) {
        for (auto text = known.texts.rbegin(); text != known.texts.rend(); ++text) {
            auto outcome = formats::native::read(text->toStdString(), toStd(id));
            if (!outcome.ok())
                continue;
            known.edits.value = std::make_shared<Server>(std::move(outcome.server));
            m_edits.push_back(std::move(known.edits));
            break;
        }
    }
}

} // namespace understudy::ui
