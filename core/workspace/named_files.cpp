// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/named_files.h"

#include "core/base/files.h"

#include <filesystem>
#include <optional>

namespace understudy::workspace {

namespace fs = std::filesystem;

namespace {

class NamedFiles
{
public:
    explicit NamedFiles(const Server &server)
    {
        add(server.behaviour);
        if (server.fallback)
            add(*server.fallback);
        for (const Bucket &bucket : server.buckets)
            add(bucket.itemsFile);
        add(server.helpers);
        add(server.items);
    }
    std::set<std::string> take() { return std::move(m_files); }

private:
    void add(const std::string &file)
    {
        if (!file.empty())
            m_files.insert(file);
    }
    void add(const Body &body)
    {
        if (body.kind == Body::Kind::File || body.kind == Body::Kind::Script)
            add(body.content);
    }
    void add(const Behaviour &behaviour)
    {
        for (const auto *model :
             {&behaviour.latency.connect, &behaviour.latency.head, &behaviour.latency.body}) {
            const auto *samples = *model ? std::get_if<SampledLatency>(&**model) : nullptr;
            if (samples)
                add(samples->file);
        }
    }
    void add(const Response &response)
    {
        add(response.body);
        add(response.behaviour);
        for (const Callback &callback : response.callbacks)
            add(callback.body);
    }
    void add(const std::vector<Item> &items)
    {
        for (const Item &item : items) {
            if (const Folder *folder = item.folder()) {
                add(folder->behaviour);
                add(folder->items);
            } else {
                add(item.endpoint()->behaviour);
                for (const Response &response : item.endpoint()->responses)
                    add(response);
            }
        }
    }

    std::set<std::string> m_files;
};

/// The place inside the folder that a name stands for, if it is one.
std::optional<fs::path> placeInside(const std::string &file)
{
    const fs::path relative = fs::path(file).lexically_normal();
    if (relative.empty() || relative.is_absolute() || *relative.begin() == ".."
        || file.find("{{") != std::string::npos)
        return std::nullopt;
    return relative;
}

/// What a name that is a template may stand for: the files below the folder that stands before it,
/// relative to `from`. Without such a folder nobody knows which.
std::set<std::string> filesOf(const std::string &name, const fs::path &from)
{
    constexpr std::size_t kMost = 10'000;
    std::set<std::string> found;
    const std::string fixed = name.substr(0, name.find("{{"));
    const auto place = placeInside(fixed.substr(0, fixed.rfind('/') + 1) + '.');
    if (!place || fixed.find('/') == std::string::npos)
        return found;
    std::error_code ec;
    fs::recursive_directory_iterator entry(from / *place, ec);
    for (; !ec && entry != fs::recursive_directory_iterator() && found.size() < kMost;
         entry.increment(ec)) {
        if (entry->is_regular_file(ec))
            found.insert(entry->path().lexically_relative(from).string());
    }
    return found;
}

} // namespace

std::set<std::string> namedFiles(const Server &server) { return NamedFiles(server).take(); }

std::vector<Error> copyNamedFiles(const Server &server, const fs::path &from, const fs::path &to,
                                  Existing existing)
{
    std::vector<Error> errors;
    std::set<std::string> files;
    for (const std::string &file : namedFiles(server)) {
        if (file.find("{{") == std::string::npos)
            files.insert(file);
        else
            files.merge(filesOf(file, from));
    }
    for (const std::string &file : files) {
        const auto place = placeInside(file);
        if (!place)
            continue;
        const auto copied
            = files::copyInside(from, place->string(), to, existing == Existing::Overwrite);
        if (!copied)
            errors.push_back(copied.error());
    }
    return errors;
}

} // namespace understudy::workspace
