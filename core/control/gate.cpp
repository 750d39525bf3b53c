// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/gate.h"

#include "core/base/text.h"
#include "core/http/request_parser.h"
#include "core/http/status.h"

#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <cerrno>

#include <sys/socket.h>
#include <unistd.h>

namespace understudy::control {
namespace {

/// How long nobody is accepted when there is no descriptor left to do it with.
constexpr std::chrono::milliseconds kBreath{200};

/// Chunks may take several times as many bytes as what they hold.
constexpr std::size_t kFraming = 2;

/// QHttpServer has this socket already.
constexpr const char *kKnown = "understudyKnown";

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
    {
        const GateLimits &limits = gate.m_limits;
        const std::uint64_t most = limits.head + kFraming * limits.body + 1;
        socket.setReadBufferSize(static_cast<qint64>(most));
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, &socket, [this] { timeOut(); });
        QObject::connect(&socket, &QTcpSocket::readyRead, &m_timer, [this] { read(); });
        QObject::connect(&socket, &QTcpSocket::bytesWritten, &m_timer, [this] { written(); });
        // Everything here ends with the socket, and this with it.
        QObject::connect(&socket, &QTcpSocket::disconnected, &m_timer, [this] { leave(); });
        socket.startTransaction();
        begin();
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
    /// Of a request. QHttpServer sees its bytes only while it is handed on: at all other times they
    /// stand in a transaction, where it finds nothing to read.
    enum class State { Arriving, HandedOn, Answering, Refused };

    void read()
    {
        if (m_state == State::HandedOn)
            return; // this is for QHttpServer
        // QHttpServer tells itself that there is something to read, whether there is or not
        // (Qt 6.8, behind an answer).
        const QByteArray bytes = m_socket->readAll();
        if (bytes.isEmpty())
            return;
        if (m_state == State::Arriving)
            take(bytes);
        else if (m_state == State::Answering)
            m_closes = true; // a client that does not wait for its answer
    }

    void take(const QByteArray &bytes)
    {
        const auto size = static_cast<std::size_t>(bytes.size());
        m_closes = m_parser.feed({bytes.constData(), size}) < size;
        m_read += bytes.size();
        if (m_parser.failure()) {
            const http::ParseFailure failure = *m_parser.failure();
            refuse(failure);
        } else if (m_parser.isComplete()) {
            m_closes = m_closes || !m_parser.keepAlive();
            handOn();
        } else if (m_read >= m_socket->readBufferSize()) {
            refuse({413, "the request is too large for the control plane"});
        } else {
            sayContinue();
        }
    }

    /// It is parsed and answered before this returns; the answer leaves afterwards.
    void handOn()
    {
        m_timer.start(m_gate.m_limits.answer);
        m_parser = http::RequestParser();
        m_state = State::HandedOn;
        m_socket->rollbackTransaction();
        m_gate.handOn(*m_socket);
        if (!m_socket || m_state != State::HandedOn)
            return; // it has left meanwhile
        m_state = State::Answering;
        m_socket->startTransaction();
    }

    void begin()
    {
        const GateLimits &limits = m_gate.m_limits;
        m_parser = http::RequestParser({.headLimit = limits.head, .bodyLimit = limits.body});
        m_state = State::Arriving;
        m_read = 0;
        m_saidContinue = false;
        m_timer.start(limits.request);
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
        m_timer.start(m_gate.m_limits.request);
        m_socket->write(refusalText(failure));
        m_socket->disconnectFromHost();
    }

    void written()
    {
        if (m_state != State::Answering || m_socket->bytesToWrite() > 0)
            return;
        if (m_closes)
            m_socket->disconnectFromHost();
        else
            begin();
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
    bool m_closes = false; ///< behind this answer
};

Gate::Gate(GateLimits limits, QObject *parent)
    : QTcpServer(parent)
    , m_limits(limits)
{}

Gate::~Gate() = default;

/// QTcpServer notices that there are no descriptors only before its first connection, and spins
/// ever after; so it is we who accept.
bool Gate::open(const QHostAddress &address, quint16 port)
{
    if (!listen(address, port))
        return false;
    pauseAccepting();
    m_notifier = std::make_unique<QSocketNotifier>(socketDescriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { acceptAll(); });
    return true;
}

void Gate::acceptAll()
{
    for (;;) {
        const int accepted = ::accept4(static_cast<int>(socketDescriptor()), nullptr, nullptr,
                                       SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (accepted >= 0) {
            incomingConnection(accepted);
            continue;
        }
        if (errno == EINTR || errno == ECONNABORTED)
            continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) {
            m_notifier->setEnabled(false); // descriptors come back
            QTimer::singleShot(kBreath, this, [this] { m_notifier->setEnabled(true); });
        }
        return;
    }
}

bool Gate::hasPendingConnections() const { return !m_ready.empty(); }

QTcpSocket *Gate::nextPendingConnection()
{
    while (!m_ready.empty()) {
        const QPointer<QTcpSocket> next = m_ready.front();
        m_ready.pop_front();
        if (next)
            return next;
    }
    return nullptr;
}

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

void Gate::handOn(QTcpSocket &socket)
{
    const QPointer<QTcpSocket> alive(&socket);
    if (!socket.property(kKnown).toBool()) {
        socket.setProperty(kKnown, true);
        m_ready.emplace_back(&socket);
        // Which of the two QHttpServer listens to has changed with its versions.
        for (const char *signal : {"pendingConnectionAvailable", "newConnection"}) {
            if (hasPendingConnections())
                QMetaObject::invokeMethod(this, signal, Qt::DirectConnection);
        }
    }
    // What it would have heard when the bytes came.
    if (alive && socket.bytesAvailable() > 0)
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
