// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/helper.h"
#include "core/template/render_scope.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The helpers of WireMock 3.13 and those that it takes from Handlebars.java
/// (reference/wiremock.md section 9), a table for each kind.
namespace understudy::wiremock {

std::span<const handlebars::Helper> logicHelpers();
std::span<const handlebars::Helper> textHelpers();
std::span<const handlebars::Helper> codingHelpers();
std::span<const handlebars::Helper> listHelpers();
std::span<const handlebars::Helper> numberHelpers();
std::span<const handlebars::Helper> numberFormatHelpers();
std::span<const handlebars::Helper> randomHelpers();
std::span<const handlebars::Helper> dateHelpers();
std::span<const handlebars::Helper> jsonHelpers();
std::span<const handlebars::Helper> jsonEditHelpers();
std::span<const handlebars::Helper> xmlHelpers();

/// All of them, with those of Handlebars.
const handlebars::HelperTable &helperTable();

// What several of them do.

/// How a helper says what is wrong: in the text, "[ERROR: message]". The answer goes on.
handlebars::Value inlineError(const std::string &message);
/// The argument of a helper that takes a text or a block of it; nothing if there is neither.
std::optional<std::string> textOrBlock(handlebars::HelperCall &call, std::size_t index = 0);
/// The argument, or `otherwise` where there is none.
std::string optionOr(const handlebars::HelperCall &call, std::string_view name,
                     std::string_view otherwise);
/// The items of a list; a value alone is a list of itself.
JsonArray listOf(handlebars::HelperCall &call, const handlebars::Value &value);
/// What searches of this rendering may still cost.
WorkBudget &workOf(handlebars::HelperCall &call);
/// Into a variable that the rest of the text reads by its name; yields nothing.
handlebars::Value assigned(handlebars::HelperCall &call, const handlebars::Value &name,
                           handlebars::Value value);

} // namespace understudy::wiremock
