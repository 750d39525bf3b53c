// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/server.h"
#include "core/template/render_scope.h"
#include "core/template/template.h"

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace understudy {

/// The buckets and variables of a running server. What requests made of a bucket outlives an edit
/// of the document that leaves the bucket alone. Any thread.
class ServerData final : public handlebars::ServerValues
{
public:
    /// Takes the buckets of a document; one that is defined as before goes on with what it holds.
    /// `folder` is where `itemsFile` is looked for. Returns what is wrong with them, a sentence
    /// each.
    std::vector<std::string> define(const std::vector<Bucket> &buckets,
                                    const std::filesystem::path &folder);

    std::shared_ptr<const JsonValue> bucket(std::string_view name,
                                            handlebars::RenderScope &asking) override;
    bool changeBucket(std::string_view name, handlebars::RenderScope &asking,
                      const std::function<bool(JsonValue &)> &change) override;
    std::optional<JsonValue> freshKey(std::string_view bucket, std::string_view key,
                                      handlebars::RenderScope &asking) override;
    handlebars::Value variable(std::string_view name) override;
    void setVariable(const std::string &name, handlebars::Value value) override;

    /// Buckets as the document has them, no variables.
    void reset();

private:
    struct State
    {
        std::string name;
        std::string otherName;  ///< Mockoon's id of it
        std::string definition; ///< what the document says of it
        std::shared_ptr<const JsonValue> first;
        std::shared_ptr<JsonValue> value; ///< null until a template is rendered
        /// How many hold `value`; the count of a shared pointer does not order what they read
        /// before a change.
        std::shared_ptr<std::atomic<int>> readers = std::make_shared<std::atomic<int>>(0);
        std::shared_ptr<const handlebars::Template> source;
        std::string sourceText;
        std::string sourceError;
    };

    std::shared_ptr<State> find(std::string_view name) const;
    /// Renders it if that has to be; false for one that asks for itself.
    bool prepare(State &state, handlebars::RenderScope &asking);
    static std::shared_ptr<State> made(const Bucket &bucket, std::string definition,
                                       const std::filesystem::path &folder,
                                       std::vector<std::string> &problems);

    mutable std::mutex m_mutex;
    std::vector<std::shared_ptr<State>> m_buckets; ///< in the document's order
    std::map<std::string, handlebars::Value, std::less<>> m_variables;
};

} // namespace understudy
