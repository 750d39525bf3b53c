// SPDX-License-Identifier: Apache-2.0
#include "core/formats/source.h"

#include "core/base/json_value.h"
#include "core/formats/yaml/parse.h"

namespace understudy::formats {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Documents of other tools are as deep as their schemas and bodies, and as large as what was
/// recorded.
constexpr yaml::Bounds kBounds{.bytes = std::size_t{256} * 1024 * 1024,
                               .values = 16'000'000,
                               .depth = static_cast<int>(JsonValue::kMaxDepth)};

} // namespace

bool Source::looksLikeJson() const
{
    const std::size_t first = m_text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return first != std::string_view::npos && (m_text[first] == '{' || m_text[first] == '[');
}

const Result<yaml::Node> &Source::tree() const
{
    if (m_tree)
        return *m_tree;
    std::string_view text = m_text;
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    const std::string file = m_file.string();
    m_tree = yaml::parse(text, file, kBounds);
    // What is wrong with a text that was meant as JSON is said in the words of JSON.
    if (!*m_tree && looksLikeJson() && (*m_tree).error().code == ErrorCode::Syntax) {
        if (const auto json = JsonValue::parse(text); !json) {
            Error error = json.error();
            error.where.file = file;
            m_tree = std::move(error);
        }
    }
    return *m_tree;
}

const yaml::Node *Source::find(std::string_view key) const
{
    const Result<yaml::Node> &root = tree();
    return root && root->isMap() ? root->find(key) : nullptr;
}

} // namespace understudy::formats
