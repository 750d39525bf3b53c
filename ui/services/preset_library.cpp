// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/preset_library.h"

#include "core/base/own_files.h"
#include "ui/services/text.h"

#include <QDir>
#include <QFile>

#include <filesystem>

namespace understudy::ui {

PresetLibrary::PresetLibrary(QObject *parent)
    : QObject(parent)
{
    m_read.presets = formats::builtinPresets();
    m_reload.setSingleShot(true);
    m_reload.setInterval(100);
    connect(&m_reload, &QTimer::timeout, this, &PresetLibrary::reload);
    const auto later = [this] { m_reload.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, later);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, later);
}

QString PresetLibrary::file() const
{
    return m_folder.isEmpty() ? QString() : QDir(m_folder).filePath(toQString(files::kPresetsFile));
}

void PresetLibrary::open(const QString &folder)
{
    if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    m_folder = folder;
    if (!folder.isEmpty())
        m_watcher.addPath(folder);
    reload();
}

void PresetLibrary::reload()
{
    formats::PresetsRead read;
    if (m_folder.isEmpty()) {
        read.presets = formats::builtinPresets();
    } else {
        read = formats::loadPresets(toPath(m_folder));
        // Saving by replacing the file ends the watch of the old one.
        if (QFile::exists(file()))
            m_watcher.addPath(file());
    }
    const bool isSame
        = read.presets == m_read.presets && read.problems.size() == m_read.problems.size();
    m_read = std::move(read);
    if (!isSame)
        Q_EMIT changed();
}

} // namespace understudy::ui
