// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/format.h"
#include "core/formats/yaml/node.h"

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace understudy::formats {

/// A text that is to be read, and the tree it holds, which is made once, when it is first asked
/// for. The text must outlive it. One thread.
class Source
{
public:
    Source(std::string_view text, std::filesystem::path file, LoadOptions options = {})
        : m_text(text)
        , m_file(std::move(file))
        , m_options(std::move(options))
    {}

    std::string_view text() const { return m_text; }
    const std::filesystem::path &file() const { return m_file; }
    const LoadOptions &options() const { return m_options; }
    /// It begins as JSON does.
    bool looksLikeJson() const;
    /// JSON or YAML, by its first character. Errors: Syntax and Limit, with line and column.
    const Result<yaml::Node> &tree() const;
    /// The value of a key of the outermost map, or nullptr; of none but texts that can be read.
    const yaml::Node *find(std::string_view key) const;

private:
    std::string_view m_text;
    std::filesystem::path m_file;
    LoadOptions m_options;
    mutable std::optional<Result<yaml::Node>> m_tree;
};

} // namespace understudy::formats
