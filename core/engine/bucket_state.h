// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/crud.h"
#include "core/model/server.h"
#include "core/template/render_scope.h"
#include "core/template/template.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace understudy {

/// What a bucket of the document says, with the file that it names read. Two that are equal hold
/// the same at first.
struct BucketDefinition
{
    std::string name;
    std::string otherName; ///< Mockoon's id of it, or empty
    JsonValue items;
    bool isTemplate = false; ///< `items` is a text that is rendered once (as in Mockoon)
    std::string problem;     ///< why it holds less than the document says; empty: nothing is wrong

    bool operator==(const BucketDefinition &) const = default;
};

/// `folder` is where `itemsFile` is looked for.
BucketDefinition readBucket(const Bucket &bucket, const std::filesystem::path &folder);

/// A bucket of a running server: what requests have made of it. Any thread.
class BucketState
{
public:
    explicit BucketState(BucketDefinition definition);

    const BucketDefinition &definition() const { return m_definition; }
    /// Why its template is none; empty if it is one, or the bucket is no template.
    const std::string &problem() const { return m_problem; }

    /// What it holds. A template is rendered once, for `asking`; null where it asks for itself.
    std::shared_ptr<const JsonValue> value(handlebars::RenderScope &asking);
    /// Changes it as one step; what was handed out before stays as it is.
    void change(handlebars::RenderScope &asking, const std::function<void(JsonValue &)> &change);
    /// Where the item with a key is in `value`, which was handed out; crud::kNowhere if it has none
    /// such, nothing where that is not known and has to be searched for.
    std::optional<std::size_t> position(const JsonValue &value, const std::string &key,
                                        const std::string &id);
    /// The key of a new item where the template makes one itself; nothing otherwise.
    std::optional<JsonValue> freshKey(std::string_view key, handlebars::RenderScope &asking) const;
    /// What it holds now; null for a template that nobody has asked for yet. Looking changes
    /// nothing.
    std::shared_ptr<const JsonValue> held();
    /// It holds that from now on.
    void set(JsonValue value);
    /// Changes what it holds as one step; false for a template that nobody has asked for yet.
    bool edit(const std::function<void(JsonValue &)> &change);
    /// Back to what the document says.
    void reset();
    /// Nothing has changed it since the last reset.
    bool isReset();

private:
    bool prepare(handlebars::RenderScope &asking, std::unique_lock<std::mutex> &lock);
    std::shared_ptr<const JsonValue> handOut();
    void changeHeld(const std::function<void(JsonValue &)> &change);
    void hold(JsonValue value);

    const BucketDefinition m_definition;
    std::optional<handlebars::Template> m_source;
    std::string m_problem;
    std::mutex m_mutex;
    bool m_isChanged = false;
    std::shared_ptr<JsonValue> m_value; ///< null until a template is rendered
    /// How many hold `m_value`; the count of a shared pointer does not order what they read before
    /// a change.
    std::shared_ptr<std::atomic<int>> m_readers;
    std::string m_indexed; ///< the key that was asked for since the last change; empty: none
    std::optional<crud::Positions> m_positions;
};

} // namespace understudy
