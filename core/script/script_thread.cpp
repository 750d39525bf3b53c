// SPDX-License-Identifier: Apache-2.0
#include "core/script/script_thread.h"

#include <condition_variable>
#include <fstream>
#include <malloc.h>
#include <mutex>
#include <optional>
#include <thread>
#include <unistd.h>

namespace understudy {

namespace {

constexpr Duration kLook = std::chrono::milliseconds(10); ///< between two looks at what a job takes
constexpr Duration kGrace = std::chrono::seconds(1);      ///< for a job that was told to end

thread_local bool isScriptThread = false;

/// Memory of this program that is in use (proc(5), statm).
std::size_t usedMemory()
{
    std::ifstream file("/proc/self/statm");
    std::size_t whole = 0;
    std::size_t resident = 0;
    file >> whole >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

} // namespace

/// What the thread and its user share; the thread keeps it alive where its user has given it up.
struct ScriptThread::State
{
    std::mutex mutex;
    std::condition_variable changed;
    std::function<void(ScriptEngine &)> job;
    bool isDone = false;
    bool isSpoilt = false; ///< what runs is ended by force; its engine goes, too
    bool isEnding = false;
    bool isClosing = false;         ///< `engine` is being used by somebody else
    bool isLost = false;            ///< nobody waits for the job any more
    ScriptEngine *engine = nullptr; ///< while a job runs
    std::thread thread;

    void work()
    {
        isScriptThread = true;
        std::optional<ScriptEngine> own;
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [this] { return job || isEnding; });
            if (!job)
                return;
            if (!own) {
                lock.unlock();
                own.emplace();
                lock.lock();
            }
            engine = &*own;
            if (!isLost) {
                lock.unlock();
                job(*own);
                lock.lock();
            }
            engine = nullptr;
            job = nullptr;
            isDone = true;
            changed.notify_all();
            changed.wait(lock, [this] { return !isClosing; });
            if (isSpoilt) {
                own.reset(); // with all that it holds
#ifdef __GLIBC__
                malloc_trim(0); // which would stay with the program otherwise
#endif
            }
            isSpoilt = false;
        }
    }
};

ScriptThread::ScriptThread()
    : d(std::make_shared<State>())
{
    d->thread = std::thread([state = d] { state->work(); });
}

ScriptThread::~ScriptThread()
{
    std::unique_lock lock(d->mutex);
    d->isEnding = true;
    d->changed.notify_all();
    const bool isLost = d->isLost;
    lock.unlock();
    if (isLost)
        d->thread.detach();
    else
        d->thread.join();
}

ScriptThread::Outcome ScriptThread::run(std::function<void(ScriptEngine &)> job,
                                        const ScriptLimits &limits)
{
    std::unique_lock lock(d->mutex);
    d->isDone = false;
    d->job = std::move(job);
    d->changed.notify_all();
    const auto isDone = [this] { return d->isDone; };
    const auto begin = std::chrono::steady_clock::now();
    if (d->changed.wait_for(lock, kLook, isDone))
        return Outcome::Done;
    const std::size_t before = usedMemory();
    Outcome outcome = Outcome::Done;
    while (outcome == Outcome::Done) {
        if (d->changed.wait_for(lock, kLook, isDone))
            return Outcome::Done;
        if (std::chrono::steady_clock::now() - begin > limits.time)
            outcome = Outcome::TooLong;
        else if (usedMemory() > before + limits.memory)
            outcome = Outcome::TooLarge;
    }
    d->isSpoilt = true;
    if (d->engine)
        d->engine->interrupt();
    if (d->changed.wait_for(lock, kGrace, isDone))
        return outcome;
    d->isLost = true;
    if (ScriptEngine *engine = d->engine) {
        // What it is asking for at the moment may be another script, which ends in its own time.
        d->isClosing = true;
        lock.unlock();
        engine->close();
        lock.lock();
        d->isClosing = false;
        d->changed.notify_all();
    }
    return outcome;
}

bool ScriptThread::isLost() const
{
    const std::lock_guard lock(d->mutex);
    return d->isLost;
}

bool ScriptThread::isHere() { return isScriptThread; }

} // namespace understudy
