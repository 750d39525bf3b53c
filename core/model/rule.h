// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/model/source_mark.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy {

/// What a rule looks at. `name` is the part after the first dot or colon, if the target has one:
/// `query.page` -> {Query, "page"}, `body:$.items` -> {BodyJsonPath, "$.items"}, `body:/a/b` ->
/// {BodyXPath, "/a/b"}, `bucket.users:$.0` -> {Bucket, "users", "$.0"}, `expression:{{path.id}}` ->
/// {Expression, "{{path.id}}"}, `expression:mockoon:{{body}}` -> {Expression, "{{body}}",
/// "mockoon"}.
struct RuleTarget
{
    enum class Kind {
        Method,
        Path,
        Url, ///< path and query as they were sent
        PathParameter,
        Query,
        Header,
        Cookie,
        Form,
        Body,
        BodyJsonPath,
        BodyXPath,
        Part,
        Host,
        Port,
        Scheme,
        Client,
        ClientCertificateSubject,
        Count,
        State,
        Bucket,
        Jwt,
        Expression
    };
    Kind kind = Kind::Body;
    std::string name;
    std::string path; ///< of a Bucket target; the dialect of an Expression, empty for our own

    bool operator==(const RuleTarget &) const = default;
};

/// What each is called and takes: core/model/operator_catalogue.h.
enum class RuleOperator {
    Equals,
    EqualsIgnoreCase,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
    Absent,
    Empty,
    OneOf,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Before,
    After,
    SameTime,
    Json,
    JsonPath,
    JsonSchema,
    Xml,
    XPath,
    Binary,
    HasExactly,
    Includes
};

/// One operator with its value; `options` holds the extra keys (`ignoreArrayOrder`, `namespaces`,
/// …). The value is what the file says: a text, a number, true, a list or, for Json and JsonSchema,
/// any value.
struct Condition
{
    RuleOperator op = RuleOperator::Equals;
    JsonValue value;
    JsonObject options;
    bool negated = false;

    bool operator==(const Condition &) const = default;
};

struct RuleLeaf
{
    RuleTarget target;
    std::vector<Condition> conditions; ///< all must hold; at least one

    bool operator==(const RuleLeaf &) const = default;
};

struct Rule;

struct RuleGroup
{
    enum class Kind { All, Any, None };
    Kind kind = Kind::All;
    std::vector<Rule> rules;

    bool operator==(const RuleGroup &) const;
};

/// A node of the tree under `when`.
struct Rule
{
    std::variant<RuleGroup, RuleLeaf> node;
    SourceMark origin{}; ///< of what was imported

    bool operator==(const Rule &) const = default;
};

inline bool RuleGroup::operator==(const RuleGroup &other) const
{
    return kind == other.kind && rules == other.rules;
}

/// "query.page", "body:$.items": the target as the file writes it.
std::string ruleTargetText(const RuleTarget &target);

/// The inverse; false if `text` names no target.
bool parseRuleTarget(std::string_view text, RuleTarget &target);

} // namespace understudy
