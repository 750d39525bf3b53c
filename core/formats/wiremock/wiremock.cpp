// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/wiremock.h"

#include "core/base/text.h"
#include "core/formats/format_table.h"
#include "core/formats/wiremock/stubs.h"
#include "core/model/edit.h"

#include <algorithm>
#include <deque>

namespace understudy::formats::wiremock {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFormat = "wiremock";
constexpr std::string_view kMappings = "mappings";

bool isStub(const yaml::Node &node)
{
    const yaml::Node *request = node.isMap() ? node.find("request") : nullptr;
    const yaml::Node *response = node.isMap() ? node.find("response") : nullptr;
    return request && request->isMap() && response && response->isMap();
}

/// WireMock's files may have comments. They become blanks, so that places stay what they are.
std::string withoutComments(std::string_view text)
{
    std::string out(text);
    bool isInText = false;
    for (std::size_t i = 0; i + 1 < out.size(); ++i) {
        if (isInText && out[i] == '\\') {
            ++i;
        } else if (out[i] == '"') {
            isInText = !isInText;
        } else if (!isInText && out[i] == '/' && (out[i + 1] == '/' || out[i + 1] == '*')) {
            const bool isLine = out[i + 1] == '/';
            const std::size_t end = isLine ? out.find('\n', i) : out.find("*/", i + 2);
            const std::size_t behind
                = end == std::string::npos ? out.size() : end + (isLine ? 0 : 2);
            for (; i < behind; ++i)
                out[i] = out[i] == '\n' ? '\n' : ' ';
            --i;
        }
    }
    return out;
}

/// A file of mappings: its text must last as long as its stubs are looked at.
struct MappingFile
{
    std::string text;
    std::optional<Source> source;
    std::optional<Notes> notes;
    std::shared_ptr<const std::string> name;
};

/// Adds the stubs of a file, the oldest first: of several in one file WireMock takes the last one
/// in last, so that it answers first. Errors: Syntax, or Invalid for what holds none.
std::optional<Error> addStubs(MappingFile &file, std::vector<FoundStub> &out)
{
    const Result<yaml::Node> &tree = file.source->tree();
    if (!tree)
        return tree.error();
    const yaml::Node &root = *tree;
    const yaml::Node *list = root.isList() ? &root : root.isMap() ? root.find(kMappings) : nullptr;
    const auto add = [&](const yaml::Node &node) {
        if (isStub(node) || (node.isMap() && (node.find("request") || node.find("response"))))
            out.push_back({&node, &*file.notes, file.name});
        else
            file.notes->notServed({}, "this is no stub: it has neither 'request' nor 'response'",
                                  node.start);
    };
    if (list && list->isList()) {
        for (const yaml::Node &node : list->items)
            add(node);
        return std::nullopt;
    }
    if (!root.isMap() || (!root.find("request") && !root.find("response")))
        return Error{ErrorCode::Invalid,
                     "this holds no stub of WireMock: a stub has 'request' and 'response', and "
                     "several stand in a list 'mappings'",
                     {file.source->file().string(), root.start.line, root.start.column}};
    add(root);
    return std::nullopt;
}

std::string nameOf(const fs::path &path)
{
    std::string name = path.stem().string();
    return name.empty() ? "WireMock" : name;
}

/// The folder that holds `mappings` and `__files`, for a file in the former; the file's own folder
/// otherwise.
fs::path rootOf(const fs::path &file)
{
    fs::path folder = files::folderOf(file);
    for (fs::path above = folder; above.has_filename(); above = above.parent_path()) {
        if (above.filename() == kMappings)
            return above.has_parent_path() ? above.parent_path() : fs::path(".");
    }
    return folder;
}

LoadedServer serverOf(const std::vector<FoundStub> &stubs, std::deque<MappingFile> &files,
                      const fs::path &path, fs::path root)
{
    LoadedServer out;
    out.server.name = nameOf(path);
    out.server.items = translateStubs(stubs);
    assignIds(out.server);
    out.format = kFormat;
    out.file = path;
    out.root = std::move(root);
    for (MappingFile &file : files) {
        std::vector<Problem> said = file.notes->take();
        std::move(said.begin(), said.end(), std::back_inserter(out.problems));
    }
    return out;
}

MappingFile &fileOf(std::deque<MappingFile> &files, std::string_view text, const fs::path &path)
{
    MappingFile &file = files.emplace_back();
    file.text = withoutComments(text);
    file.source.emplace(file.text, path);
    file.notes.emplace(path.string());
    file.name = std::make_shared<const std::string>(path.string());
    return file;
}

std::vector<fs::path> mappingFiles(const fs::path &folder)
{
    std::vector<fs::path> found;
    std::error_code ec;
    const fs::path mappings = folder / kMappings;
    fs::recursive_directory_iterator entry(mappings, ec);
    for (; !ec && entry != fs::recursive_directory_iterator(); entry.increment(ec)) {
        if (entry->path().extension() == ".json" && entry->is_regular_file(ec))
            found.push_back(entry->path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

bool recognise(const Source &source)
{
    const std::string_view text = source.text();
    const auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
    if (!has("\"request\"") && !has("\"mappings\""))
        return false;
    if (!source.looksLikeJson()) {
        const bool beginsWithComment = text::trim(text).starts_with('/');
        const std::string plain = beginsWithComment ? withoutComments(text) : std::string();
        const Source read(plain, source.file());
        return beginsWithComment && read.looksLikeJson() && recognise(read);
    }
    const Result<yaml::Node> &tree = source.tree();
    // A broken file is still WireMock's, as is one with comments.
    if (!tree)
        return has("\"response\"") && has("\"url") && !has("\"entries\"") && !has("\"item\"");
    if (tree->isList())
        return !tree->items.empty() && std::all_of(tree->items.begin(), tree->items.end(), isStub);
    const yaml::Node *mappings = source.find(kMappings);
    // Whatever it is: what is wrong with it is said in WireMock's words.
    return isStub(*tree) || (mappings && !source.find("understudy"));
}

LoadOutcome import(const Source &source)
{
    std::deque<MappingFile> files;
    std::vector<FoundStub> stubs;
    MappingFile &file = fileOf(files, source.text(), source.file());
    if (auto error = addStubs(file, stubs))
        return failed(*std::move(error));
    LoadOutcome out;
    out.servers.push_back(serverOf(stubs, files, source.file(), rootOf(source.file())));
    return out;
}

bool recogniseFolder(const fs::path &folder)
{
    std::error_code ec;
    return fs::is_directory(folder / kMappings, ec) && !mappingFiles(folder).empty();
}

LoadOutcome importFolder(const fs::path &folder)
{
    LoadOutcome out;
    std::deque<MappingFile> files;
    std::vector<FoundStub> stubs;
    for (const fs::path &path : mappingFiles(folder)) {
        auto text = files::readFileInside(folder, path.lexically_relative(folder).string());
        if (!text) {
            out.errors.push_back({Severity::Error, text.error()});
            continue;
        }
        if (auto error = addStubs(fileOf(files, *text, path), stubs))
            out.errors.push_back({Severity::Error, *std::move(error)});
    }
    // The name of `.` or `/srv/mocks/` is that of the folder itself.
    std::error_code ec;
    fs::path named = fs::absolute(folder, ec).lexically_normal();
    if (!named.has_filename())
        named = named.parent_path();
    LoadedServer server = serverOf(stubs, files, folder, folder);
    server.server.name = named.filename().string();
    out.servers.push_back(std::move(server));
    return out;
}

} // namespace understudy::formats::wiremock
