// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>

#include <algorithm>
#include <chrono>
#include <vector>

namespace understudy::bench {

using Steady = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

/// Times every event that is delivered. What is delivered while another one is handled belongs to
/// that one, so the outermost call is what a user waits for.
class TimedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const auto start = Steady::now();
        const bool handled = QApplication::notify(receiver, event);
        --m_depth;
        turns.push_back(Milliseconds(Steady::now() - start).count());
        return handled;
    }

    std::vector<double> turns;

private:
    int m_depth = 0;
};

inline double percentile(std::vector<double> &values, double share)
{
    if (values.empty())
        return 0;
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

} // namespace understudy::bench
