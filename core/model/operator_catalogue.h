// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/rule.h"

#include <span>
#include <string_view>

/// What each operator of a rule is called and takes (format.md, Rules): the one table that the
/// reader, the schema's test, the window and the help share. What an operator does stands in
/// core/match/operators.
namespace understudy {

/// What an operator's value may be.
enum class OperatorValue {
    Flag,    ///< true, or false for the opposite
    Text,    ///< always a text
    Word,    ///< a text; a number or a boolean where it stands bare in the file
    Scalar,  ///< a text, a number or a boolean
    Number,  ///< a number, or a text that reads as one
    Choices, ///< at least one scalar
    List,    ///< a list of values, which may be empty
    Json     ///< any value
};

/// An extra key beside the operator.
struct OperatorOption
{
    enum class Kind {
        Flag, ///< true or false
        Names ///< a map of texts
    };
    std::string_view name;
    Kind kind;
};

struct OperatorTraits
{
    RuleOperator op;
    std::string_view name; ///< as the file writes it
    OperatorValue value;
    std::span<const OperatorOption> options{};
};

/// One row an operator, in the order of RuleOperator.
std::span<const OperatorTraits> operatorCatalogue();
const OperatorTraits &operatorTraits(RuleOperator op);
/// Null if no operator has the name.
const OperatorTraits *findOperator(std::string_view name);
/// The option of that name; null if the operator has none such.
const OperatorOption *findOption(const OperatorTraits &traits, std::string_view name);

} // namespace understudy
