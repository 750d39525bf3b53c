// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/filter_properties.h"

#include "core/base/text.h"
#include "core/model/fault_catalogue.h"
#include "core/traffic/filter_completion.h"
#include "core/traffic/filter_text.h"

#include <algorithm>
#include <array>
#include <optional>

namespace understudy::filter {

const FaultDraw *faultOf(const Exchange &exchange)
{
    return exchange.behaviour && exchange.behaviour->fault ? &*exchange.behaviour->fault : nullptr;
}

namespace {

bool isUnmatched(const Exchange &exchange)
{
    return exchange.match == MatchKind::NoEndpoint || exchange.match == MatchKind::NoRule;
}

bool isError(const Exchange &exchange)
{
    return exchange.status >= 400 || exchange.status == 0 || !exchange.error.empty()
           || exchange.match == MatchKind::BadRequest;
}

struct Property
{
    std::string_view name;
    bool (*holds)(const Exchange &, const FilterContext &);
};

constexpr std::array kProperties{
    Property{"unmatched", [](const Exchange &e, const FilterContext &) { return isUnmatched(e); }},
    Property{"matched", [](const Exchange &e,
                           const FilterContext &) { return e.match == MatchKind::Matched; }},
    Property{"fault",
             [](const Exchange &e, const FilterContext &) { return faultOf(e) != nullptr; }},
    Property{"proxied", [](const Exchange &e,
                           const FilterContext &) { return e.match == MatchKind::Proxied; }},
    Property{"callback", [](const Exchange &e,
                            const FilterContext &) { return e.match == MatchKind::Callback; }},
    Property{"pinned", [](const Exchange &, const FilterContext &c) { return c.pinned; }},
    Property{"error", [](const Exchange &e, const FilterContext &) { return isError(e); }},
    Property{"tls", [](const Exchange &e, const FilterContext &) { return !e.tls.empty(); }}};

} // namespace

Result<NodePtr> isTerm(const std::vector<Value> &values)
{
    std::vector<bool (*)(const Exchange &, const FilterContext &)> tests;
    for (const Value &value : values) {
        const std::string name = text::toLower(value.text);
        const auto known = std::find_if(kProperties.begin(), kProperties.end(),
                                        [&](const Property &p) { return p.name == name; });
        if (known != kProperties.end()) {
            tests.push_back(known->holds);
            continue;
        }
        std::string names;
        for (const Property &property : kProperties) {
            if (property.name.starts_with(name))
                return unfinished("'is:" + std::string(property.name) + "'?", value.column);
            names += (names.empty() ? "" : ", ") + std::string(property.name);
        }
        return syntaxError("'is:' knows no '" + value.text + "', only " + names, value.column);
    }
    return term([tests](const Exchange &exchange, const FilterContext &context) {
        return std::any_of(tests.begin(), tests.end(),
                           [&](auto holds) { return holds(exchange, context); });
    });
}

Result<NodePtr> faultTerm(const std::vector<Value> &values)
{
    struct Wanted
    {
        std::optional<FaultKind> kind;
        TextPattern label;
    };
    std::vector<Wanted> wanted;
    wanted.reserve(values.size());
    for (const Value &value : values)
        wanted.push_back(
            {faultKindFromName(text::toLower(value.text)), TextPattern::literal(value.text)});
    return term([wanted](const Exchange &exchange, const FilterContext &) {
        const FaultDraw *fault = faultOf(exchange);
        return fault && std::any_of(wanted.begin(), wanted.end(), [fault](const Wanted &each) {
                   return each.kind ? fault->kind == *each.kind : each.label.isIn(fault->label);
               });
    });
}

Result<NodePtr> markTerm(const std::vector<Value> &values)
{
    return term([values](const Exchange &, const FilterContext &context) {
        return std::any_of(values.begin(), values.end(), [&](const Value &value) {
            return text::equalsIgnoreCase(value.text, context.mark);
        });
    });
}

std::vector<std::string_view> propertyNames()
{
    std::vector<std::string_view> names;
    names.reserve(kProperties.size());
    for (const Property &property : kProperties)
        names.push_back(property.name);
    return names;
}

} // namespace understudy::filter
