// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace understudy::test {

/// While it lives, this process can open nothing: what is open stays, every new descriptor is
/// refused (EMFILE). The limit is not below the numbers in use, which poll(2) would not accept.
class NoDescriptors
{
public:
    NoDescriptors()
    {
        int highest = 0;
        for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd"))
            highest = std::max(highest, std::stoi(entry.path().filename()));
        while (m_fillers.empty() || m_fillers.back() < highest) {
            const int filler = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
            if (filler < 0)
                throw std::system_error(errno, std::generic_category(), "/dev/null");
            m_fillers.push_back(filler);
        }
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        rlimit none = m_before;
        none.rlim_cur = static_cast<rlim_t>(m_fillers.back()) + 1;
        ::setrlimit(RLIMIT_NOFILE, &none);
    }
    ~NoDescriptors()
    {
        ::setrlimit(RLIMIT_NOFILE, &m_before);
        for (const int filler : m_fillers)
            ::close(filler);
    }
    NoDescriptors(const NoDescriptors &) = delete;
    NoDescriptors &operator=(const NoDescriptors &) = delete;

private:
    rlimit m_before{};
    std::vector<int> m_fillers;
};

} // namespace understudy::test
