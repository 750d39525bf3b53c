// SPDX-License-Identifier: Apache-2.0
// Loops, switches and comparisons.
#include "core/template/dates.h"
#include "core/template/mockoon/helpers.h"

#include <cmath>

namespace understudy::mockoon {

using handlebars::DataFrame;
using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

// No name that a template can write.
constexpr std::string_view kSwitch = "switch value";
constexpr std::string_view kFound = "switch found";

void trimEnd(std::string &text) { text.resize(text.find_last_not_of(" \t\n\r\v\f") + 1); }

/// How often `repeat` goes round; nothing where that is no number.
std::optional<std::int64_t> roundsOf(HelperCall &call)
{
    constexpr double kMost = 10'000'000;
    const double least = call[0].number();
    if (std::isnan(least))
        return std::nullopt;
    if (call.size() < 2)
        return handlebars::wholeNumber(std::min(least, kMost));
    const double most = call[1].number();
    if (std::isnan(most) || !call.scope())
        return std::nullopt;
    return call.scope()->random(handlebars::wholeNumber(std::min(least, kMost)),
                                handlebars::wholeNumber(std::min(most, kMost)));
}

Value repeat(HelperCall &call)
{
    if (call.size() == 0 || !call.isBlock())
        return call.fail("'repeat' is a block and takes a number of times");
    const auto rounds = roundsOf(call);
    if (!rounds)
        return {};
    const Value &wish = call.option("comma");
    const bool hasCommas = wish.isUndefined() || wish.isTruthy();
    DataFrame frame = call.frame(DataFrame::Kind::Copy);
    std::string out;
    for (std::int64_t i = 0; i < *rounds && call.mayGoOn(); ++i) {
        const bool isLast = i + 1 == *rounds;
        frame.set("index", i);
        frame.set("total", *rounds);
        frame.set("first", i == 0);
        frame.set("last", isLast);
        out += call.captured(&frame);
        if (!hasCommas)
            continue;
        trimEnd(out);
        if (!isLast && !out.ends_with(','))
            out += ',';
        else if (isLast && out.ends_with(','))
            out.pop_back();
        out += '\n';
    }
    return out;
}

Value switchHelper(HelperCall &call)
{
    if (!call.isBlock())
        return call.fail("'switch' is a block");
    DataFrame frame = call.frame();
    frame.set(kSwitch, call[0]);
    frame.set(kFound, false);
    call.body(call.context(), &frame);
    return {};
}

Value caseHelper(HelperCall &call)
{
    const Value *wanted = call.data(kSwitch);
    const Value *isFound = call.data(kFound);
    if (!wanted || !isFound || isFound->isTruthy() || !wanted->isSame(call[0]))
        return {};
    call.setData(kFound, true);
    call.body();
    return {};
}

Value defaultHelper(HelperCall &call)
{
    const Value *isFound = call.data(kFound);
    if (isFound && !isFound->isTruthy())
        call.body();
    return {};
}

Value eq(HelperCall &call) { return call[0].isSame(call[1]); }
Value gt(HelperCall &call) { return call[0].number() > call[1].number(); }
Value gte(HelperCall &call) { return call[0].number() >= call[1].number(); }
Value lt(HelperCall &call) { return call[0].number() < call[1].number(); }
Value lte(HelperCall &call) { return call[0].number() <= call[1].number(); }

Value includes(HelperCall &call)
{
    const std::string text = call[0].ifList() ? std::string() : call[0].text();
    return text.find(call[1].text()) != std::string::npos;
}

Value isValidDate(HelperCall &call)
{
    if (const std::string *text = call[0].ifText())
        return handlebars::parseDate(*text).has_value();
    return call[0].ifDate() != nullptr
           || (call[0].ifNumber() && std::isfinite(*call[0].ifNumber()));
}

constexpr std::array kHelpers{
    Helper{"repeat", "times | least most [comma=true]",
           "Renders the block so often, with @index, @total, @first and @last.", repeat},
    Helper{"switch", "value", "Renders the first 'case' of that value, or 'default'.",
           switchHelper},
    Helper{"case", "value", "A block of 'switch'.", caseHelper},
    Helper{"default", "", "The last block of 'switch'.", defaultHelper},
    Helper{"eq", "a b", "Whether two values are the same, and of one type.", eq},
    Helper{"gt", "a b", "Whether a number is greater.", gt},
    Helper{"gte", "a b", "Whether a number is greater or equal.", gte},
    Helper{"lt", "a b", "Whether a number is less.", lt},
    Helper{"lte", "a b", "Whether a number is less or equal.", lte},
    Helper{"includes", "text search", "Whether a text contains another.", includes},
    Helper{"isValidDate", "date", "Whether something is a date.", isValidDate},
};

} // namespace

std::span<const Helper> blockHelpers() { return kHelpers; }

} // namespace understudy::mockoon
