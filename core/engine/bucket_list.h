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

/// The buckets and variables that one version of a server answers with. Any thread.
class BucketList final : public handlebars::ServerValues
{
public:
    /// In the order of the document.
    BucketList(std::vector<std::shared_ptr<BucketState>> buckets, ServerVariables &variables)
        : m_buckets(std::move(buckets))
        , m_variables(variables)
    {}

    const std::vector<std::shared_ptr<BucketState>> &states() const { return m_buckets; }

    std::shared_ptr<const JsonValue> bucket(std::string_view name,
                                            handlebars::RenderScope &asking) override;
    bool changeBucket(std::string_view name, handlebars::RenderScope &asking,
                      const std::function<void(JsonValue &)> &change) override;
    std::optional<std::size_t> position(std::string_view bucket, const JsonValue &value,
                                        const std::string &key, const std::string &id) override;
    std::optional<JsonValue> freshKey(std::string_view bucket, std::string_view key,
                                      handlebars::RenderScope &asking) override;
    handlebars::Value variable(std::string_view name) override { return m_variables.find(name); }
    void setVariable(const std::string &name, handlebars::Value value) override
    {
        m_variables.set(name, std::move(value));
    }

private:
    BucketState *find(std::string_view name) const;

    std::vector<std::shared_ptr<BucketState>> m_buckets;
    ServerVariables &m_variables;
};

} // namespace understudy
