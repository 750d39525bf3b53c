// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/traffic/journal.h"

#include <memory>
#include <string>
#include <string_view>

namespace understudy {

/// What the filter needs to know beside the exchange: marks a user set, and the time for `since:`.
struct FilterContext
{
    WallTime now{};
    bool pinned = false;
    std::string_view mark;
};

/// The filter language of the traffic table (ux.md, 3.7), parsed once and asked often. A value;
/// immutable; any thread.
///
///     auto filter = TrafficFilter::parse("status:5xx -path:/health");
///     if (filter && filter->matches(entry, {.now = clock.wallNow()})) ...
///
/// Terms stand side by side and all must hold; `OR` binds weaker than that, `NOT` and `-` stronger,
/// parentheses group. Letter case matters in paths and regular expressions only. `,` or `|` between
/// values means "one of them"; quotes take a value literally.
///
///     word, "a phrase"   in method, target, status, client, server, endpoint, response, fault or
///     error /regex/, /regex/i  PCRE2 over the same texts; no blanks inside, write \s
///     status:404|5xx|>=400|400..499
///     method:GET,POST    path:/users (itself and below)   path:/users/* (glob over the whole path,
///                        `*` also stands for `/`)   path:users (contains)
///     server: endpoint:  part of the name, or the exact id        client:  part of the address
///     header:name        sent or received; header:name=value looks for a part of its value
///     body: reqbody: respbody:    part of a body, or a /regex/
///     dur:>200ms, dur:100ms..200ms       a number without unit counts ms; no operator means >=
///     size: reqsize: respsize:           bytes of both bodies, or of one; >1k is > 1000 bytes
///     is:unmatched|matched|fault|proxied|pinned|error|tls    error: 4xx, 5xx, broken or no answer
///     fault:reset (a kind) fault:503 (part of its name)      what was broken on purpose
///     latency:>200ms     injected latency, as dur:
///     mark:red           since:5m  received in the last five minutes
class TrafficFilter
{
public:
    /// An empty filter; everything matches.
    TrafficFilter();

    /// Errors: Syntax with `where.column` (from 1, in bytes) and a message that says what was
    /// expected; code Cancelled stands for a text that is only unfinished ("status:", "(a"), so
    /// that a line edit can tell the two apart.
    static Result<TrafficFilter> parse(std::string_view text);

    bool matches(const JournalEntry &entry, const FilterContext &context = {}) const;
    bool isEmpty() const;
    /// Whether it looks into bodies, which is slow and wants a progress display.
    bool readsBodies() const;
    /// Whether its answer changes as time goes by (`since:`).
    bool readsClock() const;

    struct Node;

private:
    std::shared_ptr<const Node> m_root;
};

} // namespace understudy
