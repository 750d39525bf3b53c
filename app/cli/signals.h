// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace understudy::cli {

/// Turns SIGINT and SIGTERM into a readable descriptor, for the whole process. The first signal
/// makes it readable; the second ends the process at once, with 128 plus the signal's number.
/// SIGPIPE is ignored. One object, made before any thread, kept until the end.
class StopSignals
{
public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals &) = delete;
    StopSignals &operator=(const StopSignals &) = delete;

    /// Readable once the process is asked to stop.
    int descriptor() const { return m_descriptors[0]; }

private:
    int m_descriptors[2] = {-1, -1};
};

} // namespace understudy::cli
