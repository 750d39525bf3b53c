// SPDX-License-Identifier: Apache-2.0
#include "core/formats/described/asker.h"

#include "core/base/json_text.h"
#include "core/base/regex.h"
#include "core/http/uri.h"
#include "core/model/edit.h"

#include <algorithm>
#include <array>

namespace understudy::formats::described {

namespace {

std::string plainText(const JsonValue &value)
{
    const std::string *text = value.ifString();
    return text ? *text : writeJson(value);
}

std::string encodedPair(const std::string &name, const std::string &value)
{
    return http::percentEncode(name) + '=' + http::percentEncode(value);
}

void join(std::string &to, std::string_view separator, const std::string &text)
{
    to += std::string(to.empty() ? "" : separator) + text;
}

bool addEqual(const RuleTarget &target, const std::string &value, Needs &needs)
{
    using Kind = RuleTarget::Kind;
    switch (target.kind) {
    case Kind::PathParameter:
        needs.path[target.name] = value;
        return true;
    case Kind::Query:
        join(needs.query, "&", encodedPair(target.name, value));
        return true;
    case Kind::Header:
        if (!http::isToken(target.name) || !http::isFieldValue(value))
            return false;
        needs.headers.push_back({target.name, value});
        return true;
    case Kind::Cookie:
        if (!http::isFieldValue(value) || value.find(';') != std::string::npos)
            return false;
        join(needs.cookies, "; ", target.name + '=' + value);
        return true;
    case Kind::Form:
        join(needs.form, "&", encodedPair(target.name, value));
        return true;
    case Kind::Body:
        needs.body = value;
        return true;
    default:
        return false;
    }
}

bool addCondition(const RuleTarget &target, const Condition &condition, Needs &needs)
{
    if (condition.negated)
        return false;
    if (condition.op == RuleOperator::Json && target.kind == RuleTarget::Kind::Body) {
        needs.body = writeJson(condition.value);
        needs.isJson = true;
        return true;
    }
    return condition.op == RuleOperator::Equals
           && addEqual(target, plainText(condition.value), needs);
}

} // namespace

std::string originOf(const Server &server)
{
    return (server.listen.tls ? "https" : "http") + std::string("://127.0.0.1:")
           + std::to_string(server.listen.port);
}

void Asker::forEachQuestion(const Server &server, const std::function<void(const Question &)> &ask)
{
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        const std::string subject = endpointLabel(visit.endpoint);
        const auto pattern = parsePathPattern(visit.endpoint.path, server.base);
        if (!visit.enabled || !pattern || pattern->rank == PathPattern::Rank::Regex) {
            m_notes.notServed(
                subject, visit.enabled ? "no address follows from a regular expression; left out"
                                       : "it is switched off; left out");
            return;
        }
        Needs needs = needsOf(visit.endpoint, subject);
        std::string target
            = pathText(*pattern, needs, subject) + (needs.query.empty() ? "" : '?' + needs.query);
        ask({visit.endpoint, subject, std::move(target), std::move(needs)});
    });
}

/// What its first answer wants.
Needs Asker::needsOf(const Endpoint &endpoint, const std::string &subject)
{
    Needs needs;
    if (!endpoint.responses.empty() && endpoint.responses.front().when)
        rule(*endpoint.responses.front().when, needs, subject);
    const auto ruled = std::count_if(
        endpoint.responses.begin(), endpoint.responses.end(),
        [&](const Response &r) { return &r != &endpoint.responses.front() && r.when; });
    if (ruled > 0)
        m_notes.notServed(subject, m_noun + " asks for its first answer; " + std::to_string(ruled)
                                       + " more with rules have none");
    return needs;
}

void Asker::rule(const Rule &each, Needs &needs, const std::string &subject)
{
    if (const auto *leaf = std::get_if<RuleLeaf>(&each.node)) {
        for (const Condition &condition : leaf->conditions) {
            if (!addCondition(leaf->target, condition, needs))
                m_notes.notServed(subject, m_noun + " does not say what the rule for "
                                               + ruleTargetText(leaf->target) + " wants");
        }
        return;
    }
    const auto &group = std::get<RuleGroup>(each.node);
    if (group.kind == RuleGroup::Kind::None) {
        m_notes.notServed(subject, m_noun + " does not say what a rule with 'none' wants");
        return;
    }
    // One of `any` is enough.
    const std::size_t count
        = group.kind == RuleGroup::Kind::Any && !group.rules.empty() ? 1 : group.rules.size();
    for (std::size_t i = 0; i < count; ++i)
        rule(group.rules[i], needs, subject);
}

/// A value that the expression of a parameter takes.
std::string Asker::valueFor(const PathSegment &segment, const std::string &subject)
{
    constexpr std::array<std::string_view, 7> samples{
        "1", "a", "abc", "123", "2024-01-31", "00000000-0000-4000-8000-000000000000", "a-1"};
    if (segment.kind != PathSegment::Kind::Pattern)
        return "1";
    if (const auto regex = Regex::compile(segment.regex, Regex::Anchoring::Whole)) {
        const auto fitting = std::find_if(samples.begin(), samples.end(),
                                          [&](auto sample) { return regex->matches(sample); });
        if (fitting != samples.end())
            return std::string(*fitting);
    }
    m_notes.notServed(subject, m_noun + " has no value that fits {" + segment.name + ':'
                                   + segment.regex + '}');
    return "1";
}

/// A path that fits, percent-encoded.
std::string Asker::pathText(const PathPattern &pattern, const Needs &needs,
                            const std::string &subject)
{
    constexpr std::string_view kept = "!$&'()*+,;=:@";
    std::string out;
    for (const PathSegment &segment : pattern.segments) {
        out += '/';
        if (segment.kind == PathSegment::Kind::Literal) {
            out += http::percentEncode(segment.literal, kept);
            continue;
        }
        const auto given = needs.path.find(segment.name);
        const std::string value
            = given == needs.path.end() ? valueFor(segment, subject) : given->second;
        out += http::percentEncode(segment.prefix + value + segment.suffix, kept);
    }
    return out.empty() || pattern.trailingSlash ? out + '/' : out;
}

} // namespace understudy::formats::described
