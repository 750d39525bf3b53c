// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/control_plane.h"
#include "app/cli/scripting.h"

#include "core/control/control_server.h"
#include "core/script/qt_scripting.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <future>
#include <thread>

/// The program with Qt: the control plane on a thread of its own, and JavaScript.
namespace understudy::cli {
namespace {

/// What Qt wants to be there; it runs no events. Main thread, at first. Never destroyed: threads of
/// a script that could not be ended may still use it when the program ends.
void needApplication()
{
    static int count = 1;
    static char name[] = "understudy-cli";
    static char *words[] = {name, nullptr};
    static const auto *application = new QCoreApplication(count, words);
    Q_UNUSED(application)
}

class QtControlPlane final : public ControlPlane
{
public:
    /// Returns once the control plane listens, or cannot.
    static Result<std::unique_ptr<ControlPlane>>
    start(Workbench &workbench, const ReloadServer &reload, std::uint16_t port)
    {
        needApplication();
        std::unique_ptr<QtControlPlane> plane(new QtControlPlane);
        std::promise<Result<quint16>> promise;
        auto ready = promise.get_future();
        plane->m_thread = std::thread(
            [&workbench, &reload, port, promise = std::move(promise), raw = plane.get()]() mutable {
                raw->runThread(workbench, reload, port, std::move(promise));
            });
        const Result<quint16> bound = ready.get();
        if (!bound)
            return bound.error();
        plane->m_port = *bound;
        return std::unique_ptr<ControlPlane>(std::move(plane));
    }

    ~QtControlPlane() override
    {
        // Without a port it never began to run.
        if (m_port != 0)
            QMetaObject::invokeMethod(m_loop, &QEventLoop::quit, Qt::QueuedConnection);
        m_thread.join();
    }

    std::string url() const override { return "http://127.0.0.1:" + std::to_string(m_port); }
    std::string token() const override { return m_token; }

private:
    QtControlPlane() = default;

    void runThread(Workbench &workbench, const ReloadServer &reload, std::uint16_t port,
                   std::promise<Result<quint16>> promise)
    {
        QEventLoop loop;
        m_loop = &loop;
        control::ControlServer server(workbench, reload);
        const Result<quint16> bound = server.listen(port);
        m_token = server.token();
        promise.set_value(bound);
        if (bound)
            loop.exec();
    }

    std::thread m_thread;
    QEventLoop *m_loop = nullptr; ///< of the thread, while it runs
    std::string m_token;
    std::uint16_t m_port = 0;
};

} // namespace

Result<void> prepareControlPlane() { return {}; }
Result<void> prepareScripting() { return {}; }

std::shared_ptr<Scripting> makeScripting()
{
    needApplication();
    return makeQtScripting();
}

Result<std::unique_ptr<ControlPlane>>
startControlPlane(Workbench &workbench, const ReloadServer &reload, std::uint16_t port)
{
    return QtControlPlane::start(workbench, reload, port);
}

} // namespace understudy::cli
