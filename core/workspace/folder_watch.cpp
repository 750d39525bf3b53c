// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/folder_watch.h"

#include <array>
#include <poll.h>
#include <unistd.h>
#if __has_include(<sys/inotify.h>)
#include <sys/inotify.h>
#endif

namespace understudy::workspace {
namespace {

namespace fs = std::filesystem;

constexpr int stillness = 100;    // milliseconds
constexpr int pollInterval = 500; // milliseconds

int openInotify()
{
#if __has_include(<sys/inotify.h>)
    return inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
#else
    return -1;
#endif
}

/// Watching a folder again that is watched already changes nothing.
bool watchFolder([[maybe_unused]] int descriptor, [[maybe_unused]] const fs::path &folder)
{
#if __has_include(<sys/inotify.h>)
    constexpr std::uint32_t events
        = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF;
    return inotify_add_watch(descriptor, folder.c_str(), events) >= 0;
#else
    return false;
#endif
}

} // namespace

FolderWatch::FolderWatch(const std::vector<fs::path> &folders)
    : m_folders(folders)
    , m_inotify(openInotify())
    , m_compareTimes(!watchAll())
    , m_stamps(takeStamps())
{}

FolderWatch::~FolderWatch()
{
    if (m_inotify >= 0)
        close(m_inotify);
}

bool FolderWatch::watchAll()
{
    bool all = true;
    for (const fs::path &folder : m_folders)
        all = watchFolder(m_inotify, folder) && all;
    return all;
}

bool FolderWatch::wait(int stop)
{
    bool pending = false;
    for (;;) {
        std::array<pollfd, 2> waiting{pollfd{stop, POLLIN, 0}, pollfd{m_inotify, POLLIN, 0}};
        const int quiet = m_compareTimes ? pollInterval : -1;
        const int ready = poll(waiting.data(), waiting.size(), pending ? stillness : quiet);
        if (waiting[0].revents != 0)
            return false;
        bool moved = ready > 0 && waiting[1].revents != 0;
        if (moved)
            drain();
        if (m_compareTimes)
            moved = changed() || moved;
        if (moved) {
            // A folder that was replaced under its name is another one to the system.
            m_compareTimes = !watchAll();
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
        std::error_code failure;
        std::error_code ignored;
        for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
             entry.increment(failure))
            stamps[entry->path()] = entry->last_write_time(ignored);
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

} // namespace understudy::workspace
