// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/work_budget.h"
#include "core/match/schema/json_schema.h"
#include "core/match/schema/node.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace understudy::json_schema {

/// Holds one value against a schema. One use; refers to what it was made with.
class Validator
{
public:
    /// `fault`: where the first place that does not fit is written; null: nobody asks.
    Validator(const Schema &schema, WorkBudget &budget, SchemaFault *fault);

    MatchVerdict run(const JsonValue &value);

private:
    static constexpr auto Yes = MatchVerdict::Yes;
    static constexpr auto No = MatchVerdict::No;
    static constexpr auto Undecided = MatchVerdict::Undecided;
    static constexpr std::uint64_t kNodeWork = 60;

    /// The way to a value, for a fault.
    struct Place
    {
        const Place *outer = nullptr;
        std::string_view name{};
        std::size_t index = 0;
        bool isIndex = false;
    };
    /// Which items or members of a value some schema looked at.
    using Evaluated = std::vector<bool>;
    /// A value on its way through the schemas that apply to it.
    struct Subject
    {
        const JsonValue &value;
        const Place &place;
        Evaluated *evaluated; ///< null: nobody asks
    };

    MatchVerdict check(NodeId id, const Subject &subject);
    MatchVerdict checkNode(const Node &node, const Subject &subject);
    MatchVerdict checkKind(const Node &node, const Subject &subject);
    MatchVerdict checkNumber(const Node &node, const Subject &subject, const JsonNumber &number);
    MatchVerdict checkText(const Node &node, const Subject &subject, const std::string &text);
    MatchVerdict checkItems(const Node &node, const Subject &subject, const JsonArray &items);
    MatchVerdict checkContained(const Node &node, const Subject &subject, const JsonArray &items);
    MatchVerdict checkUnique(const Subject &subject, const JsonArray &items);
    MatchVerdict checkMembers(const Node &node, const Subject &subject, const JsonObject &members);
    MatchVerdict checkMember(const Node &node, const Subject &subject, const JsonMember &member,
                             std::size_t index);
    MatchVerdict checkDependencies(const Node &node, const Subject &subject,
                                   const JsonObject &members);
    MatchVerdict checkLogic(const Node &node, const Subject &subject);
    MatchVerdict checkSome(const Node &node, const Subject &subject);
    MatchVerdict checkUnevaluated(const Node &node, const Subject &subject);

    /// A schema whose failure is no fault of the whole.
    MatchVerdict checkQuietly(NodeId id, const Subject &subject);
    NodeId referenceOf(const Node &node) const;
    MatchVerdict part(NodeId id, const JsonValue &value, const Place &place);
    /// Of a value, for a fault; empty where nobody asks.
    std::string shown(const JsonValue &value) const;
    MatchVerdict fail(const Place &place, std::initializer_list<std::string_view> message);

    const Schema &m_schema;
    WorkBudget &m_budget;
    SchemaFault *m_fault;
    std::size_t m_depth = 0;
    std::vector<std::uint32_t> m_scope; ///< resources that were entered, outermost first
};

} // namespace understudy::json_schema
