// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/formats/yaml/node.h"
#include "core/model/rule.h"

#include <optional>
#include <string>

namespace understudy::formats::mockserver {

/// A text that MockServer compares: `!` in front of it negates, `?` makes it optional; an object
/// `{"not": true, "value": "x"}` says the same, `{"schema": {…}}` is a JSON schema of the text.
struct Nottable
{
    std::string value;
    bool isNot = false;
    bool isOptional = false;
    const yaml::Node *schema = nullptr;
    yaml::Mark at;

    /// Every text will do.
    bool isBlank() const;
    /// The text is a regular expression with a meaning of its own.
    bool isPattern() const;
};

Nottable readNottable(const yaml::Node &node);
Nottable readNottable(const std::string &text, yaml::Mark at);

/// The expression a text stands for, as PCRE2 has it, with the text itself as an alternative where
/// the expression does not match it: MockServer tries both. The text alone where it is none, which
/// is noted, as is what Java reads otherwise.
std::string expressionOf(const std::string &value, yaml::Mark at, const Translation &scope);

/// What is asked of a target that is there, whatever the case of letters; `not` included.
Rule valueRule(const RuleTarget &target, const Nottable &text, const Translation &scope);

} // namespace understudy::formats::mockserver
