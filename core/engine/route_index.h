// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/regex.h"
#include "core/base/result.h"
#include "core/match/request_view.h"
#include "core/model/path_pattern.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace understudy {

/// What the index needs to know of an endpoint. `endpoint` is the caller's number for it, in file
/// order; one that is found in several ways has a route for each.
struct Route
{
    std::uint32_t endpoint = 0;
    std::vector<std::string> methods; ///< "ANY" = every method
    PathPattern pattern;
    int priority = 5;
};

/// Finds the endpoints for a method and a path in one walk over the path's segments; the number of
/// endpoints does not matter (regular expressions are the exception, each is tried). Immutable once
/// built; any thread.
class RouteIndex
{
public:
    struct Options
    {
        bool ignoreTrailingSlash = false;
        bool caseInsensitive = false;
    };

    /// Errors: Syntax for a broken regular expression, with the path.
    static Result<RouteIndex> build(std::vector<Route> routes, Options options);

    struct Hits
    {
        std::vector<std::uint32_t>
            endpoints; ///< in the order they are to be tried (format.md, Selection)
        std::vector<std::uint32_t> otherMethods; ///< the path fits, the method does not; same order
        /// A regular expression of a path that took more work than it may, so that nobody knows
        /// whether the path fits; empty: there is none.
        std::string undecided;
    };

    /// HEAD is answered by GET endpoints too, unless one with this path names HEAD.
    Hits find(const RequestView &request) const;

    /// The values of a route's path parameters in a request that it matched.
    NamedValues parameters(std::uint32_t endpoint, const RequestView &request) const;

private:
    struct Node;
    struct SegmentMatcher
    {
        std::string prefix;
        std::string suffix;
        std::string regexText;
        std::shared_ptr<const Regex> regex; ///< of {name:regex}
        std::shared_ptr<Node> next;
    };
    struct TextHash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const
        {
            return std::hash<std::string_view>{}(text);
        }
    };
    struct Node
    {
        std::unordered_map<std::string, std::shared_ptr<Node>, TextHash, std::equal_to<>> literals;
        std::vector<SegmentMatcher> matchers; ///< parameters, told apart by what stands around them
        std::shared_ptr<Node> any;            ///< one segment: `*` and bare `{name}`
        std::vector<std::uint32_t> ends;      ///< routes that end here
        std::vector<std::pair<std::string, std::uint32_t>> rests; ///< `prefix{name*}` from here on
    };
    struct Walk;

    Result<void> insert(std::uint32_t index);
    Result<std::shared_ptr<Node>> descend(Node &node, const PathSegment &segment) const;
    void walk(const Node &node, std::size_t depth, Walk &state) const;
    bool isEndOf(const Route &route, const RequestView &request) const;
    std::string folded(std::string_view text) const;

    Options m_options;
    std::vector<Route> m_routes;
    const Route *routeOf(std::uint32_t endpoint, const RequestView &request) const;
    bool fitsTexts(const PathPattern &pattern, const RequestView &request) const;

    std::map<std::uint32_t, std::vector<std::uint32_t>> m_byEndpoint;
    bool m_hasSeveralWays = false; ///< of an endpoint
    std::vector<std::pair<std::uint32_t, Regex>> m_regexes;
    std::shared_ptr<Node> m_root = std::make_shared<Node>();
};

} // namespace understudy
