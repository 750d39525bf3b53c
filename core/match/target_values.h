// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/match/json_path.h"
#include "core/match/request_view.h"
#include "core/match/xpath.h"
#include "core/model/rule.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy {

namespace handlebars {
class ServerValues;
class Template;
} // namespace handlebars

/// What a rule may look at beside the request itself.
struct MatchContext
{
    const RequestView &request;
    const NamedValues &pathParameters;
    std::uint64_t count = 0; ///< number of this request at the endpoint, from 1
    WallTime now{};
    /// State of a scenario for this request; "Started" if it was never set.
    const std::function<std::string(std::string_view, const MatchContext &)> &scenarioState;
    handlebars::ServerValues *server = nullptr; ///< buckets and variables; null: there are none
    std::string_view base{};                    ///< path before every path of the server
    std::uint64_t chance = 0;                   ///< what expressions draw begins here
};

/// One value that a target yielded. `json` points into the request's parsed body where the target
/// yields JSON values.
struct TargetValue
{
    std::string text;
    const JsonValue *json = nullptr;
    bool isBody = false; ///< the whole body
};

/// A target that can be asked. Immutable; any thread.
class CompiledTarget
{
public:
    /// Errors: Syntax for a broken JSONPath, XPath or template.
    static Result<CompiledTarget> compile(const RuleTarget &target);

    /// All values of the target, in order; none if it is absent. Errors: Limit if finding them
    /// takes more work than there is; what keeps the body from being read if none are found.
    Result<std::vector<TargetValue>> values(const MatchContext &context) const;

    const RuleTarget &target() const { return m_target; }

private:
    Result<std::vector<TargetValue>> valuesOf(const MatchContext &context) const;
    Result<std::vector<TargetValue>> bucketValues(const MatchContext &context) const;
    Result<std::vector<TargetValue>> rendered(const MatchContext &context) const;

    RuleTarget m_target;
    std::optional<JsonPath> m_jsonPath;
    std::optional<XPath> m_xPath;
    std::shared_ptr<const handlebars::Template> m_expression;
    std::optional<Error> m_problem; ///< why there is no expression
};

} // namespace understudy
