// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/gate.h"

#include "core/base/text.h"
#include "core/http/request_parser.h"
#include "core/http/status.h"

#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

#include <unistd.h>

namespace understudy::control {
namespace {

/// How long nobody is accepted when there is no descriptor left to do it with.
constexpr std::chrono::milliseconds kBreath{200};

/// Chunks may take several times as many bytes as what they hold.
constexpr std::size_t kFraming = 2;

QByteArray refusalText(const http::ParseFailure &failure)
{
    const std::string body
        = R"({"error":{"code":"badRequest","message":)" + text::quoteJson(failure.message) + "}}\n";
    return QByteArray::fromStdString("HTTP/1.1 " + std::to_string(failure.status) + ' '
                                     + std::string(http::reasonPhrase(failure.status))
                                     + "\r\nContent-Type: application/json\r\nContent-Length: "
                                     + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n"
                                     + body);
}

} // namespace

/// A connection, from its acceptance to its end.
class Gate::Visitor
{
public:
    Visitor(Gate &gate, QTcpSocket &socket)
        : m_gate(gate)
        , m_socket(&socket)
        , m_parser({.headLimit = gate.m_limits.head, .bodyLimit = gate.m_limits.body})
    {
        const GateLimits &limits = gate.m_limits;
        socket.setReadBufferSize(static_cast<qint64>(limits.head + kFraming * limits.body + 1));
        m_timer.setSingleShot(true);
        m_timer.start(limits.request);
        QObject::connect(&m_timer, &QTimer::timeout, &socket, [this] { timeOut(); });
        QObject::connect(&socket, &QTcpSocket::readyRead, &m_timer, [this] { read(); });
        QObject::connect(&socket, &QTcpSocket::bytesWritten, &m_timer, [this] { written(); });
        // Everything here ends with the socket, and this with it.
        QObject::connect(&socket, &QTcpSocket::disconnected, &m_timer, [this] { leave(); });
        socket.startTransaction();
    }
    ~Visitor()
    {
        if (m_socket)
            m_socket->deleteLater();
    }

    bool isWaiting() const { return m_state == State::Arriving; }
    QTcpSocket &socket() const { return *m_socket; }
    void drop()
    {
        if (m_socket)
            m_socket->abort();
    }

private:
    enum class State { Arriving, Answering, Refused };

    void read()
    {
        if (m_state == State::Refused) {
            m_socket->readAll();
            return;
        }
        if (m_state != State::Arriving)
            return; // it is not ours any more
        const QByteArray bytes = m_socket->readAll();
        m_parser.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        if (const http::ParseFailure *failure = m_parser.failure()) {
            refuse(*failure);
        } else if (m_parser.isComplete()) {
            m_state = State::Answering;
            m_parser = http::RequestParser();
            m_timer.start(m_gate.m_limits.answer);
            m_socket->rollbackTransaction();
            m_gate.admit(*this);
        } else if (m_socket->readBufferSize() <= m_read + bytes.size()) {
            refuse({413, "the request is too large for the control plane"});
        } else {
            m_read += bytes.size();
            sayContinue();
        }
    }

    void sayContinue()
    {
        if (m_saidContinue || !m_parser.isHeadComplete() || !m_parser.expectsContinue())
            return;
        m_saidContinue = true;
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    }

    void refuse(const http::ParseFailure &failure)
    {
        m_state = State::Refused;
        m_parser = http::RequestParser();
        m_socket->commitTransaction();
        m_socket->write(refusalText(failure));
        m_timer.start(m_gate.m_limits.request);
        m_socket->disconnectFromHost();
    }

    void written()
    {
        if (m_state == State::Answering && m_socket->bytesToWrite() == 0)
            m_socket->disconnectFromHost();
    }

    void timeOut()
    {
        if (m_state == State::Arriving && !m_parser.isIdle())
            refuse({408, "the request did not arrive in time"});
        else
            drop();
    }

    void leave() { m_gate.forget(this); }

    Gate &m_gate;
    QPointer<QTcpSocket> m_socket; ///< QHttpServer may delete it first
    QTimer m_timer;
    http::RequestParser m_parser;
    State m_state = State::Arriving;
    qint64 m_read = 0;
    bool m_saidContinue = false;
};

Gate::Gate(GateLimits limits, QObject *parent)
    : QTcpServer(parent)
    , m_limits(limits)
{
    // Qt stops accepting for good when it cannot; descriptors come back.
    connect(this, &QTcpServer::acceptError, this, [this] {
        pauseAccepting();
        QTimer::singleShot(kBreath, this, [this] { resumeAccepting(); });
    });
}

Gate::~Gate() = default;

void Gate::incomingConnection(qintptr descriptor)
{
    auto socket = std::make_unique<QTcpSocket>();
    if (!socket->setSocketDescriptor(descriptor)) {
        ::close(static_cast<int>(descriptor));
        return;
    }
    if (m_visitors.size() >= m_limits.connections && !makeRoom())
        return; // all of them are being answered
    m_visitors.push_back(std::make_unique<Visitor>(*this, *socket));
    socket.release()->setParent(this);
}

/// Hands a connection on whose request is whole.
void Gate::admit(Visitor &visitor)
{
    QTcpSocket &socket = visitor.socket();
    addPendingConnection(&socket);
    // Only QTcpServer itself says these, and only when something arrives.
    if (hasPendingConnections())
        QMetaObject::invokeMethod(this, "newConnection", Qt::DirectConnection);
    QMetaObject::invokeMethod(&socket, "readyRead", Qt::DirectConnection);
}

bool Gate::makeRoom()
{
    const auto oldest
        = std::ranges::find_if(m_visitors, [](const auto &one) { return one->isWaiting(); });
    if (oldest == m_visitors.end())
        return false;
    (*oldest)->drop();
    return true;
}

void Gate::forget(const Visitor *visitor)
{
    const auto gone
        = std::ranges::find_if(m_visitors, [&](const auto &one) { return one.get() == visitor; });
    if (gone == m_visitors.end())
        return;
    // It may be on the stack.
    const std::shared_ptr<Visitor> last(std::move(*gone));
    m_visitors.erase(gone);
    QTimer::singleShot(0, this, [last] {});
}

} // namespace understudy::control
