// SPDX-License-Identifier: Apache-2.0
#include "core/formats/bruno/folder.h"

#include "core/base/json_value.h"
#include "core/base/text.h"
#include "core/formats/bruno/collection.h"
#include "core/formats/format_table.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/source.h"
#include "core/model/edit.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

namespace understudy::formats::bruno {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kConfig = "bruno.json";
constexpr std::string_view kOpenCollection = "opencollection.yml";
constexpr std::string_view kEnvironments = "environments";
constexpr int kMaxFolderDepth = 30;
constexpr std::size_t kMaxFiles = 20'000;
constexpr std::uint64_t kMaxFileSize = std::uint64_t{16} * 1024 * 1024;
constexpr std::uint64_t kMaxTotalSize = std::uint64_t{256} * 1024 * 1024;

/// A request, and the notes of its file.
struct FoundRequest
{
    BrunoRequest request;
    Notes *notes;
};

bool holds(const fs::path &folder, std::string_view file)
{
    std::error_code ec;
    return fs::is_regular_file(folder / file, ec);
}

/// The blocks that every folder has in its `folder.bru`, the collection in `collection.bru`.
struct FolderFile
{
    std::string name;
    double order = 0;
    Pairs variables;
};

class FolderImport
{
public:
    explicit FolderImport(const fs::path &root)
        : m_root(root)
        , m_notes(root.string())
        , m_maker(m_notes)
    {}

    LoadOutcome run()
    {
        readConfig();
        m_maker.set(readFolderFile(m_root, "collection.bru").variables);
        readEnvironments();
        readFolder(m_root, 0);
        return finish();
    }

private:
    /// A file below the root; nothing where it cannot be read, which is an error of the outcome.
    std::optional<std::string> fileText(const fs::path &path)
    {
        if (++m_files > kMaxFiles || m_bytes > kMaxTotalSize) {
            failFull(path);
            return std::nullopt;
        }
        auto text
            = files::readFileInside(m_root, path.lexically_relative(m_root).string(), kMaxFileSize);
        if (!text) {
            m_outcome.errors.push_back({Severity::Error, text.error()});
            return std::nullopt;
        }
        m_bytes += text->size();
        return text::asUtf8(*std::move(text));
    }

    void failFull(const fs::path &path)
    {
        if (!std::exchange(m_isFull, true))
            fail({ErrorCode::Limit,
                  "the collection has more than " + std::to_string(kMaxFiles)
                      + " files, or more than 256 MiB of them; the rest is not read",
                  {path.string(), 0, 0}});
    }

    void fail(Error error) { m_outcome.errors.push_back({Severity::Error, std::move(error)}); }

    /// Notes of one file.
    Notes &notesOf(const fs::path &path) { return m_fileNotes.emplace_back(path.string()); }

    void readConfig()
    {
        const fs::path path = m_root / kConfig;
        const auto text = fileText(path);
        if (!text)
            return;
        const Source source(*text, path);
        const Result<yaml::Node> &tree = source.tree();
        if (!tree) {
            fail(tree.error());
            return;
        }
        m_name = recorded::oneLine(recorded::textOf(&*tree, "name"));
        for (const yaml::Node &each : recorded::listOf(&*tree, "ignore"))
            m_ignored.insert(recorded::textOf(&each).value_or(std::string()));
    }

    FolderFile readFolderFile(const fs::path &folder, const char *name)
    {
        FolderFile out;
        const fs::path path = folder / name;
        std::error_code ec;
        if (!fs::exists(path, ec))
            return out;
        const auto text = fileText(path);
        if (!text)
            return out;
        const auto level = readBru(*text, path.string());
        auto variables
            = level ? variablesOfBru(*level, path.string()) : Result<Pairs>(level.error());
        if (!variables) {
            fail(variables.error());
            return out;
        }
        out.variables = *std::move(variables);
        auto meta = metaOfBru(*level, path.string());
        if (!meta) {
            fail(meta.error());
            return out;
        }
        out.name = std::move(meta->name);
        out.order = meta->order;
        meetSideMatters(*level, path);
        return out;
    }

    void meetSideMatters(const BruLevel &level, const fs::path &path)
    {
        for (const BruBlock &block : level.blocks) {
            if (block.name.starts_with("script:") || block.name == "tests")
                m_maker.meetScript(notesOf(path), block.at);
            else if (block.name.starts_with("auth:"))
                m_maker.meetAuth(notesOf(path), block.at);
            else if (block.name == "vars:post-response")
                m_maker.meetVariablesOfAnswer(notesOf(path), block.at);
            else if (block.name == "headers")
                CollectionMaker::meetHeaders(notesOf(path), block.at);
        }
    }

    void readEnvironments()
    {
        const fs::path folder = m_root / kEnvironments;
        std::vector<fs::path> found;
        for (const fs::path &path : childrenOf(folder)) {
            if (path.extension() == ".bru")
                found.push_back(path);
        }
        if (found.empty())
            return;
        const auto text = fileText(found.front());
        if (!text)
            return;
        const std::string file = found.front().string();
        const auto level = readBru(*text, file);
        const auto variables = level ? variablesOfBru(*level, file) : Result<Pairs>(level.error());
        if (!variables) {
            fail(variables.error());
            return;
        }
        m_maker.set(*variables);
        if (found.size() > 1)
            m_notes.changed({}, "of " + std::to_string(found.size())
                                    + " environments the values of the first by name are taken: "
                                    + text::inQuotes(found.front().stem().string()));
    }

    /// In the order of their names.
    std::vector<fs::path> childrenOf(const fs::path &folder)
    {
        std::error_code ec;
        std::vector<fs::path> out;
        fs::directory_iterator entry(folder, ec);
        for (; !ec && entry != fs::directory_iterator(); entry.increment(ec)) {
            if (out.size() == kMaxFiles) {
                failFull(folder);
                break;
            }
            out.push_back(entry->path());
        }
        std::sort(out.begin(), out.end());
        return out;
    }

    bool isIgnored(const fs::path &path) const
    {
        const std::string name = path.filename().string();
        return name.starts_with('.') || name == "node_modules" || m_ignored.contains(name)
               || m_ignored.contains(path.lexically_relative(m_root).string());
    }

    void readFolder(const fs::path &folder, int depth)
    {
        std::vector<fs::path> folders;
        std::vector<FoundRequest> requests;
        for (const fs::path &path : childrenOf(folder)) {
            std::error_code ec;
            if (isIgnored(path) || (depth == 0 && path.filename() == kEnvironments))
                continue;
            if (fs::is_directory(path, ec) && fs::is_symlink(path, ec)) {
                m_notes.notServed(recorded::oneLine(path.filename().string()),
                                  "a link to a folder is not followed; left out");
            } else if (fs::is_directory(path, ec)) {
                folders.push_back(path);
            } else if (path.extension() == ".bru" && path.filename() != "folder.bru"
                       && (depth > 0 || path.filename() != "collection.bru")) {
                readRequest(path, requests);
            }
        }
        addFolders(folders, depth);
        std::stable_sort(requests.begin(), requests.end(),
                         [](const FoundRequest &a, const FoundRequest &b) {
                             return a.request.order < b.request.order;
                         });
        for (const FoundRequest &each : requests)
            m_maker.add(each.request, *each.notes);
    }

    void readRequest(const fs::path &path, std::vector<FoundRequest> &out)
    {
        const auto text = fileText(path);
        if (!text)
            return;
        const auto level = readBru(*text, path.string());
        auto request = level ? requestOfBru(*level, path.string())
                             : Result<std::optional<BrunoRequest>>(level.error());
        if (!request) {
            fail(request.error());
            return;
        }
        Notes &notes = notesOf(path);
        if (!*request) {
            notes.notServed({}, "there is no request in this file; left out", {1, 1});
            return;
        }
        if ((*request)->name.empty())
            (*request)->name = path.stem().string();
        out.push_back({**std::move(request), &notes});
    }

    void addFolders(const std::vector<fs::path> &folders, int depth)
    {
        if (depth >= kMaxFolderDepth) {
            for (const fs::path &each : folders)
                m_notes.notServed(recorded::oneLine(each.filename().string()),
                                  "the folder lies too deep; left out");
            return;
        }
        std::vector<std::pair<FolderFile, fs::path>> read;
        for (const fs::path &each : folders) {
            FolderFile file = readFolderFile(each, "folder.bru");
            if (file.name.empty())
                file.name = each.filename().string();
            read.emplace_back(std::move(file), each);
        }
        std::stable_sort(read.begin(), read.end(), [](const auto &a, const auto &b) {
            return a.first.order < b.first.order;
        });
        for (const auto &[file, path] : read) {
            m_maker.variables().enter();
            m_maker.set(file.variables);
            m_maker.folders().openFolder(file.name, {});
            readFolder(path, depth + 1);
            m_maker.folders().closeFolder();
            m_maker.variables().leave();
        }
    }

    LoadOutcome finish()
    {
        if (m_maker.isEmpty()) {
            if (m_outcome.errors.empty())
                fail({ErrorCode::Invalid,
                      "there is no request of HTTP in this collection of Bruno",
                      {m_root.string(), 0, 0}});
            return std::move(m_outcome);
        }
        LoadedServer loaded{{}, "bruno", m_root, {}};
        loaded.root = m_root;
        loaded.server.name = m_name.empty() ? recorded::oneLine(nameOfRoot()) : m_name;
        loaded.server.items = m_maker.finish();
        assignIds(loaded.server);
        loaded.problems = m_notes.take();
        for (Notes &notes : m_fileNotes) {
            std::vector<Problem> said = notes.take();
            std::move(said.begin(), said.end(), std::back_inserter(loaded.problems));
        }
        m_outcome.servers.push_back(std::move(loaded));
        return std::move(m_outcome);
    }

    /// The name of `.` or `/srv/shop/` is that of the folder itself.
    std::string nameOfRoot() const
    {
        std::error_code ec;
        fs::path named = fs::absolute(m_root, ec).lexically_normal();
        if (!named.has_filename())
            named = named.parent_path();
        return named.filename().string();
    }

    fs::path m_root;
    Notes m_notes;
    std::deque<Notes> m_fileNotes;
    CollectionMaker m_maker;
    LoadOutcome m_outcome;
    std::string m_name;
    std::set<std::string> m_ignored;
    std::size_t m_files = 0;
    std::uint64_t m_bytes = 0;
    bool m_isFull = false;
};

} // namespace

bool recogniseFolder(const fs::path &folder)
{
    return holds(folder, kConfig) || holds(folder, kOpenCollection);
}

LoadOutcome importFolder(const fs::path &folder)
{
    if (!holds(folder, kConfig) && holds(folder, kOpenCollection))
        return failed(openCollectionProblem(folder / kOpenCollection));
    return FolderImport(folder).run();
}

Error openCollectionProblem(const fs::path &file)
{
    return {ErrorCode::Unsupported,
            "OpenCollection files of Bruno cannot be imported yet",
            {file.string(), 0, 0}};
}

} // namespace understudy::formats::bruno
