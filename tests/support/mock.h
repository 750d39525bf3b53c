// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/runtime/workbench.h"
#include "tests/support/wait.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

namespace understudy::test {

/// A folder that is gone when the test is.
class TemporaryFolder
{
public:
    TemporaryFolder()
    {
        std::string pattern
            = (std::filesystem::temp_directory_path() / "understudy-test-XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder &) = delete;
    TemporaryFolder &operator=(const TemporaryFolder &) = delete;

    const std::filesystem::path &path() const { return m_path; }
    std::filesystem::path write(const std::string &name, std::string_view content) const
    {
        std::ofstream(m_path / name, std::ios::binary) << content;
        return m_path / name;
    }

private:
    std::filesystem::path m_path;
};

/// Reads a mock file's text; a finding fails the test.
inline Server parseMock(std::string_view yaml)
{
    formats::LoadOutcome outcome = formats::loadText(yaml, "test.mock.yaml", {.format = "native"});
    for (const Problem &error : outcome.errors)
        ADD_FAILURE() << error.error.text();
    return outcome.servers.empty() ? Server{} : std::move(outcome.servers.front().server);
}

/// A running server made from the text of a mock file, on a free port.
class RunningMock
{
public:
    explicit RunningMock(std::string_view yaml, WorkbenchOptions options = {.threads = 2})
        : m_bench(std::move(options))
    {
        m_bench.onEvent([this](const ServerEvent &event) {
            const std::lock_guard lock(m_mutex);
            m_events.push_back(event.text);
        });
        m_id = m_bench.add(parseMock(yaml), m_folder.path());
        if (auto started = m_bench.start(m_id); !started)
            ADD_FAILURE() << started.error().text();
    }

    std::uint16_t port() const { return m_bench.status(m_id)->port; }
    const std::string &id() const { return m_id; }
    Workbench &bench() { return m_bench; }
    const TemporaryFolder &folder() const { return m_folder; }
    Result<void> update(std::string_view yaml) { return m_bench.update(m_id, parseMock(yaml)); }
    std::vector<std::string> events() const
    {
        const std::lock_guard lock(m_mutex);
        return m_events;
    }

    /// The exchange of that number, once it is in the journal; its absence ends the test.
    std::shared_ptr<const Exchange> exchange(std::uint64_t number = 1)
    {
        const bool isThere = waitFor([&] { return m_bench.journal().newest() >= number; });
        auto exchange = m_bench.journal().at(number).exchange;
        if (!isThere || !exchange)
            throw std::runtime_error("there is no exchange " + std::to_string(number)
                                     + " in the journal");
        return exchange;
    }

    /// Waits until an endpoint has been asked; false if it never is.
    [[nodiscard]] bool waitForHit(const std::string &endpointId)
    {
        return waitFor([&] { return m_bench.hits(m_id, endpointId) > 0; });
    }
    /// Waits until the last connection is gone; false if one stays.
    [[nodiscard]] bool waitForNoConnections(std::chrono::milliseconds longest
                                            = std::chrono::seconds(10))
    {
        return waitFor([&] { return m_bench.status(m_id)->connections == 0; }, longest);
    }

private:
    TemporaryFolder m_folder;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_events;
    Workbench m_bench;
    std::string m_id;
};

/// The head every listing below begins with: any free port.
inline std::string mock(std::string_view endpoints, std::string_view more = {})
{
    return "understudy: 1\nname: Test\nlisten: {port: 0}\n" + std::string(more) + "endpoints:\n"
           + std::string(endpoints);
}

} // namespace understudy::test
