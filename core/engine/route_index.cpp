// SPDX-License-Identifier: Apache-2.0
#include "core/engine/route_index.h"

#include "core/base/text.h"

#include <algorithm>
#include <tuple>

namespace understudy {

namespace {

using Kind = PathSegment::Kind;

bool fits(std::string_view segment, std::string_view prefix, std::string_view suffix)
{
    return segment.size() > prefix.size() + suffix.size() && segment.starts_with(prefix)
           && segment.ends_with(suffix);
}

std::string_view inner(std::string_view segment, std::string_view prefix, std::string_view suffix)
{
    return segment.substr(prefix.size(), segment.size() - prefix.size() - suffix.size());
}

bool names(const Route &route, std::string_view method)
{
    return std::find(route.methods.begin(), route.methods.end(), method) != route.methods.end();
}

/// The path from segment `depth` on, as text; a slash that is data stays %2F.
std::string restOf(const RequestView &request, std::size_t depth, std::size_t prefix)
{
    std::vector<std::string> segments = request.segments();
    if (depth < segments.size())
        segments[depth].erase(0, prefix);
    std::string out = joinSegments(segments, depth);
    if (request.hasTrailingSlash() && segments.size() > depth)
        out += '/';
    return out;
}

} // namespace

struct RouteIndex::Walk
{
    const RequestView &request;
    const std::vector<std::string> &segments; ///< folded if letter case does not count
    std::vector<std::uint32_t> found;
    std::string undecided{}; ///< an expression that took too much work

    bool matches(const Regex &regex, std::string_view text)
    {
        WorkShare share(request.work());
        const MatchVerdict verdict = regex.match(text, share.budget());
        if (verdict == MatchVerdict::Undecided && undecided.empty())
            undecided = regex.pattern();
        return verdict == MatchVerdict::Yes;
    }

    /// A slash in a segment is data: what excludes separators (`[^/]+`) takes it as %2F, as in
    /// whole paths.
    bool matchesSegment(const Regex &regex, std::string_view text)
    {
        return matches(regex, text)
               || (text.find('/') != std::string_view::npos
                   && matches(regex, joinSegments({std::string(text)})));
    }
};

std::string RouteIndex::folded(std::string_view text) const
{
    return m_options.caseInsensitive ? text::toLower(text) : std::string(text);
}

Result<RouteIndex> RouteIndex::build(std::vector<Route> routes, Options options)
{
    RouteIndex index;
    index.m_options = options;
    index.m_routes = std::move(routes);
    for (std::uint32_t i = 0; i < index.m_routes.size(); ++i) {
        if (auto inserted = index.insert(i); !inserted)
            return inserted.error();
    }
    return index;
}

Result<void> RouteIndex::insert(std::uint32_t index)
{
    const Route &route = m_routes[index];
    std::vector<std::uint32_t> &ways = m_byEndpoint[route.endpoint];
    ways.push_back(index);
    m_hasSeveralWays = m_hasSeveralWays || ways.size() > 1;
    if (route.pattern.rank == PathPattern::Rank::Regex) {
        auto regex = Regex::compile(route.pattern.regex, Regex::Anchoring::Whole,
                                    m_options.caseInsensitive);
        if (!regex)
            return regex.error();
        m_regexes.emplace_back(index, *std::move(regex));
        return {};
    }
    std::shared_ptr<Node> node = m_root;
    for (const PathSegment &segment : route.pattern.segments) {
        if (segment.kind == Kind::Rest) {
            node->rests.emplace_back(folded(segment.prefix), index);
            return {};
        }
        auto next = descend(*node, segment);
        if (!next)
            return next.error();
        node = *std::move(next);
    }
    node->ends.push_back(index);
    return {};
}

Result<std::shared_ptr<RouteIndex::Node>> RouteIndex::descend(Node &node,
                                                              const PathSegment &segment) const
{
    if (segment.kind == Kind::Literal) {
        auto &next = node.literals[folded(segment.literal)];
        if (!next)
            next = std::make_shared<Node>();
        return next;
    }
    const std::string prefix = folded(segment.prefix);
    const std::string suffix = folded(segment.suffix);
    const bool isBare = prefix.empty() && suffix.empty() && segment.regex.empty();
    if (isBare) {
        if (!node.any)
            node.any = std::make_shared<Node>();
        return node.any;
    }
    for (const SegmentMatcher &matcher : node.matchers) {
        if (matcher.prefix == prefix && matcher.suffix == suffix
            && matcher.regexText == segment.regex)
            return matcher.next;
    }
    SegmentMatcher matcher{prefix, suffix, segment.regex, nullptr, std::make_shared<Node>()};
    if (segment.kind == Kind::Pattern) {
        auto regex
            = Regex::compile(segment.regex, Regex::Anchoring::Whole, m_options.caseInsensitive);
        if (!regex)
            return regex.error();
        matcher.regex = std::make_shared<const Regex>(*std::move(regex));
    }
    node.matchers.push_back(matcher);
    return matcher.next;
}

bool RouteIndex::isEndOf(const Route &route, const RequestView &request) const
{
    return m_options.ignoreTrailingSlash
           || route.pattern.trailingSlash == request.hasTrailingSlash();
}

void RouteIndex::walk(const Node &node, std::size_t depth, Walk &state) const
{
    if (depth == state.segments.size()) {
        for (const std::uint32_t end : node.ends) {
            if (isEndOf(m_routes[end], state.request))
                state.found.push_back(end);
        }
        return;
    }
    const std::string &segment = state.segments[depth];
    if (const auto literal = node.literals.find(std::string_view(segment));
        literal != node.literals.end())
        walk(*literal->second, depth + 1, state);
    for (const SegmentMatcher &matcher : node.matchers) {
        if (fits(segment, matcher.prefix, matcher.suffix)
            && (!matcher.regex
                || state.matchesSegment(*matcher.regex,
                                        inner(segment, matcher.prefix, matcher.suffix))))
            walk(*matcher.next, depth + 1, state);
    }
    if (node.any && !segment.empty())
        walk(*node.any, depth + 1, state);
    for (const auto &[prefix, route] : node.rests) {
        // At least one character behind the prefix.
        const bool hasMore = depth + 1 < state.segments.size() || state.request.hasTrailingSlash();
        if (segment.starts_with(prefix) && (segment.size() > prefix.size() || hasMore))
            state.found.push_back(route);
    }
}

RouteIndex::Hits RouteIndex::find(const RequestView &request) const
{
    std::vector<std::string> lowered;
    if (m_options.caseInsensitive) {
        for (const std::string &segment : request.segments())
            lowered.push_back(text::toLower(segment));
    }
    Walk state{request, m_options.caseInsensitive ? lowered : request.segments(), {}};
    const bool hasPath = request.target().path.starts_with('/');
    if (hasPath)
        walk(*m_root, 0, state);
    if (!m_regexes.empty()) {
        const std::string path = request.path();
        for (const auto &[route, regex] : m_regexes) {
            if (state.matches(regex, path))
                state.found.push_back(route);
        }
    }
    if (state.found.size() > 1) {
        const auto order = [this](std::uint32_t i) {
            return std::tuple(m_routes[i].priority, m_routes[i].pattern.rank, m_routes[i].endpoint);
        };
        std::sort(state.found.begin(), state.found.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return order(a) < order(b); });
    }

    const std::string_view method = request.method();
    const bool getServesHead
        = method == "HEAD"
          && std::none_of(state.found.begin(), state.found.end(),
                          [&](std::uint32_t i) { return names(m_routes[i], "HEAD"); });
    Hits hits;
    hits.undecided = std::move(state.undecided);
    for (const std::uint32_t i : state.found) {
        const Route &route = m_routes[i];
        const bool answers
            = names(route, method) || names(route, "ANY") || (getServesHead && names(route, "GET"));
        auto &list = answers ? hits.endpoints : hits.otherMethods;
        if (!m_hasSeveralWays || std::find(list.begin(), list.end(), route.endpoint) == list.end())
            list.push_back(route.endpoint);
    }
    return hits;
}

/// The way that a request which found the endpoint has come: their texts tell them apart.
const Route *RouteIndex::routeOf(std::uint32_t endpoint, const RequestView &request) const
{
    const auto at = m_byEndpoint.find(endpoint);
    if (at == m_byEndpoint.end())
        return nullptr;
    const auto way = at->second.size() == 1
                         ? at->second.begin()
                         : std::find_if(at->second.begin(), at->second.end(), [&](std::uint32_t i) {
                               return fitsTexts(m_routes[i].pattern, request);
                           });
    return &m_routes[way == at->second.end() ? at->second.front() : *way];
}

bool RouteIndex::fitsTexts(const PathPattern &pattern, const RequestView &request) const
{
    const auto &segments = request.segments();
    for (std::size_t i = 0; i < pattern.segments.size(); ++i) {
        const PathSegment &segment = pattern.segments[i];
        if (segment.kind == Kind::Rest)
            return i < segments.size() && segments[i].starts_with(segment.prefix);
        if (i >= segments.size()
            || (segment.kind == Kind::Literal && folded(segments[i]) != folded(segment.literal)))
            return false;
    }
    return pattern.segments.size() == segments.size();
}

NamedValues RouteIndex::parameters(std::uint32_t endpoint, const RequestView &request) const
{
    NamedValues out;
    const Route *found = routeOf(endpoint, request);
    if (!found)
        return out;
    const Route &route = *found;
    if (route.pattern.rank == PathPattern::Rank::Regex) {
        for (const auto &[index, regex] : m_regexes) {
            if (&m_routes[index] == found)
                return regex.namedGroups(request.path()).value_or(NamedValues{});
        }
        return out;
    }
    const auto &segments = request.segments();
    for (std::size_t i = 0; i < route.pattern.segments.size() && i < segments.size(); ++i) {
        const PathSegment &segment = route.pattern.segments[i];
        if (segment.name.empty())
            continue;
        if (segment.kind == Kind::Rest)
            out.emplace_back(segment.name, restOf(request, i, segment.prefix.size()));
        else
            out.emplace_back(segment.name, inner(segments[i], segment.prefix, segment.suffix));
    }
    return out;
}

} // namespace understudy
