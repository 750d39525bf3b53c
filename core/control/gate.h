// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>

#include <chrono>
#include <deque>
#include <memory>
#include <vector>

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
/// request up to its bounds, and hands only whole ones on, one after the other. It closes behind
/// the answer where the client asked for that. Where there are too many connections, the oldest
/// that has not sent its request goes. Belongs to the thread of its event loop.
class Gate : public QTcpServer
{
public:
    explicit Gate(GateLimits limits, QObject *parent = nullptr);
    ~Gate() override;

    /// Listens, and accepts from then on.
    bool open(const QHostAddress &address, quint16 port);

    bool hasPendingConnections() const override;
    QTcpSocket *nextPendingConnection() override;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    class Visitor;
    void acceptAll();
    void handOn(QTcpSocket &socket);
    void forget(const Visitor *visitor);
    bool makeRoom();

    GateLimits m_limits;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::deque<QPointer<QTcpSocket>> m_ready;         ///< for QHttpServer to take
    std::vector<std::unique_ptr<Visitor>> m_visitors; ///< the oldest first
};

} // namespace understudy::control
