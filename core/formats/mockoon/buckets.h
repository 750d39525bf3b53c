// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mockoon/repair.h"
#include "core/model/server.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::mockoon {

/// The data buckets of an environment with our names for them.
class Buckets
{
public:
    /// Reads the key `data`. A bucket whose text is plain JSON becomes its items; a template stays
    /// a text with `x-mockoon-template`, and that is noted.
    static Buckets read(const ObjectReader &environment, Notes &notes);

    /// Our name of the bucket with this Mockoon id, as responses refer to it.
    std::optional<std::string> byId(std::string_view id) const;
    /// By id or by name, as rules and templates refer to it.
    std::optional<std::string> byIdOrName(std::string_view text) const;
    /// The bucket of this id or name, as rules refer to it; null if there is none.
    const Bucket *find(std::string_view text) const;
    /// A CRUD route's key property. The first one for a bucket wins; false if another one was set
    /// before.
    bool setKey(std::string_view bucket, const std::string &key);

    std::vector<Bucket> take() { return std::move(m_buckets); }

private:
    std::vector<Bucket> m_buckets;
    std::map<std::string, std::string, std::less<>> m_byId;
    std::map<std::string, std::string, std::less<>> m_byName;
    std::map<std::string, std::string, std::less<>> m_keys;
};

} // namespace understudy::formats::mockoon
