// SPDX-License-Identifier: Apache-2.0
#include "core/template/wiremock/helpers.h"

#include "core/template/wiremock/values.h"

namespace understudy::wiremock {

using handlebars::HelperCall;
using handlebars::Value;

Value inlineError(const std::string &message) { return Value("[ERROR: " + message + "]"); }

std::optional<std::string> textOrBlock(HelperCall &call, std::size_t index)
{
    if (index < call.size())
        return textOf(call[index]);
    if (call.isBlock())
        return call.captured();
    return std::nullopt;
}

std::string optionOr(const HelperCall &call, std::string_view name, std::string_view otherwise)
{
    const Value &given = call.option(name);
    return given.isMissing() ? std::string(otherwise) : textOf(given);
}

JsonArray listOf(HelperCall &call, const Value &value)
{
    if (value.ifList())
        return call.copiedList(value);
    JsonArray out;
    if (!value.isUndefined())
        out.push_back(call.copied(value));
    return out;
}

WorkBudget &workOf(HelperCall &call)
{
    thread_local WorkBudget alone(kConditionWork);
    if (call.scope())
        return call.scope()->work;
    alone = WorkBudget(kConditionWork);
    return alone;
}

Value assigned(HelperCall &call, const Value &name, Value value)
{
    call.keeps(value);
    if (handlebars::RenderScope *scope = call.scope(); scope && !call.hasFailed())
        scope->assigned[textOf(name)] = std::move(value);
    return {};
}

const handlebars::HelperTable &helperTable()
{
    static const handlebars::HelperTable table(
        {handlebars::builtinHelpers(), logicHelpers(), textHelpers(), codingHelpers(),
         listHelpers(), numberHelpers(), numberFormatHelpers(), randomHelpers(), dateHelpers(),
         jsonHelpers(), jsonEditHelpers(), xmlHelpers()});
    return table;
}

} // namespace understudy::wiremock
