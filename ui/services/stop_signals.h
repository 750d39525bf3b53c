// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <array>

namespace understudy::ui {

/// Turns SIGTERM, SIGINT and SIGHUP, as at logout, in a terminal and when it closes, into a signal
/// of the event loop. The first one asks; after that they end the process as ever. One object, made
/// before any thread, kept as long as the event loop runs.
class StopSignals : public QObject
{
    Q_OBJECT
public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

Q_SIGNALS:
    void stopRequested();

private:
    void restore();

    std::array<int, 2> m_pipe{-1, -1};
};

} // namespace understudy::ui
