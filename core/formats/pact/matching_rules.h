// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/yaml/node.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::pact {

/// One step of the way to a value: a name, an index, or any of them.
struct PathToken
{
    std::string text;
    bool isAny = false;
};
using ValuePath = std::vector<PathToken>;

/// What values have to be: all of the matchers, or one of them.
struct MatcherSet
{
    std::vector<const yaml::Node *> matchers;
    bool isAnyOf = false;

    bool has(std::string_view kind) const;
    const yaml::Node *find(std::string_view kind) const;
};
std::string kindOf(const yaml::Node &matcher);

/// The `matchingRules` of a request: those of specification 2 by paths such as `$.body.a`, those of
/// later ones by category.
class MatchingRules
{
public:
    explicit MatchingRules(const yaml::Node *rules);

    /// Of the path, or of a header or parameter by its name; nullptr where there are none.
    const MatcherSet *ofPath() const;
    const MatcherSet *ofHeader(std::string_view name) const;
    const MatcherSet *ofQuery(std::string_view name) const;

    struct Found
    {
        const MatcherSet *set = nullptr;
        bool isOwn = false; ///< it names the value itself, not something above it
    };
    /// The rules that fit a value of the body best: names before `*`, longer ways before shorter.
    Found ofBody(const ValuePath &path) const;
    bool hasBody() const { return !m_body.empty(); }
    /// There are more rules than are kept.
    bool wasCut() const { return m_wasCut; }

private:
    struct Row
    {
        ValuePath path;
        MatcherSet set;
    };

    void addOld(const std::string &key, const yaml::Node &rule);
    void addCategory(const std::string &category, const yaml::Node &rules);
    void addRow(std::vector<Row> &rows, ValuePath path, const yaml::Node &rule);
    static const MatcherSet *named(const std::vector<Row> &rows, std::string_view name,
                                   bool ignoresCase);

    std::vector<Row> m_path;
    std::vector<Row> m_header;
    std::vector<Row> m_query;
    std::vector<Row> m_body;
    bool m_wasCut = false;
};

} // namespace understudy::formats::pact
