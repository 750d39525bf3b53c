// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/bucket_state.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace understudy {

/// The variables of a running server. Any thread.
class ServerVariables
{
public:
    /// Undefined if it was never set.
    handlebars::Value find(std::string_view name) const;
    void set(const std::string &name, handlebars::Value value);
    void reset();

private:
    mutable std::mutex m_mutex;
    std::map<std::string, handlebars::Value, std::less<>> m_values;
};

/// Finds the states of a server's buckets again, so that an edit of the document that leaves a
/// bucket alone leaves what it holds alone. Owns none: who serves a bucket does. Any thread.
class BucketRegistry
{
public:
    /// The state of such a bucket that somebody holds, or a new one.
    std::shared_ptr<BucketState> state(BucketDefinition definition);
    /// All that somebody holds.
    void reset();

private:
    std::mutex m_mutex;
    std::vector<std::weak_ptr<BucketState>> m_states;
};

/// The buckets that one version of a server answers with. Any thread.
class BucketList
{
public:
    /// In the order of the document.
    explicit BucketList(std::vector<std::shared_ptr<BucketState>> buckets)
        : m_buckets(std::move(buckets))
    {}

    const std::vector<std::shared_ptr<BucketState>> &states() const { return m_buckets; }
    /// By name, by Mockoon's id, by name whatever its case, by a part of the name
    /// (reference/mockoon.md section 5.7); null if there is none.
    BucketState *find(std::string_view name) const;

private:
    std::vector<std::shared_ptr<BucketState>> m_buckets;
};

} // namespace understudy
