// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/named_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
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

bool sameContent(const fs::path &a, const fs::path &b)
{
    std::error_code failure;
    if (fs::file_size(a, failure) != fs::file_size(b, failure) || failure)
        return false;
    std::ifstream first(a, std::ios::binary);
    std::ifstream second(b, std::ios::binary);
    using Bytes = std::istreambuf_iterator<char>;
    return first && second && std::equal(Bytes(first), Bytes(), Bytes(second), Bytes());
}

Result<void> copyFile(const fs::path &source, const fs::path &target, Existing existing)
{
    std::error_code failure;
    if (!fs::is_regular_file(source, failure) || fs::equivalent(source, target, failure))
        return {};
    if (existing == Existing::Keep && fs::exists(target, failure)) {
        if (sameContent(source, target))
            return {};
        return Error{
            ErrorCode::InUse, "a different file is already there", {target.string(), 0, 0}};
    }
    fs::create_directories(target.parent_path(), failure);
    if (!failure)
        fs::copy_file(source, target, fs::copy_options::overwrite_existing, failure);
    if (failure) {
        return Error{
            ErrorCode::System, "cannot be copied: " + failure.message(), {target.string(), 0, 0}};
    }
    return {};
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
        if (const auto copied = copyFile(from / *place, to / *place, existing); !copied)
            errors.push_back(copied.error());
    }
    return errors;
}

} // namespace understudy::workspace
