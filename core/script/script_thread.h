// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/script/qt_scripting.h"
#include "core/script/script_engine.h"

#include <functional>
#include <memory>

namespace understudy {

/// A thread with an engine of its own, which is made for the first job, and again after one that
/// had to be ended. Used by one thread at a time.
class ScriptThread
{
public:
    /// How a job ended: of itself, or because it took too much.
    enum class Outcome { Done, TooLong, TooLarge };

    ScriptThread();
    /// Waits for the thread, but not for a lost one, which ends when its job does.
    ~ScriptThread();
    ScriptThread(const ScriptThread &) = delete;
    ScriptThread &operator=(const ScriptThread &) = delete;

    /// Runs a job to its end, or to a limit. What the job holds lives as long as it runs; a lost
    /// one finds no server any more.
    Outcome run(std::function<void(ScriptEngine &)> job, const ScriptLimits &limits);
    /// The last job could not be ended; the thread is of no use any more.
    bool isLost() const;
    /// Whether the caller runs a job of such a thread.
    static bool isHere();

private:
    struct State;
    std::shared_ptr<State> d;
};

} // namespace understudy
