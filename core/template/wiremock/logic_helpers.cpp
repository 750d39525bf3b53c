// SPDX-License-Identifier: Apache-2.0
// Conditions, loops and variables.
#include "core/base/decimal.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/values.h"

#include <algorithm>
#include <compare>
#include <cstdlib>

namespace understudy::wiremock {

using handlebars::DataFrame;
using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

/// Handlebars.java's: 0 is nothing, too.
bool holds(const Value &value)
{
    const double *number = value.ifNumber();
    return !value.isEmpty() && !(number && *number == 0);
}

/// As a block it renders one of its sides; otherwise it is true or false, or what `yes` and `no`
/// say.
Value decided(HelperCall &call, bool isTrue)
{
    if (call.isBlock()) {
        isTrue ? call.body() : call.inverse();
        return {};
    }
    const Value &said = call.option(isTrue ? "yes" : "no");
    return said.isUndefined() ? Value(isTrue) : said;
}

/// What has a text of its own counts as that text beside another.
bool areEqual(const Value &a, const Value &b)
{
    if (a.isMissing() || b.isMissing())
        return a.isMissing() && b.isMissing();
    if (a.shared() && b.shared())
        return *a.shared() == *b.shared();
    if (a.kind() == Value::Kind::Shown || b.kind() == Value::Kind::Shown)
        return textOf(a) == textOf(b);
    return a.isSame(b);
}

bool isTextual(const Value &value) { return value.isText() || value.kind() == Value::Kind::Shown; }

/// Texts are compared as texts, "10" before "9"; anything else as numbers.
std::optional<std::partial_ordering> order(HelperCall &call)
{
    const Value &a = call[0];
    const Value &b = call[1];
    if (isTextual(a) && isTextual(b))
        return textOf(a) <=> textOf(b);
    if (a.ifDate() && b.ifDate())
        return *a.ifDate() <=> *b.ifDate();
    const auto left = Decimal::parse(textOf(a));
    const auto right = Decimal::parse(textOf(b));
    if (left && right)
        return *left <=> *right;
    call.fail('\'' + std::string(call.name()) + "' cannot compare '" + textOf(a) + "' with '"
              + textOf(b) + '\'');
    return std::nullopt;
}

Value eq(HelperCall &call) { return decided(call, areEqual(call[0], call[1])); }
Value neq(HelperCall &call) { return decided(call, !areEqual(call[0], call[1])); }

Value gt(HelperCall &call)
{
    const auto found = order(call);
    return found ? decided(call, *found > 0) : Value();
}

Value gte(HelperCall &call)
{
    const auto found = order(call);
    return found ? decided(call, *found >= 0) : Value();
}

Value lt(HelperCall &call)
{
    const auto found = order(call);
    return found ? decided(call, *found < 0) : Value();
}

Value lte(HelperCall &call)
{
    const auto found = order(call);
    return found ? decided(call, *found <= 0) : Value();
}

Value both(HelperCall &call)
{
    const auto all = call.arguments();
    return decided(call, std::all_of(all.begin(), all.end(), holds));
}

Value either(HelperCall &call)
{
    const auto all = call.arguments();
    return decided(call, std::any_of(all.begin(), all.end(), holds));
}

Value negated(HelperCall &call) { return decided(call, !holds(call[0])); }

bool isOddNumber(const Value &value)
{
    return std::abs(handlebars::wholeNumber(value.number())) % 2 == 1;
}

Value isEven(HelperCall &call)
{
    const Value said = call[1].isUndefined() ? Value("even") : call[1];
    return isOddNumber(call[0]) ? Value() : said;
}

Value isOdd(HelperCall &call)
{
    const Value said = call[1].isUndefined() ? Value("odd") : call[1];
    return isOddNumber(call[0]) ? said : Value();
}

Value stripes(HelperCall &call) { return call[isOddNumber(call[0]) ? 2 : 1]; }

Value yesno(HelperCall &call)
{
    const Value &value = call[0];
    if (value.isMissing())
        return optionOr(call, "maybe", "maybe");
    return holds(value) ? optionOr(call, "yes", "yes") : optionOr(call, "no", "no");
}

/// One round of `each`: `@first`, `@last`, `@odd` and `@even` are their own names, or empty.
void round(HelperCall &call, DataFrame &frame, const Value &item, const Value &key,
           std::size_t index, std::size_t count)
{
    const auto said = [](bool is, const char *name) { return is ? Value(name) : Value(""); };
    frame.set("key", key);
    frame.set("index", index);
    frame.set("first", said(index == 0, "first"));
    frame.set("last", said(index + 1 == count, "last"));
    frame.set("odd", said(index % 2 == 1, "odd"));
    frame.set("even", said(index % 2 == 0, "even"));
    call.body(item, &frame, {item, key});
}

Value each(HelperCall &call)
{
    DataFrame frame = call.frame();
    const std::size_t count
        = call.walk(call[0], [&](const Value &item, const Value &key, std::size_t index,
                                 std::size_t all) { round(call, frame, item, key, index, all); });
    if (count == 0)
        call.inverse();
    return {};
}

Value assign(HelperCall &call) { return assigned(call, call[0], call.captured()); }

/// The value, or where it is null the one of `or` or `default`; into a variable with `assign`.
Value val(HelperCall &call)
{
    Value value = call[0];
    if (value.isMissing()) {
        value = call.option("or");
        if (value.isUndefined())
            value = call.option("default");
    }
    const Value &name = call.option("assign");
    return name.isUndefined() ? value : assigned(call, name, value);
}

constexpr std::array kHelpers{
    Helper{"each", "list",
           "Renders the block for each item, with @index, @key, @first, @last, @odd.", each},
    Helper{"eq", "a b [yes=] [no=]", "Whether two values are equal.", eq},
    Helper{"neq", "a b [yes=] [no=]", "Whether two values differ.", neq},
    Helper{"gt", "a b [yes=] [no=]", "Whether a is greater than b.", gt},
    Helper{"gte", "a b [yes=] [no=]", "Whether a is greater than b or equal.", gte},
    Helper{"lt", "a b [yes=] [no=]", "Whether a is less than b.", lt},
    Helper{"lte", "a b [yes=] [no=]", "Whether a is less than b or equal.", lte},
    Helper{"and", "a b… [yes=] [no=]", "Whether none is empty, false or 0.", both},
    Helper{"or", "a b… [yes=] [no=]", "Whether one is not empty, false or 0.", either},
    Helper{"not", "a [yes=] [no=]", "Whether it is empty, false or 0.", negated},
    Helper{"isEven", "number [text]", "The text, or 'even', if the number is even.", isEven},
    Helper{"isOdd", "number [text]", "The text, or 'odd', if the number is odd.", isOdd},
    Helper{"stripes", "number even odd", "One text for even numbers, another for odd ones.",
           stripes},
    Helper{"yesno", "value [yes=] [no=] [maybe=]", "'yes', 'no', or 'maybe' for nothing.", yesno},
    Helper{"assign", "name", "Gives the block's text a name.", assign},
    Helper{"val", "value [or=] [default=] [assign=]", "A value, or another where there is none.",
           val},
};

} // namespace

std::span<const Helper> logicHelpers() { return kHelpers; }

} // namespace understudy::wiremock
