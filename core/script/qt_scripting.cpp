// SPDX-License-Identifier: Apache-2.0
#include "core/script/qt_scripting.h"

#include "core/script/script_thread.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

namespace understudy {

namespace {

constexpr unsigned kMostThreads = 4;
constexpr unsigned kMostLost = 4;
constexpr unsigned kMostNested = 8; ///< for each that may run at once
// The engine's own stack, where its JSON reader keeps the items of a list without looking: enough
// for the longest text that prelude.js lets through.
constexpr const char *kStackSize = "268435456";

QLoggingCategory::CategoryFilter &filterBefore()
{
    static QLoggingCategory::CategoryFilter filter = nullptr;
    return filter;
}

/// The engine warns of variables that a bundle uses before the line that declares them; they are
/// none of its user's.
void keepCompilerQuiet()
{
    static std::once_flag once;
    std::call_once(once, [] {
        filterBefore() = QLoggingCategory::installFilter([](QLoggingCategory *category) {
            if (filterBefore())
                filterBefore()(category);
            if (std::strcmp(category->categoryName(), "qt.qml.compiler") == 0)
                category->setEnabled(QtWarningMsg, false);
        });
    });
}

class QtScripting final : public Scripting
{
public:
    explicit QtScripting(const ScriptLimits &limits)
        : m_limits(limits)
        , m_most(limits.threads > 0
                     ? limits.threads
                     : std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads))
    {
        keepCompilerQuiet();
        qputenv("QV4_JS_MAX_STACK_SIZE", kStackSize); // read with the first engine
    }

    Result<void> check(const ScriptText &script) override
    {
        return run<void>(script.name,
                         [script](ScriptEngine &engine) { return engine.check(script); });
    }

    Result<ScriptAnswer> answer(const ScriptText &script, handlebars::RenderScope &scope) override
    {
        return run<ScriptAnswer>(script.name, [script, &scope](ScriptEngine &engine) {
            return engine.answer(script, scope);
        });
    }

    Result<std::vector<std::string>> functions(const ScriptText &script) override
    {
        return run<std::vector<std::string>>(
            script.name, [script](ScriptEngine &engine) { return engine.functions(script); });
    }

    Result<handlebars::Value> call(const ScriptText &script, const ScriptCall &call,
                                   handlebars::RenderScope &scope) override
    {
        return run<handlebars::Value>(script.name, [script, call, name = std::string(call.function),
                                                    &scope](ScriptEngine &engine) {
            ScriptCall own = call;
            own.function = name; // which the caller may be done with
            return engine.call(script, own, scope);
        });
    }

    bool hasFaker() const override { return hasFakerBundle(); }

    Result<handlebars::Value> fake(std::string_view method, JsonArray arguments,
                                   std::string_view locale, handlebars::RenderScope &scope) override
    {
        return run<handlebars::Value>(
            "faker", [method = std::string(method), arguments = std::move(arguments),
                      locale = std::string(locale), &scope](ScriptEngine &engine) {
                return engine.fake(method, arguments, locale, scope);
            });
    }

private:
    template<class T>
    Result<T> run(const std::string &name, std::function<Result<T>(ScriptEngine &)> work)
    {
        if (!QCoreApplication::instance())
            return Error{
                ErrorCode::Unsupported, "JavaScript needs a QCoreApplication in this program", {}};
        auto thread = take();
        if (!thread)
            return thread.error();
        // Shared with the job, which may outlive this call.
        auto result = std::make_shared<std::optional<Result<T>>>();
        const auto outcome
            = (*thread)->run([result, work = std::move(work)](
                                 ScriptEngine &engine) { result->emplace(work(engine)); },
                             m_limits);
        giveBack(*std::move(thread));
        switch (outcome) {
        case ScriptThread::Outcome::Done:
            break;
        case ScriptThread::Outcome::TooLarge:
            return Error{ErrorCode::Limit,
                         name + " took more than " + std::to_string(m_limits.memory >> 20U)
                             + " MiB of memory and was ended",
                         {}};
        case ScriptThread::Outcome::TooLong:
            return Error{ErrorCode::Limit,
                         name + " took longer than " + inMilliseconds(m_limits.time)
                             + " and was ended",
                         {}};
        }
        return **result;
    }

    static std::string inMilliseconds(Duration time)
    {
        return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count())
               + " ms";
    }

    /// A free thread, or a new one. Who asks from a script (for a bucket that is a template, say)
    /// never waits: the others may be waiting for it.
    Result<std::unique_ptr<ScriptThread>> take()
    {
        std::unique_lock lock(m_mutex);
        if (m_lost >= kMostLost)
            return Error{ErrorCode::Limit,
                         "JavaScript is off: " + std::to_string(m_lost)
                             + " scripts could not be ended; start the program again",
                         {}};
        const bool isNested = ScriptThread::isHere();
        if (isNested && m_made >= m_most * kMostNested)
            return Error{ErrorCode::Limit, "scripts wait for scripts too deep", {}};
        const auto isFree = [&] { return !m_free.empty() || m_made < m_most || isNested; };
        if (!m_changed.wait_for(lock, m_limits.time, isFree))
            return Error{ErrorCode::Limit,
                         "all " + std::to_string(m_most)
                             + " scripts that may run at once have been running for "
                             + inMilliseconds(m_limits.time),
                         {}};
        if (m_free.empty()) {
            ++m_made;
            return std::make_unique<ScriptThread>();
        }
        auto out = std::move(m_free.back());
        m_free.pop_back();
        return out;
    }

    void giveBack(std::unique_ptr<ScriptThread> thread)
    {
        const std::lock_guard lock(m_mutex);
        const bool isLost = thread->isLost();
        m_lost += isLost ? 1 : 0;
        // Those that were made for a moment are let go again.
        if (isLost || m_made > m_most)
            --m_made;
        else
            m_free.push_back(std::move(thread));
        m_changed.notify_one();
    }

    const ScriptLimits m_limits;
    const unsigned m_most;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::unique_ptr<ScriptThread>> m_free;
    unsigned m_made = 0; ///< that are free or busy
    unsigned m_lost = 0; ///< that could not be ended, since the start
};

} // namespace

std::shared_ptr<Scripting> makeQtScripting(const ScriptLimits &limits)
{
    return std::make_shared<QtScripting>(limits);
}

} // namespace understudy
