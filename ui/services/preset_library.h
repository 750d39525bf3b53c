// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/presets.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace understudy::ui {

/// The presets of the open workspace: the built-in ones and those of its presets.yaml, which is
/// watched. Lives in the window's thread.
class PresetLibrary : public QObject
{
    Q_OBJECT
public:
    explicit PresetLibrary(QObject *parent = nullptr);

    /// Reads the presets of a workspace folder; an empty name: the built-in ones alone.
    void open(const QString &folder);
    const Presets &presets() const { return m_read.presets; }
    /// What is wrong with the workspace's presets.yaml.
    const std::vector<Problem> &problems() const { return m_read.problems; }
    QString file() const;

Q_SIGNALS:
    void changed();

private:
    void reload();

    QString m_folder;
    formats::PresetsRead m_read;
    QFileSystemWatcher m_watcher;
    QTimer m_reload; ///< editors write a file in several steps
};

} // namespace understudy::ui
