// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/buckets.h"

#include <algorithm>

namespace understudy::formats::mockoon {

namespace {

Bucket readBucket(const ObjectReader &reader, Notes &notes)
{
    Bucket bucket;
    const std::string text = reader.text("value", "[\n]");
    const auto parsed = JsonValue::parse(text);
    if (text.find("{{") != std::string::npos) {
        bucket.items = text;
        bucket.extensions.set("x-mockoon-template", true);
    } else if (parsed) {
        bucket.items = *parsed;
    } else {
        bucket.items = text;
        notes.changed(reader.subject(), parsed.error().message + "; its text is its value");
    }
    return bucket;
}

} // namespace

Buckets Buckets::read(const ObjectReader &environment, Notes &notes)
{
    Buckets out;
    for (const boost::json::object *object : environment.objects("data")) {
        Notes unnamed({});
        const std::string name = ObjectReader(*object, unnamed, {}).text("name", "New data");
        const ObjectReader reader(*object, notes, "bucket '" + name + "'");
        const std::string id = reader.text("id");
        Bucket bucket = readBucket(reader, notes);
        const std::string base = !name.empty() ? name : (!id.empty() ? id : "data");
        bucket.name = base;
        const auto isTaken = [&](const std::string &n) {
            return std::any_of(out.m_buckets.begin(), out.m_buckets.end(),
                               [&](const Bucket &b) { return b.name == n; });
        };
        for (int n = 2; isTaken(bucket.name); ++n)
            bucket.name = base + '-' + std::to_string(n);
        if (bucket.name != name)
            notes.changed(reader.subject(),
                          "it is called '" + bucket.name + "' here; bucket names are unique");
        if (const std::string text = reader.text("documentation"); !text.empty())
            bucket.extensions.set("x-mockoon-documentation", text);
        if (!id.empty()) {
            bucket.extensions.set("x-mockoon-id", id);
            out.m_byId.emplace(id, bucket.name);
        }
        out.m_byName.emplace(name, bucket.name);
        out.m_buckets.push_back(std::move(bucket));
    }
    return out;
}

std::optional<std::string> Buckets::byId(std::string_view id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> Buckets::byIdOrName(std::string_view text) const
{
    if (auto found = byId(text))
        return found;
    const auto found = m_byName.find(text);
    return found == m_byName.end() ? std::nullopt : std::optional(found->second);
}

const Bucket *Buckets::find(std::string_view text) const
{
    const auto name = byIdOrName(text);
    const auto found = std::find_if(m_buckets.begin(), m_buckets.end(),
                                    [&](const Bucket &b) { return name && b.name == *name; });
    return found == m_buckets.end() ? nullptr : &*found;
}

bool Buckets::setKey(std::string_view bucket, const std::string &key)
{
    const auto [known, isNew] = m_keys.emplace(bucket, key);
    if (!isNew)
        return known->second == key;
    for (Bucket &b : m_buckets) {
        if (b.name == bucket)
            b.key = key;
    }
    return true;
}

} // namespace understudy::formats::mockoon
