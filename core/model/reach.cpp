// SPDX-License-Identifier: Apache-2.0
#include "core/model/reach.h"

#include "core/base/json_value.h"
#include "core/base/text.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>
#include <map>

namespace understudy {

namespace {

/// Whether `winner` answers every method that `loser` answers.
bool coversMethods(const Endpoint &winner, const Endpoint &loser)
{
    return std::all_of(loser.methods.begin(), loser.methods.end(), [&](const std::string &m) {
        return std::find(winner.methods.begin(), winner.methods.end(), m) != winner.methods.end()
               || std::find(winner.methods.begin(), winner.methods.end(), "ANY")
                      != winner.methods.end();
    });
}

bool isKnownMethod(std::string_view method)
{
    constexpr std::array<std::string_view, 9> known{"GET",     "HEAD",  "POST",  "PUT", "DELETE",
                                                    "OPTIONS", "PATCH", "TRACE", "ANY"};
    return std::find(known.begin(), known.end(), method) != known.end();
}

/// Whether a group says beside "this text" also "this number", so that both are meant.
bool hasTwin(const RuleGroup *group, const RuleTarget &target, std::string_view text)
{
    if (!group || group->kind != RuleGroup::Kind::Any)
        return false;
    return std::any_of(group->rules.begin(), group->rules.end(), [&](const Rule &rule) {
        const auto *leaf = std::get_if<RuleLeaf>(&rule.node);
        return leaf && leaf->target == target
               && std::any_of(
                   leaf->conditions.begin(), leaf->conditions.end(), [&](const Condition &c) {
                       const JsonNumber *number = c.value.ifNumber();
                       return c.op == RuleOperator::Json && number && number->text == text;
                   });
    });
}

/// Looks at one endpoint after the other.
class ReachChecker
{
public:
    explicit ReachChecker(const Server &server)
        : m_server(server)
    {}

    std::vector<Finding> run()
    {
        forEachEndpoint(m_server, [this](const EndpointVisit &visit) {
            if (visit.enabled)
                endpoint(visit.endpoint);
        });
        for (const Shadowing &shadowing : findShadowed(m_server)) {
            const Endpoint *winner = findEndpoint(m_server, shadowing.winner);
            m_endpoint = shadowing.loser;
            warn("path", "it is never reached: " + endpointLabel(*winner) + " (" + winner->id
                             + ") stands before it and answers every such request");
        }
        return std::move(m_findings);
    }

private:
    void warn(std::string field, std::string message)
    {
        m_findings.push_back(
            {Severity::Warning, m_endpoint, m_response, std::move(field), std::move(message), {}});
    }

    void endpoint(const Endpoint &e)
    {
        m_endpoint = e.id;
        for (const std::string &method : e.methods) {
            const std::string upper = text::toUpper(method);
            if (method == "*" || upper == "ALL")
                warn("method", text::inQuotes(method)
                                   + " is taken for the name of a method: did you mean ANY?");
            else if (upper != method && isKnownMethod(upper))
                warn("method", "methods are compared with their case: did you mean "
                                   + text::inQuotes(upper) + "? Clients do not send "
                                   + text::inQuotes(method));
        }
        path(e.path);
        if (e.responses.empty() && e.crud.empty())
            warn("responses", "it has no responses, so it answers no request");
        responses(e);
        m_endpoint.clear();
    }

    void responses(const Endpoint &e)
    {
        const Response *always = nullptr;
        for (const Response &r : e.responses) {
            m_response = r.id;
            if (r.when)
                rule(*r.when);
            const bool isFirst = e.select == Selection::First || e.select == Selection::Bucket;
            if (isFirst && !r.when && r.times != 0U) {
                if (always)
                    warn("when", "it is never chosen: " + responseLabel(*always)
                                     + " stands before it, also without rules");
                else if (!r.times)
                    always = &r;
            }
            m_response.clear();
        }
    }

    /// What other programs write in a path, and what is no part of one.
    void path(std::string_view path)
    {
        if (path.starts_with("regex:"))
            return;
        int depth = 0;
        for (std::size_t i = 0; i < path.size(); ++i) {
            depth += path[i] == '{' ? 1 : path[i] == '}' ? -1 : 0;
            if (depth != 0)
                continue;
            if (path[i] == '?' || path[i] == '#') {
                warn("path",
                     text::inQuotes(path.substr(i))
                         + (path[i] == '?' ? " is a query, and a path is compared without it: it "
                                             "never matches; use a rule on query.NAME"
                                           : " is a fragment, which clients do not send: it never "
                                             "matches"));
                return;
            }
            const std::string_view name
                = path.substr(i + 1, std::min(path.find('/', i + 1), path.size()) - i - 1);
            if (path[i] == '/' && name.size() > 1 && name.starts_with(':'))
                warn("path", text::inQuotes(name) + " is plain text here: did you mean {"
                                 + std::string(name.substr(1)) + "}?");
        }
    }

    void rule(const Rule &rule, const RuleGroup *parent = nullptr)
    {
        if (const auto *group = std::get_if<RuleGroup>(&rule.node)) {
            for (const Rule &child : group->rules)
                this->rule(child, group);
            return;
        }
        const auto &leaf = std::get<RuleLeaf>(rule.node);
        for (const Condition &condition : leaf.conditions) {
            if (leaf.target.kind == RuleTarget::Kind::Method)
                methodValue(condition);
            const std::string *text = condition.value.ifString();
            if (condition.op == RuleOperator::Json && text
                && !hasTwin(parent, leaf.target, text::trim(*text)))
                jsonText(leaf.target, *text);
        }
    }

    void methodValue(const Condition &condition)
    {
        const auto check = [this](const JsonValue &value) {
            const std::string *method = value.ifString();
            const std::string upper = method ? text::toUpper(*method) : std::string();
            if (method && upper != *method && isKnownMethod(upper))
                warn("when:method", "methods are compared with their case: did you mean "
                                        + text::inQuotes(upper) + "? Clients do not send "
                                        + text::inQuotes(*method));
        };
        switch (condition.op) {
        case RuleOperator::Equals:
            check(condition.value);
            break;
        case RuleOperator::OneOf:
        case RuleOperator::HasExactly:
        case RuleOperator::Includes:
            if (const JsonArray *list = condition.value.ifArray())
                std::for_each(list->begin(), list->end(), check);
            break;
        default:
            break;
        }
    }

    /// `json` with a text that is itself JSON: the value in it is meant.
    void jsonText(const RuleTarget &target, std::string_view text)
    {
        const auto inner = JsonValue::parse(text::trim(text));
        if (!inner || inner->isString())
            return;
        std::string_view what = "null";
        if (inner->isArray() || inner->isObject())
            what = "list or object";
        else if (inner->isNumber())
            what = "number";
        else if (inner->isBool())
            what = "true or false";
        warn("when:" + ruleTargetText(target), "'json' is compared with a text here, not with the "
                                                   + std::string(what)
                                                   + " in it: leave the quotes away");
    }

    const Server &m_server;
    std::vector<Finding> m_findings;
    std::string m_endpoint;
    std::string m_response;
};

} // namespace

bool alwaysAnswers(const Endpoint &endpoint)
{
    if (endpoint.requires_)
        return false;
    return std::any_of(endpoint.responses.begin(), endpoint.responses.end(),
                       [](const Response &r) { return !r.when && !r.times; });
}

std::string shapeOf(const PathPattern &pattern)
{
    if (pattern.rank == PathPattern::Rank::Regex)
        return "regex:" + pattern.regex;
    std::string shape;
    for (const PathSegment &segment : pattern.segments) {
        shape += '/';
        switch (segment.kind) {
        case PathSegment::Kind::Literal:
            shape += http::percentEncode(segment.literal);
            break;
        case PathSegment::Kind::Pattern:
            shape += "{:" + segment.regex + '}';
            break;
        case PathSegment::Kind::Any:
            shape += '*';
            break;
        case PathSegment::Kind::Rest:
            shape += segment.prefix + "{*}";
            break;
        case PathSegment::Kind::Parameter:
            shape += segment.prefix + "{}" + segment.suffix;
            break;
        }
    }
    return shape + (pattern.trailingSlash ? "/" : "");
}

std::vector<Shadowing> findShadowed(const Server &server)
{
    std::vector<Shadowing> found;
    std::map<std::string, std::vector<const Endpoint *>> byShape;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        if (!visit.enabled)
            return;
        if (const auto pattern = parsePathPattern(visit.endpoint.path, server.base))
            byShape[shapeOf(*pattern)].push_back(&visit.endpoint);
    });
    for (auto &entry : byShape) {
        std::vector<const Endpoint *> &endpoints = entry.second;
        // The order in which they are asked: priority, then the order of the file.
        std::stable_sort(
            endpoints.begin(), endpoints.end(),
            [](const Endpoint *a, const Endpoint *b) { return a->priority < b->priority; });
        for (std::size_t i = 1; i < endpoints.size(); ++i) {
            const auto winner = std::find_if(
                endpoints.begin(), endpoints.begin() + static_cast<std::ptrdiff_t>(i),
                [&](const Endpoint *e) {
                    return alwaysAnswers(*e) && coversMethods(*e, *endpoints[i]);
                });
            if (winner != endpoints.begin() + static_cast<std::ptrdiff_t>(i))
                found.push_back({endpoints[i]->id, (*winner)->id});
        }
    }
    return found;
}

namespace {

/// False where two paths as written cannot have one shape: where they differ in plain text.
bool mayShareShape(std::string_view a, std::string_view b)
{
    constexpr std::string_view regex = "regex:";
    if (a.starts_with(regex) || b.starts_with(regex))
        return true;
    constexpr std::string_view special = "{}*:%()[]\\";
    const auto [atA, atB] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    const auto segment = [&](std::string_view path, std::size_t at) {
        const std::size_t begin = at == 0 ? 0 : path.rfind('/', at - 1);
        const std::size_t from = begin == std::string_view::npos ? 0 : begin;
        return path.substr(from, path.find('/', std::max(at, from + 1)) - from);
    };
    const std::string_view mine = segment(a, static_cast<std::size_t>(atA - a.begin()));
    const std::string_view theirs = segment(b, static_cast<std::size_t>(atB - b.begin()));
    const bool isPlain = mine.find_first_of(special) == std::string_view::npos
                         && theirs.find_first_of(special) == std::string_view::npos
                         && mine.size() > 1 && theirs.size() > 1;
    return !isPlain || mine == theirs;
}

} // namespace

std::optional<std::string> findShadower(const Server &server, std::string_view id)
{
    const Endpoint *loser = findEndpoint(server, id);
    const auto pattern = loser ? parsePathPattern(loser->path, server.base) : Error{};
    if (!pattern)
        return std::nullopt;
    const std::string shape = shapeOf(*pattern);
    const Endpoint *winner = nullptr;
    bool isBefore = true; // in the order of the file
    bool isEnabled = false;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        const Endpoint &other = visit.endpoint;
        if (&other == loser) {
            isBefore = false;
            isEnabled = visit.enabled;
            return;
        }
        const bool isAsked
            = isBefore ? other.priority <= loser->priority : other.priority < loser->priority;
        if (!visit.enabled || !isAsked || (winner && winner->priority <= other.priority)
            || !mayShareShape(other.path, loser->path) || !alwaysAnswers(other)
            || !coversMethods(other, *loser))
            return;
        const auto its = parsePathPattern(other.path, server.base);
        if (its && shapeOf(*its) == shape)
            winner = &other;
    });
    return winner && isEnabled ? std::optional(winner->id) : std::nullopt;
}

std::vector<Finding> findUnreachable(const Server &server) { return ReachChecker(server).run(); }

} // namespace understudy
