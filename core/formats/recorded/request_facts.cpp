// SPDX-License-Identifier: Apache-2.0
#include "core/formats/recorded/request_facts.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/rule_parts.h"
#include "core/http/uri.h"

#include <map>

namespace understudy::formats::recorded {

namespace {

/// What jQuery and others add to a query so that no cache knows the answer.
constexpr std::string_view kCacheBuster = "_";

} // namespace

void RequestFacts::add(Kind kind, std::string name, std::string value)
{
    if (!name.empty())
        m_facts.insert(Fact{kind, text::asUtf8(std::move(name)), text::asUtf8(std::move(value))});
}

void RequestFacts::addQuery(std::string_view query)
{
    for (auto &[name, value] : http::parseQuery(query)) {
        if (name != kCacheBuster)
            add(Kind::Query, std::move(name), std::move(value));
    }
}

bool RequestFacts::addBody(std::string body, std::string_view mediaType)
{
    const std::string type = text::toLower(mediaType);
    if (type.find("multipart/") != std::string::npos)
        return body.empty();
    if (type.find("x-www-form-urlencoded") != std::string::npos) {
        for (auto &[name, value] : http::parseQuery(body))
            add(Kind::Form, std::move(name), std::move(value));
        return true;
    }
    if (body.empty())
        return true;
    if (const auto json = JsonValue::parse(body); json && (json->isObject() || json->isArray()))
        addJson(*json);
    else
        m_facts.insert(Fact{Kind::Body, {}, text::asUtf8(std::move(body))});
    return true;
}

void RequestFacts::addJson(const JsonValue &body)
{
    m_facts.insert(Fact{Kind::Body, {}, writeJson(body), true});
}

std::string RequestFacts::key() const
{
    std::string out;
    for (const Fact &fact : m_facts) {
        out += std::to_string(static_cast<int>(fact.kind)) + (fact.isJson ? "j" : "t");
        for (const std::string *part : {&fact.name, &fact.value})
            out += std::to_string(part->size()) + ':' + *part;
    }
    return out;
}

std::vector<Difference> tellApart(const std::vector<const RequestFacts *> &all)
{
    using Fact = RequestFacts::Fact;
    const auto isLess = [](const Fact *a, const Fact *b) { return *a < *b; };
    std::map<const Fact *, std::size_t, decltype(isLess)> counts(isLess);
    for (const RequestFacts *facts : all) {
        for (const Fact &fact : facts->m_facts)
            ++counts[&fact];
    }
    std::vector<Difference> out;
    for (const RequestFacts *facts : all) {
        std::vector<Rule> rules;
        for (const Fact &fact : facts->m_facts) {
            if (counts[&fact] == all.size())
                continue;
            RuleTarget target{fact.kind, fact.name, {}};
            if (fact.isJson)
                rules.push_back(
                    leaf(std::move(target), RuleOperator::Json, *JsonValue::parse(fact.value)));
            else
                rules.push_back(leaf(std::move(target), RuleOperator::Equals, fact.value));
        }
        Difference difference;
        difference.conditions = rules.size();
        if (!rules.empty())
            difference.when = allOf(std::move(rules));
        out.push_back(std::move(difference));
    }
    return out;
}

} // namespace understudy::formats::recorded
