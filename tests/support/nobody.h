// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/fsuid.h>
#include <unistd.h>

namespace understudy::test {

/// While it lives, this thread opens files as somebody with no rights of their own: what root may
/// read all the same is refused, so that tests of it run as root, too.
class Nobody
{
public:
    Nobody()
        : m_before(::setfsuid(::geteuid() == 0 ? kNobody : ::geteuid()))
    {}
    ~Nobody() { ::setfsuid(static_cast<uid_t>(m_before)); }
    Nobody(const Nobody &) = delete;
    Nobody &operator=(const Nobody &) = delete;

private:
    static constexpr uid_t kNobody = 65'534;
    int m_before;
};

} // namespace understudy::test
