// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace understudy {

/// Events that are noted while a lock is held and handed to a listener once it is not. Any thread.
template<class Event>
class EventQueue
{
public:
    void setListener(std::function<void(const Event &)> listener)
    {
        const std::lock_guard lock(m_mutex);
        m_listener = std::move(listener);
    }

    void add(Event event)
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(event));
    }

    /// Hands over what waits, in order; not to be called with a lock that a listener may want.
    /// Another thread that is at it is waited for, so that what was added before is told when this
    /// returns. A listener may cause events: they are handed over when it asks for it.
    void deliver()
    {
        const std::lock_guard turn(m_turn);
        for (;;) {
            std::function<void(const Event &)> listener;
            Event event;
            {
                const std::lock_guard lock(m_mutex);
                if (m_waiting.empty())
                    return;
                event = std::move(m_waiting.front());
                m_waiting.pop_front();
                listener = m_listener;
            }
            if (listener)
                listener(event);
        }
    }

private:
    std::recursive_mutex m_turn; ///< recursive: a listener may call what delivers
    std::mutex m_mutex;
    std::deque<Event> m_waiting;
    std::function<void(const Event &)> m_listener;
};

} // namespace understudy
