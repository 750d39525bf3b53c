// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

namespace understudy::wire {

class IoThread;

/// The I/O threads that all listeners of a workbench share. Made before the listeners, destroyed
/// after them; destruction ends the threads and drops what is left of their connections.
class IoPool
{
public:
    /// 0 threads = as many as cores, at most 4.
    explicit IoPool(unsigned threads = 0);
    ~IoPool();
    IoPool(const IoPool &) = delete;
    IoPool &operator=(const IoPool &) = delete;

    unsigned size() const;

    /// For core/wire alone: the thread a new connection goes to, in turn, and each of them.
    IoThread &next();
    IoThread &thread(unsigned index);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace understudy::wire
