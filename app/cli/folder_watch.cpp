// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/folder_watch.h"

#include <array>
#include <poll.h>
#include <unistd.h>
#if __has_include(<sys/inotify.h>)
#include <sys/inotify.h>
#endif

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;

constexpr int stillness = 100;    // milliseconds
constexpr int pollInterval = 500; // milliseconds

/// An inotify descriptor that watches all `folders`, or -1.
int openInotify(const std::vector<fs::path> &folders)
{
#if __has_include(<sys/inotify.h>)
    const int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0)
        return -1;
    constexpr std::uint32_t events
        = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF;
    for (const fs::path &folder : folders) {
        if (inotify_add_watch(descriptor, folder.c_str(), events) < 0) {
            close(descriptor);
            return -1;
        }
    }
    return descriptor;
#else
    (void)folders;
    return -1;
#endif
}

} // namespace

FolderWatch::FolderWatch(const std::vector<fs::path> &folders)
    : m_folders(folders)
    , m_inotify(openInotify(folders))
{
    if (m_inotify < 0)
        m_stamps = takeStamps();
}

FolderWatch::~FolderWatch()
{
    if (m_inotify >= 0)
        close(m_inotify);
}

bool FolderWatch::wait(int stop)
{
    bool pending = false;
    for (;;) {
        std::array<pollfd, 2> waiting{pollfd{stop, POLLIN, 0}, pollfd{m_inotify, POLLIN, 0}};
        const int quiet = pending ? stillness : -1;
        const int timeout = m_inotify >= 0 || pending ? quiet : pollInterval;
        const int ready = poll(waiting.data(), waiting.size(), timeout);
        if (waiting[0].revents != 0)
            return false;
        if (ready > 0 && waiting[1].revents != 0) {
            drain();
            pending = true;
        } else if (m_inotify < 0 && changed()) {
            pending = true;
        } else if (ready == 0 && pending) {
            return true;
        }
    }
}

void FolderWatch::drain() const
{
    std::array<char, 4096> events;
    while (read(m_inotify, events.data(), events.size()) > 0) {
    }
}

FolderWatch::Stamps FolderWatch::takeStamps() const
{
    Stamps stamps;
    for (const fs::path &folder : m_folders) {
        std::error_code ignored;
        for (const fs::directory_entry &entry : fs::directory_iterator(folder, ignored))
            stamps[entry.path()] = entry.last_write_time(ignored);
    }
    return stamps;
}

bool FolderWatch::changed()
{
    Stamps now = takeStamps();
    if (now == m_stamps)
        return false;
    m_stamps = std::move(now);
    return true;
}

} // namespace understudy::cli
