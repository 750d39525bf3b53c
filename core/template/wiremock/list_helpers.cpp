// SPDX-License-Identifier: Apache-2.0
#include "core/template/utf16.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/values.h"

#include <algorithm>

namespace understudy::wiremock {

using handlebars::DataFrame;
using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

Value array(HelperCall &call)
{
    JsonArray out;
    for (const Value &value : call.arguments())
        out.push_back(call.copied(value));
    return Value(std::move(out));
}

/// Where in a list of `size` items `position` says; `size` itself is its end.
std::optional<std::size_t> positionOf(HelperCall &call, std::size_t size, std::size_t otherwise)
{
    const Value &given = call.option("position");
    if (given.isUndefined())
        return otherwise;
    const std::string said = given.text();
    if (said == "start")
        return 0;
    if (said == "end")
        return size;
    const double number = given.number();
    return number >= 0 && number <= static_cast<double>(size)
                   && number == static_cast<double>(handlebars::wholeNumber(number))
               ? std::optional(static_cast<std::size_t>(number))
               : std::nullopt;
}

Value wrongPosition(HelperCall &call)
{
    const Value &given = call.option("position");
    return given.isNumber() ? inlineError(
               "position must be greater than or equal to 0 and less than or equal to "
               "the size of the list")
                            : inlineError("position must be 'start', 'end' or an integer");
}

Value arrayAdd(HelperCall &call)
{
    if (call.size() < 2)
        return inlineError("Missing required parameter: additional value to add to list");
    JsonArray out = listOf(call, call[0]);
    const auto at = positionOf(call, out.size(), out.size());
    if (!at)
        return wrongPosition(call);
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(*at), call.copied(call[1]));
    return Value(std::move(out));
}

Value arrayRemove(HelperCall &call)
{
    JsonArray out = listOf(call, call[0]);
    if (out.empty())
        return Value(std::move(out));
    const auto at = positionOf(call, out.size(), out.size());
    if (!at)
        return wrongPosition(call);
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(std::min(*at, out.size() - 1)));
    return Value(std::move(out));
}

std::string joined(HelperCall &call, const JsonArray &items, const std::string &between)
{
    std::string out = optionOr(call, "prefix", "");
    for (std::size_t i = 0; i < items.size() && call.fits(out.size()); ++i) {
        if (i > 0)
            out += between;
        write(Value::ofJson(items[i]), out);
    }
    return out + optionOr(call, "suffix", "");
}

/// A single list, or the values themselves.
JsonArray itemsOf(HelperCall &call, std::size_t from, std::size_t to)
{
    if (to == from + 1 && call[from].ifList())
        return call.copiedList(call[from]);
    JsonArray out;
    for (std::size_t i = from; i < to; ++i)
        out.push_back(call.copied(call[i]));
    return out;
}

/// With a block, what that makes of each item.
Value arrayJoin(HelperCall &call)
{
    if (call.size() == 0 || !call[0].isText())
        return inlineError("Separator parameter must be a String");
    if (!call.isBlock())
        return joined(call, itemsOf(call, 1, call.size()), call[0].text());
    const Value list = call[1];
    if (!list.ifList())
        return inlineError("The parameter must be list");
    std::string &out = call.output();
    out += optionOr(call, "prefix", "");
    DataFrame frame = call.frame();
    const std::size_t count = list.ifList()->size();
    for (std::size_t i = 0; i < count && call.mayGoOn(); ++i) {
        if (i > 0)
            out += call[0].text();
        const Value item = list.part((*list.ifList())[i]);
        frame.set("index", i);
        call.body(item, &frame, {item, i});
    }
    out += optionOr(call, "suffix", "");
    return {};
}

/// The separator comes last.
Value join(HelperCall &call)
{
    if (call.size() < 2)
        return call.fail("'join' takes values and a separator");
    const std::size_t last = call.size() - 1;
    return joined(call, itemsOf(call, 0, last), textOf(call[last]));
}

Value range(HelperCall &call)
{
    constexpr std::int64_t kMost = 1'000'000;
    if (!call[0].isNumber() || !call[1].isNumber())
        return inlineError(
            "The range helper requires both lower and upper bounds as integer parameters");
    const std::int64_t from = handlebars::wholeNumber(call[0].number());
    const std::int64_t to = handlebars::wholeNumber(call[1].number());
    if (to - from > kMost)
        return call.fail("a range has at most 1,000,000 numbers");
    JsonArray out;
    for (std::int64_t i = from; i <= to; ++i)
        out.emplace_back(JsonNumber{std::to_string(i)});
    return Value(std::move(out));
}

Value size(HelperCall &call)
{
    if (const JsonArray *list = call[0].ifList())
        return list->size();
    if (const JsonObject *object = call[0].ifObject())
        return object->size();
    return handlebars::utf16Length(textOf(call[0]));
}

Value pickRandom(HelperCall &call)
{
    JsonArray all = itemsOf(call, 0, call.size());
    if (all.empty() || !call.scope())
        return inlineError(
            "Must specify either a single list argument or a set of single value arguments.");
    const auto drawn = [&](std::size_t from) {
        return static_cast<std::size_t>(call.scope()->random(
            static_cast<std::int64_t>(from), static_cast<std::int64_t>(all.size()) - 1));
    };
    const Value &count = call.option("count");
    if (count.isUndefined())
        return Value::ofJson(std::move(all[drawn(0)]));
    const auto wanted = static_cast<std::size_t>(
        std::max<std::int64_t>(0, handlebars::wholeNumber(count.number())));
    const std::size_t most = std::min(wanted, all.size());
    for (std::size_t i = 0; i < most; ++i)
        std::swap(all[i], all[drawn(i)]);
    all.resize(most);
    return Value(std::move(all));
}

constexpr std::array kHelpers{
    Helper{"array", "a b…", "A list of its arguments.", array},
    Helper{"arrayAdd", "list value [position=]", "A list with one item more.", arrayAdd},
    Helper{"arrayRemove", "list [position=]", "A list with one item less.", arrayRemove},
    Helper{"arrayJoin", "separator list [prefix=] [suffix=]", "The items of a list as one text.",
           arrayJoin},
    Helper{"join", "list separator [prefix=] [suffix=]", "The same, the separator last.", join},
    Helper{"range", "from to", "The whole numbers between two, with both.", range},
    Helper{"size", "value", "How many characters, items or members there are.", size},
    Helper{"pickRandom", "list | a b… [count=]", "One item, or some, drawn.", pickRandom},
};

} // namespace

std::span<const Helper> listHelpers() { return kHelpers; }

} // namespace understudy::wiremock
