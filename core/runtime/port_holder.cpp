// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/port_holder.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace understudy {

namespace fs = std::filesystem;

namespace {

/// Inodes of the sockets that listen on `port`, from a table such as /proc/net/tcp (proc(5)).
void collectInodes(const char *table, std::uint16_t port, std::set<std::string> &inodes)
{
    std::ifstream in(table);
    std::string line;
    std::getline(in, line); // headings
    while (std::getline(in, line)) {
        std::istringstream fields(line);
        std::string slot;
        std::string local;
        std::string remote;
        std::string state;
        std::string skipped;
        std::string inode;
        fields >> slot >> local >> remote >> state;
        for (int i = 0; i < 5; ++i)
            fields >> skipped;
        fields >> inode;
        const std::size_t colon = local.rfind(':');
        if (state != "0A" || colon == std::string::npos) // 0A: TCP_LISTEN
            continue;
        unsigned number = 0;
        std::from_chars(local.data() + colon + 1, local.data() + local.size(), number, 16);
        if (number == port)
            inodes.insert("socket:[" + inode + "]");
    }
}

bool holdsOneOf(const fs::path &process, const std::set<std::string> &inodes)
{
    std::error_code error;
    for (fs::directory_iterator fd(process / "fd", error), end; !error && fd != end;
         fd.increment(error)) {
        std::error_code ignored;
        if (inodes.contains(fs::read_symlink(fd->path(), ignored).string()))
            return true;
    }
    return false;
}

} // namespace

std::optional<PortHolder> findPortHolder(std::uint16_t port)
{
    std::set<std::string> inodes;
    collectInodes("/proc/net/tcp", port, inodes);
    collectInodes("/proc/net/tcp6", port, inodes);
    if (inodes.empty())
        return std::nullopt;
    std::error_code error;
    for (fs::directory_iterator entry("/proc", error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }))
            continue;
        if (!holdsOneOf(entry->path(), inodes))
            continue;
        PortHolder holder;
        std::from_chars(name.data(), name.data() + name.size(), holder.pid);
        std::ifstream(entry->path() / "comm") >> holder.name;
        return holder;
    }
    return std::nullopt;
}

} // namespace understudy
