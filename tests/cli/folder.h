// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace understudy::cli_test {

/// A folder of its own for one test, gone with it.
class Folder
{
public:
    Folder()
    {
        std::string pattern = testing::TempDir() + "understudy-cli-XXXXXX";
        m_path = mkdtemp(pattern.data());
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;

    std::string path() const { return m_path.string(); }
    std::string path(const std::string &name) const { return (m_path / name).string(); }

    /// As editors do it: a new file that takes the old one's place.
    std::string write(const std::string &name, const std::string &text) const
    {
        const std::filesystem::path target = m_path / name;
        const std::filesystem::path fresh = m_path / (name + ".new");
        std::filesystem::create_directories(target.parent_path());
        std::ofstream(fresh, std::ios::binary) << text;
        std::filesystem::rename(fresh, target);
        return target.string();
    }
    std::string read(const std::string &name) const
    {
        std::ifstream stream(m_path / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    void remove(const std::string &name) const { std::filesystem::remove(m_path / name); }

private:
    std::filesystem::path m_path;
};

/// A mock file with one endpoint: GET `path` answers `body`.
inline std::string mockFile(const std::string &name, const std::string &path,
                            const std::string &body)
{
    return "understudy: 1\nname: " + name
           + "\nlisten:\n  port: 0\nendpoints:\n- method: GET\n  path: " + path
           + "\n  responses:\n  - status: 200\n    body: " + body + "\n";
}

} // namespace understudy::cli_test
