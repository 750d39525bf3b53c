// SPDX-License-Identifier: Apache-2.0
#include "core/formats/endpoint_order.h"

#include "core/base/text.h"

#include <algorithm>

namespace understudy::formats {

namespace {

using SegmentKind = PathSegment::Kind;

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.size() >= prefix.size()
           && text::equalsIgnoreCase(text.substr(0, prefix.size()), prefix);
}

bool endsWith(std::string_view text, std::string_view suffix)
{
    return text.size() >= suffix.size()
           && text::equalsIgnoreCase(text.substr(text.size() - suffix.size()), suffix);
}

bool segmentsOverlap(const PathSegment &a, const PathSegment &b)
{
    if (a.kind == SegmentKind::Literal && b.kind == SegmentKind::Literal)
        return text::equalsIgnoreCase(a.literal, b.literal);
    if (b.kind == SegmentKind::Literal)
        return segmentsOverlap(b, a);
    if (a.kind == SegmentKind::Literal) {
        return a.literal.size() > b.prefix.size() + b.suffix.size()
               && startsWith(a.literal, b.prefix) && endsWith(a.literal, b.suffix);
    }
    return (startsWith(a.prefix, b.prefix) || startsWith(b.prefix, a.prefix))
           && (endsWith(a.suffix, b.suffix) || endsWith(b.suffix, a.suffix));
}

/// What every path that fits begins with, as far as that is easily said.
std::string fixedBeginning(const PathPattern &pattern)
{
    if (pattern.rank == PathPattern::Rank::Regex) {
        if (pattern.regex.find('|') != std::string::npos)
            return {};
        std::string_view regex = pattern.regex;
        if (regex.starts_with('^'))
            regex.remove_prefix(1);
        std::size_t end = std::min(regex.find_first_of(R"(\.[]{}()*+?^$)"), regex.size());
        // A repeated character may be missing.
        if (end < regex.size() && end > 0
            && std::string_view("*?{").find(regex[end]) != std::string_view::npos)
            --end;
        return std::string(regex.substr(0, end));
    }
    std::string out;
    for (const PathSegment &segment : pattern.segments) {
        out += '/';
        if (segment.kind != SegmentKind::Literal)
            return out + segment.prefix;
        out += segment.literal;
    }
    return out;
}

bool shareMethod(const OrderedEndpoint &a, const OrderedEndpoint &b)
{
    return std::any_of(a.methods.begin(), a.methods.end(), [&](const std::string &method) {
        return method == "ANY"
               || std::find(b.methods.begin(), b.methods.end(), method) != b.methods.end()
               || std::find(b.methods.begin(), b.methods.end(), "ANY") != b.methods.end();
    });
}

bool endpointsOverlap(const OrderedEndpoint &a, const OrderedEndpoint &b)
{
    return shareMethod(a, b)
           && std::any_of(a.shapes.begin(), a.shapes.end(), [&](const PathPattern &x) {
                  return std::any_of(b.shapes.begin(), b.shapes.end(), [&](const PathPattern &y) {
                      return formats::canOverlap(x, y);
                  });
              });
}

PathPattern::Rank rankOf(const OrderedEndpoint &endpoint)
{
    auto rank = PathPattern::Rank::Exact;
    for (const PathPattern &shape : endpoint.shapes)
        rank = std::max(rank, shape.rank);
    return rank;
}

} // namespace

bool canOverlap(const PathPattern &a, const PathPattern &b)
{
    if (a.rank == PathPattern::Rank::Regex || b.rank == PathPattern::Rank::Regex) {
        const std::string x = fixedBeginning(a);
        const std::string y = fixedBeginning(b);
        return startsWith(x, y) || startsWith(y, x);
    }
    for (std::size_t i = 0;; ++i) {
        const PathSegment *x = i < a.segments.size() ? &a.segments[i] : nullptr;
        const PathSegment *y = i < b.segments.size() ? &b.segments[i] : nullptr;
        if ((x && x->kind == SegmentKind::Rest) || (y && y->kind == SegmentKind::Rest)
            || (!x && !y))
            return true;
        if (!x || !y || !segmentsOverlap(*x, *y))
            return false;
    }
}

void keepOrder(std::vector<OrderedEndpoint> &endpoints)
{
    const int standard = Endpoint{}.priority;
    int lowest = standard;
    // From the end: an endpoint must not come behind any that follow it and overlap with it. Only
    // those matter that our order could put first: with a better rank, or with a priority of their
    // own.
    for (std::size_t i = endpoints.size(); i-- > 0;) {
        OrderedEndpoint &endpoint = endpoints[i];
        const auto rank = rankOf(endpoint);
        for (std::size_t j = i + 1; j < endpoints.size(); ++j) {
            const OrderedEndpoint &later = endpoints[j];
            const int allowed = later.priority - (rank > rankOf(later) ? 1 : 0);
            if (allowed < endpoint.priority && endpointsOverlap(endpoint, later))
                endpoint.priority = allowed;
        }
        lowest = std::min(lowest, endpoint.priority);
    }
    if (lowest >= 1)
        return;
    for (OrderedEndpoint &endpoint : endpoints)
        endpoint.priority += 1 - lowest;
}

} // namespace understudy::formats
