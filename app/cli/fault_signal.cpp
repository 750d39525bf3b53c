// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fault_signal.h"

#include "app/cli/console.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace understudy::cli {
namespace {

constexpr char kToggle = 't';
constexpr char kQuit = 'q';

// A signal handler reaches nothing but globals.
std::atomic<int> toggleEnd{-1};
static_assert(std::atomic<int>::is_always_lock_free);

void onToggle(int /*number*/)
{
    const int before = errno;
    [[maybe_unused]] const auto written = ::write(toggleEnd.load(), &kToggle, 1);
    errno = before;
}

} // namespace

FaultSignal::FaultSignal(Workbench &workbench)
    : m_workbench(workbench)
{
    if (pipe(m_descriptors) != 0)
        return;
    for (const int descriptor : m_descriptors)
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    toggleEnd = m_descriptors[1];
    m_thread = std::thread([this] { run(); });
    struct sigaction action = {};
    action.sa_handler = onToggle;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, nullptr);
}

FaultSignal::~FaultSignal()
{
    if (!m_thread.joinable())
        return;
    std::signal(SIGUSR1, SIG_IGN);
    while (::write(m_descriptors[1], &kQuit, 1) < 0 && errno == EINTR) {
    }
    m_thread.join();
    toggleEnd = -1;
    close(m_descriptors[0]);
    close(m_descriptors[1]);
}

void FaultSignal::run()
{
    for (;;) {
        char byte = kQuit;
        const ssize_t size = read(m_descriptors[0], &byte, 1);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0 || byte == kQuit)
            return;
        FaultSwitches &switches = m_workbench.faultSwitches();
        const FaultScope everything;
        const bool off = !switches.isOff(everything);
        switches.setOff(everything, off);
        printLine(off ? "faults off" : "faults on");
    }
}

} // namespace understudy::cli
