// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/rule.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::recorded {

/// What a request says beside its method and path, as far as rules can tell requests apart by it.
/// Two requests with the same facts are the same.
class RequestFacts
{
public:
    using Kind = RuleTarget::Kind;

    /// A query as it stands in a URL. Parameters without a name, and `_`, which clients add to get
    /// past caches, do not count.
    void addQuery(std::string_view query);
    void add(Kind kind, std::string name, std::string value);
    /// A body of that media type: fields of a form; JSON, compared as such; any other text. Parts
    /// of `multipart/…` are separated by another text each time: they do not count. Returns false
    /// where the body does not count.
    bool addBody(std::string body, std::string_view mediaType);
    void addJson(const JsonValue &body);

    /// The same for the same facts alone.
    std::string key() const;

private:
    friend struct Difference;
    friend std::vector<struct Difference> tellApart(const std::vector<const RequestFacts *> &all);

    struct Fact
    {
        Kind kind;
        std::string name;
        std::string value;
        bool isJson = false;
        auto operator<=>(const Fact &) const = default;
    };

    std::set<Fact> m_facts;
};

/// What is true of one request and not of all of them.
struct Difference
{
    std::optional<Rule> when; ///< nothing: it is all that the others are, and no more
    std::size_t conditions = 0;
};

/// For each of several different requests: the rule it is known by. Rules with more conditions have
/// to be tried before those with fewer.
std::vector<Difference> tellApart(const std::vector<const RequestFacts *> &all);

} // namespace understudy::formats::recorded
