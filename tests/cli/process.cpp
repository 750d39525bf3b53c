// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/process.h"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace understudy::cli_test {
namespace {

void makePipe(int (&ends)[2])
{
    if (pipe2(ends, O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
}

} // namespace

Process::Process(const std::vector<std::string> &arguments)
{
    int output[2];
    int error[2];
    makePipe(output);
    makePipe(error);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output[1], 1);
    posix_spawn_file_actions_adddup2(&actions, error[1], 2);
    std::vector<std::string> words{UNDERSTUDY_CLI_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char *> pointers;
    for (std::string &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const int failure
        = posix_spawn(&m_id, UNDERSTUDY_CLI_PROGRAM, &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(output[1]);
    close(error[1]);
    m_output.descriptor = output[0];
    m_error.descriptor = error[0];
    if (failure != 0)
        throw std::runtime_error("cannot start " UNDERSTUDY_CLI_PROGRAM);
}

Process::~Process()
{
    if (!m_exitCode) {
        kill(m_id, SIGKILL);
        waitpid(m_id, nullptr, 0);
    }
}

void Process::signal(int number) const { kill(m_id, number); }

int Process::exitCode()
{
    if (m_exitCode)
        return *m_exitCode;
    int status = 0;
    while (waitpid(m_id, &status, 0) < 0 && errno == EINTR) {
    }
    m_exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return *m_exitCode;
}

Process::Stream::~Stream()
{
    if (descriptor >= 0)
        close(descriptor);
}

/// Waits for more text; false at the end of the stream or of the time.
bool Process::Stream::fill(std::chrono::steady_clock::time_point deadline)
{
    using std::chrono::milliseconds;
    const auto left
        = std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd waiting{descriptor, POLLIN, 0};
    if (left.count() <= 0 || poll(&waiting, 1, static_cast<int>(left.count())) <= 0)
        return false;
    char buffer[4096];
    const ssize_t size = read(descriptor, buffer, sizeof buffer);
    if (size <= 0)
        return false;
    m_buffer.append(buffer, static_cast<std::size_t>(size));
    return true;
}

std::string Process::Stream::lineWith(std::string_view part)
{
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const std::size_t end = m_buffer.find('\n');
        if (end == std::string::npos) {
            if (!fill(deadline))
                return {};
            continue;
        }
        std::string line = m_buffer.substr(0, end);
        m_buffer.erase(0, end + 1);
        if (line.find(part) != std::string::npos)
            return line;
    }
}

std::string Process::Stream::rest()
{
    while (fill(std::chrono::steady_clock::now() + patience)) {
    }
    return std::move(m_buffer);
}

Finished runCli(const std::vector<std::string> &arguments)
{
    Process process(arguments);
    Finished run;
    run.output = process.restOfOutput();
    run.error = process.restOfError();
    run.exitCode = process.exitCode();
    return run;
}

int portOf(std::string_view listeningLine)
{
    const std::size_t start = listeningLine.find("://");
    const std::size_t colon
        = start == std::string_view::npos ? start : listeningLine.find(':', start + 3);
    int port = 0;
    if (colon != std::string_view::npos)
        std::from_chars(listeningLine.data() + colon + 1,
                        listeningLine.data() + listeningLine.size(), port);
    return port;
}

} // namespace understudy::cli_test
