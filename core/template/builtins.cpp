// SPDX-License-Identifier: Apache-2.0
// The helpers of Handlebars itself (https://handlebarsjs.com/guide/builtin-helpers.html).
#include "core/template/helper.h"

namespace understudy::handlebars {

namespace {

bool holds(HelperCall &call)
{
    const Value &value = call[0];
    const double *number = value.ifNumber();
    if (number && *number == 0)
        return call.option("includeZero").isTruthy();
    return !value.isEmpty();
}

Value ifHelper(HelperCall &call)
{
    if (call.size() != 1)
        return call.fail("#if requires exactly one argument");
    holds(call) ? call.body() : call.inverse();
    return {};
}

Value unlessHelper(HelperCall &call)
{
    if (call.size() != 1)
        return call.fail("#unless requires exactly one argument");
    holds(call) ? call.inverse() : call.body();
    return {};
}

Value withHelper(HelperCall &call)
{
    if (call.size() != 1)
        return call.fail("#with requires exactly one argument");
    if (call[0].isEmpty() && !(call[0].ifNumber() && *call[0].ifNumber() == 0))
        call.inverse();
    else
        call.body(call[0], nullptr, {call[0]});
    return {};
}

/// One round of `each`. What is set in a round is forgotten behind it.
void round(HelperCall &call, DataFrame &frame, const Value &item, const Value &key,
           std::size_t index, std::size_t count)
{
    frame.set("key", key);
    frame.set("index", index);
    frame.set("first", index == 0);
    frame.set("last", index + 1 == count);
    const std::size_t own = 4;
    frame.keep(own);
    call.body(item, &frame, {item, key});
}

Value eachHelper(HelperCall &call)
{
    if (call.size() != 1)
        return call.fail("Must pass iterator to #each");
    DataFrame frame = call.frame();
    const std::size_t count
        = call.walk(call[0], [&](const Value &item, const Value &key, std::size_t index,
                                 std::size_t all) { round(call, frame, item, key, index, all); });
    if (count == 0)
        call.inverse();
    return {};
}

Value lookupHelper(HelperCall &call)
{
    return call[0].isMissing() ? call[0] : call[0].member(call[1].text());
}

Value logHelper(HelperCall &) { return {}; }

constexpr std::array kBuiltins{
    Helper{"if", "value", "Renders the block if the value is not empty, false, 0 or missing.",
           ifHelper},
    Helper{"unless", "value", "Renders the block if the value is empty, false, 0 or missing.",
           unlessHelper},
    Helper{"each", "list", "Renders the block for each item, with @index, @key, @first and @last.",
           eachHelper},
    Helper{"with", "value", "Renders the block with the value as its context.", withHelper},
    Helper{"lookup", "object name", "A member of an object, or an item of a list.", lookupHelper},
    Helper{"log", "value…", "Writes nothing.", logHelper},
};

} // namespace

std::span<const Helper> builtinHelpers() { return kBuiltins; }

} // namespace understudy::handlebars
