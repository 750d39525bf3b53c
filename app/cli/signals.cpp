// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/signals.h"

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace understudy::cli {
namespace {

// A signal handler reaches nothing but globals.
std::atomic<int> writeEnd{-1};
std::atomic<bool> stopping{false};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

void onStop(int number)
{
    if (stopping.exchange(true))
        _exit(128 + number);
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(writeEnd.load(), &byte, 1);
}

} // namespace

StopSignals::StopSignals()
{
    if (pipe(m_descriptors) == 0) {
        for (const int descriptor : m_descriptors)
            fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
    writeEnd = m_descriptors[1];
    struct sigaction action = {};
    action.sa_handler = onStop;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

StopSignals::~StopSignals()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    close(m_descriptors[0]);
    close(m_descriptors[1]);
}

} // namespace understudy::cli
