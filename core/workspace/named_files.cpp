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

} // namespace

std::set<std::string> namedFiles(const Server &server) { return NamedFiles(server).take(); }

std::vector<Error> copyNamedFiles(const Server &server, const fs::path &from, const fs::path &to,
                                  Existing existing)
{
    std::vector<Error> errors;
    for (const std::string &file : namedFiles(server)) {
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
