// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/document_files.h"

#include "core/base/files.h"
#include "core/base/text.h"

#include <algorithm>
#include <iterator>

namespace understudy::formats::openapi {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostFiles = 500;
constexpr std::size_t kMostBytes = std::size_t{256} * 1024 * 1024;

Error refusedFile(std::string predicate) { return {ErrorCode::Access, std::move(predicate), {}}; }

bool isAbsolute(std::string_view written)
{
    const bool hasDrive = written.size() > 1 && written[1] == ':';
    return written.starts_with('/') || written.starts_with('\\') || hasDrive
           || written.starts_with("file:");
}

} // namespace

std::string Element::text(std::string_view key) const
{
    const Element value = at(key);
    return value.isScalar() ? value.node->text : std::string();
}

bool Element::isNumber() const { return isScalar() && yaml::scalarToJson(*node).isNumber(); }

bool Element::isTrue(std::string_view key) const
{
    const Element value = at(key);
    return value.isScalar() && value.node->style == yaml::Node::Style::Plain
           && text::equalsIgnoreCase(value.node->text, "true");
}

DocumentFiles::DocumentFiles(const Source &source)
    : m_shownFolder(files::folderOf(source.file()))
{
    std::error_code ec;
    fs::path folder = fs::weakly_canonical(fs::absolute(m_shownFolder, ec), ec);
    if (ec)
        folder = m_shownFolder;
    m_folderName = folder.filename();
    m_top = folder.has_relative_path() ? folder.parent_path() : folder;
    auto main = std::make_unique<DocumentFile>(
        DocumentFile{.shown = source.file(),
                     .relative = m_folderName / source.file().filename(),
                     .content = {},
                     .source = nullptr,
                     .root = &*source.tree(),
                     .notes = Notes(source.file().string()),
                     .targets = {}});
    m_files.emplace(std::string(), std::move(main));
}

Result<DocumentFile *> DocumentFiles::open(const DocumentFile &from, const std::string &written)
{
    if (isAbsolute(written))
        return refusedFile("is an absolute path, which is not followed; write it relative to this "
                           "file");
    const fs::path relative = (from.relative.parent_path() / written).lexically_normal();
    if (relative == main().relative)
        return &main();
    if (relative.empty() || *relative.begin() == "..")
        return refusedFile("leads out of the folders beside the document, and is not read; move it "
                           "beside the document");
    const std::string key = relative.generic_string();
    if (const auto found = m_files.find(key); found != m_files.end())
        return found->second.get();
    if (const auto broken = m_broken.find(key); broken != m_broken.end())
        return broken->second;
    const auto fails = [&](Error error) -> Result<DocumentFile *> {
        m_broken.emplace(key, error);
        return error;
    };
    if (m_files.size() >= kMostFiles)
        return fails({ErrorCode::Limit,
                      "is one file too many: a document may have " + std::to_string(kMostFiles),
                      {}});
    Result<std::string> text = files::readFileInside(m_top, key);
    if (!text)
        return fails({text.error().code, "cannot be read: " + text.error().message, {}});
    m_bytes += text->size();
    if (m_bytes > kMostBytes)
        return fails({ErrorCode::Limit, "makes the document larger than 256 MiB", {}});
    const fs::path shown = m_shownFolder / relative.lexically_relative(m_folderName);
    auto file = std::make_unique<DocumentFile>(
        DocumentFile{.shown = shown.lexically_normal(),
                     .relative = relative,
                     .content = *std::move(text),
                     .source = nullptr,
                     .root = nullptr,
                     .notes = Notes(shown.lexically_normal().string()),
                     .targets = {}});
    file->source = std::make_unique<Source>(file->content, file->shown);
    const Result<yaml::Node> &tree = file->source->tree();
    if (!tree)
        return fails({tree.error().code, "is broken: " + tree.error().text(), tree.error().where});
    file->root = &*tree;
    return m_files.emplace(key, std::move(file)).first->second.get();
}

std::vector<Problem> DocumentFiles::takeProblems()
{
    std::vector<Problem> out;
    for (auto &[key, file] : m_files) {
        std::vector<Problem> own = file->notes.take();
        std::stable_sort(own.begin(), own.end(), [](const Problem &a, const Problem &b) {
            return a.error.where.line < b.error.where.line;
        });
        std::move(own.begin(), own.end(), std::back_inserter(out));
    }
    return out;
}

} // namespace understudy::formats::openapi
