// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace understudy::cli_test {

/// Longer than anything takes, sanitizers and a busy machine included.
constexpr std::chrono::seconds patience{60};

/// A run of the built understudy-cli with both its streams in our hands. Ends it, if nobody else
/// did.
class Process
{
public:
    explicit Process(const std::vector<std::string> &arguments);
    ~Process();
    Process(const Process &) = delete;
    Process &operator=(const Process &) = delete;

    /// The next line of standard output or error that contains `part`; lines before it are skipped.
    /// An empty text if the stream ended or the patience did.
    std::string outputLine(std::string_view part = {}) { return m_output.lineWith(part); }
    std::string errorLine(std::string_view part = {}) { return m_error.lineWith(part); }

    void signal(int number) const;
    /// Waits for its end and returns its exit code; 128 plus the number if a signal ended it.
    int exitCode();
    pid_t id() const { return m_id; }

    /// Everything that is still unread; after exitCode().
    std::string restOfOutput() { return m_output.rest(); }
    std::string restOfError() { return m_error.rest(); }

private:
    class Stream
    {
    public:
        ~Stream();
        std::string lineWith(std::string_view part);
        std::string rest();
        int descriptor = -1;

    private:
        bool fill(std::chrono::steady_clock::time_point deadline);
        std::string m_buffer;
    };

    Stream m_output;
    Stream m_error;
    pid_t m_id = -1;
    std::optional<int> m_exitCode;
};

/// What a finished run left behind.
struct Finished
{
    int exitCode = 0;
    std::string output;
    std::string error;
};
Finished runCli(const std::vector<std::string> &arguments);

/// The port in "listening http://127.0.0.1:3000 Name"; 0 if there is none.
int portOf(std::string_view listeningLine);

} // namespace understudy::cli_test
