// SPDX-License-Identifier: Apache-2.0
#include "tests/clients/runner.h"

#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace understudy::clients {

namespace fs = std::filesystem;

namespace {

std::optional<fs::path> inPath(const std::string &program)
{
    const char *path = std::getenv("PATH");
    std::istringstream folders(path ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');) {
        const fs::path file = fs::path(folder) / program;
        if (access(file.c_str(), X_OK) == 0)
            return file;
    }
    return std::nullopt;
}

std::string driver(const std::string &name)
{
    return UNDERSTUDY_SOURCE_DIR "/tests/clients/drivers/" + name;
}

std::vector<std::string> commandOf(Client client, const fs::path &program)
{
    switch (client) {
    case Client::Curl:
        return {"/usr/bin/env", "bash", driver("curl.sh")};
    case Client::Python:
        return {program, "-I", driver("python.py")};
    case Client::Node:
        return {program, driver("node.mjs")};
    case Client::Java: // compiles the one file first
        return {program, "-XX:TieredStopAtLevel=1", "-Djdk.net.hosts.file=" + driver("java.hosts"),
                driver("Client.java")};
    }
    return {};
}

/// What a client would take from the environment is not to change what it sees.
std::vector<std::string> environmentFor(const fs::path &authority)
{
    std::vector<std::string> variables{"NODE_EXTRA_CA_CERTS=" + authority.string(),
                                       "NODE_NO_WARNINGS=1"};
    for (char **variable = environ; *variable; ++variable) {
        const std::string_view text = *variable;
        if (text.find("proxy=") == text.npos && text.find("PROXY=") == text.npos
            && !text.starts_with("NODE_") && !text.starts_with("JAVA_TOOL_OPTIONS")
            && !text.starts_with("LC_ALL="))
            variables.emplace_back(text);
    }
    variables.emplace_back("LC_ALL=C.UTF-8");
    return variables;
}

std::vector<char *> pointersTo(std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    for (std::string &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// Runs it to its end; its standard output goes to `output`.
bool run(std::vector<std::string> command, const fs::path &authority, const fs::path &output)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     S_IRUSR | S_IWUSR);
    std::vector<std::string> environment = environmentFor(authority);
    pid_t id = -1;
    const int failure = posix_spawn(&id, command.front().c_str(), &actions, nullptr,
                                    pointersTo(command).data(), pointersTo(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0)
        return false;
    int status = 0;
    while (waitpid(id, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

std::optional<fs::path> findClient(Client client)
{
    switch (client) {
    case Client::Curl:
        return inPath("curl");
    case Client::Python:
        return inPath("python3");
    case Client::Node:
        return inPath("node");
    case Client::Java:
        return inPath("javac") ? inPath("java") : std::nullopt;
    }
    return std::nullopt;
}

std::map<std::size_t, Outcome> runClient(Client client, const std::vector<Order> &orders,
                                         const fs::path &folder, const fs::path &authority)
{
    const auto program = findClient(client);
    if (!program)
        return {};
    const std::string name = std::to_string(static_cast<int>(client));
    const fs::path input = folder / (name + ".in");
    const fs::path output = folder / (name + ".out");
    {
        std::ofstream lines(input);
        for (const Order &order : orders) {
            lines << order.number << '\t' << actName(order.act) << '\t' << order.seconds << '\t'
                  << order.url << '\n';
        }
    }
    std::vector<std::string> command = commandOf(client, *program);
    command.push_back(input);
    command.push_back(authority);
    run(std::move(command), authority, output);
    std::map<std::size_t, Outcome> outcomes;
    std::ifstream lines(output);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields(line);
        std::size_t number = 0;
        std::int64_t took = 0;
        Outcome outcome;
        fields >> number >> took;
        fields.get();
        std::getline(fields, outcome.text);
        outcome.took = std::chrono::milliseconds(took);
        outcomes[number] = std::move(outcome);
    }
    return outcomes;
}

} // namespace understudy::clients
