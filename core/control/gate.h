// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>

#include <chrono>
#include <memory>
#include <vector>

class QTcpSocket;

namespace understudy::control {

/// What a stranger on this machine can make the control plane keep.
struct GateLimits
{
    std::size_t connections = 32;
    std::size_t head = 16 * 1024;                                 ///< bytes
    std::size_t body = 256 * 1024;                                ///< bytes
    std::chrono::milliseconds request = std::chrono::seconds(10); ///< for a whole request to arrive
    std::chrono::milliseconds answer = std::chrono::seconds(30);  ///< for the client to take it
};

/// Stands before QHttpServer, which has no limits of its own: it counts connections, reads each
/// request up to its bounds, and hands only whole ones on, one for each connection, which it closes
/// when the answer is out. Where there are too many connections, the oldest that has not sent its
/// request goes. Belongs to the thread of its event loop.
class Gate : public QTcpServer
{
public:
    explicit Gate(GateLimits limits, QObject *parent = nullptr);
    ~Gate() override;

    std::size_t connectionCount() const { return m_visitors.size(); }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    class Visitor;
    void admit(Visitor &visitor);
    void forget(const Visitor *visitor);
    bool makeRoom();

    GateLimits m_limits;
    std::vector<std::unique_ptr<Visitor>> m_visitors; ///< the oldest first
};

} // namespace understudy::control
