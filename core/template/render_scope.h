// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/draw.h"
#include "core/base/work_budget.h"
#include "core/match/target_values.h"
#include "core/template/value.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {
class RuleMatcher;
class Scripting;
} // namespace understudy

namespace understudy::mockoon {
class RequestValues;
}

namespace understudy::handlebars {

struct RenderScope;
class HelperCall;

/// What a server remembers, as templates see it. Any thread.
class ServerValues
{
public:
    virtual ~ServerValues() = default;

    /// The value of a bucket, by its name or another name that it is known by; null if there is
    /// none. What was handed out does not change any more. A bucket that is a template is rendered
    /// once, for `asking`, who is the first to ask.
    virtual std::shared_ptr<const JsonValue> bucket(std::string_view name, RenderScope &asking) = 0;
    /// Changes a bucket as one step; false if there is none.
    virtual bool changeBucket(std::string_view name, RenderScope &asking,
                              const std::function<void(JsonValue &)> &change)
        = 0;
    /// Where the item with a key is in the value of a bucket that was handed out: its place, or
    /// size_t's largest value if it has none such; nothing where that has to be searched for.
    virtual std::optional<std::size_t> position(std::string_view bucket, const JsonValue &value,
                                                const std::string &key, const std::string &id)
        = 0;
    /// The key of a new item where the bucket's template makes one itself; nothing otherwise.
    virtual std::optional<JsonValue> freshKey(std::string_view bucket, std::string_view key,
                                              RenderScope &asking)
        = 0;
    /// A variable of the whole server (Mockoon's setGlobalVar); undefined if it was never set.
    virtual Value variable(std::string_view name) = 0;
    virtual void setVariable(const std::string &name, Value value) = 0;
    /// The state of a scenario, for the request that is answered; "Started" until it is set.
    virtual std::string scenario(std::string_view name, RenderScope &asking) = 0;
    virtual void setScenario(const std::string &name, const std::string &state, RenderScope &asking)
        = 0;

    /// JavaScript, where the program has it; null where it has none.
    virtual Scripting *scripting() = 0;
    /// Of invented data; empty: English.
    virtual std::string_view locale() = 0;
    /// Whether the server's file of helpers has one of that name. One that is broken has every
    /// name, so that the call says so.
    virtual bool hasHelper(std::string_view name, RenderScope &asking) = 0;
    virtual Value callHelper(HelperCall &call) = 0;
};

/// What the helpers of one answer may look at and leave behind. One thread, one answer.
struct RenderScope
{
    RenderScope();
    /// For an answer to a request, which must outlive it.
    explicit RenderScope(const MatchContext &context);
    ~RenderScope();
    RenderScope(const RenderScope &) = delete;
    RenderScope &operator=(const RenderScope &) = delete;

    const MatchContext *request = nullptr; ///< null: there is none, as when a server starts
    const RuleMatcher *rule = nullptr;     ///< by which the answer was chosen; null: by none
    ServerValues *server = nullptr;        ///< may be null
    WallTime now{};
    std::string_view base{};                           ///< path before every path of the server
    std::uint64_t chance = 0;                          ///< where nextDraw() goes on
    int status = 0;                                    ///< that a template asked for; 0: none did
    Duration delay{};                                  ///< for which it keeps the answer back
    std::unique_ptr<mockoon::RequestValues> mockoon{}; ///< made when it is first asked for
    std::map<std::string, Value, std::less<>> assigned{}; ///< that helpers gave names to (WireMock)
    /// Names of the server's file of helpers, as they were when they were first asked for.
    std::optional<Result<std::vector<std::string>>> ownHelpers{};
    std::vector<std::string> log{};   ///< lines that scripts wrote
    std::vector<const void *> open{}; ///< buckets that are being rendered for this answer

    WorkBudget work{kConditionWork}; ///< of all searches by regular expressions and XPaths

    /// In [0, 1).
    double random() { return toUnit(nextDraw(chance)); }
    /// In [from, to], both included.
    std::int64_t random(std::int64_t from, std::int64_t to);
};

} // namespace understudy::handlebars
