// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/wire/io_pool.h"
#include "core/wire/service.h"

#include <cstdint>
#include <memory>
#include <string>

namespace understudy::wire {

/// A listening socket, or for "localhost" two, and the connections it accepted. Destruction closes
/// everything without patience.
class Listener
{
public:
    /// Binds and listens. `address` is an IP address, with or without brackets, or "localhost":
    /// 127.0.0.1 and, where the system has IPv6, ::1, on the same port. Port 0 takes a free one.
    /// Errors: Invalid for an address that is none, InUse, Access, System.
    static Result<std::unique_ptr<Listener>> open(IoPool &pool, const std::string &address,
                                                  std::uint16_t port,
                                                  std::shared_ptr<Service> service);
    ~Listener();
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    /// The snapshot of the service is another now: looks again whether to listen.
    void reconsider();

    std::uint16_t port() const;
    std::size_t connections() const;

    /// Stops listening and closes idle connections now; the others when their answer is out, at the
    /// latest after `patience`. Returns at once; calling it again only shortens the patience.
    void close(Duration patience);
    /// Waits until the last connection is gone; false if `patience` was over first. Not to be
    /// called on an I/O thread.
    bool waitClosed(Duration patience);

private:
    class Private;
    explicit Listener(std::shared_ptr<Private> p);
    static Result<std::unique_ptr<Listener>> openBoth(IoPool &pool, std::uint16_t port,
                                                      const std::shared_ptr<Service> &service);

    std::shared_ptr<Private> d;
    std::unique_ptr<Listener> m_twin; ///< of "localhost": the one on ::1
};

} // namespace understudy::wire
