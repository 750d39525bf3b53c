// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/stop_signals.h"

#include <QSocketNotifier>

#include <atomic>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace understudy::ui {

namespace {

constexpr std::array kStopSignals{SIGTERM, SIGINT, SIGHUP};

// A signal handler reaches nothing but globals.
std::atomic<int> stopWriteEnd{-1};
static_assert(std::atomic<int>::is_always_lock_free);

void onStopSignal(int)
{
    const int error = errno;
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(stopWriteEnd.load(), &byte, 1);
    errno = error;
}

} // namespace

StopSignals::StopSignals(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    auto *notifier = new QSocketNotifier(m_pipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        restore();
        Q_EMIT stopRequested();
    });
    stopWriteEnd = m_pipe[1];
    struct sigaction action = {};
    action.sa_handler = onStopSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int number : kStopSignals) {
        struct sigaction before = {};
        // What was started to ignore a signal, as nohup does, goes on ignoring it.
        if (::sigaction(number, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
            ::sigaction(number, &action, nullptr);
    }
}

StopSignals::~StopSignals()
{
    restore();
    stopWriteEnd = -1;
    for (const int descriptor : m_pipe) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

void StopSignals::restore()
{
    for (const int number : kStopSignals) {
        struct sigaction now = {};
        if (::sigaction(number, nullptr, &now) == 0 && now.sa_handler == onStopSignal)
            std::signal(number, SIG_DFL);
    }
}

} // namespace understudy::ui
