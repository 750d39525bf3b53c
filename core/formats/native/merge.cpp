// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/merge.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace understudy::formats::native {

namespace {

using yaml::Node;

/// A larger map is data, not a document that somebody keeps in order by hand.
constexpr std::size_t kLargestMap = 2000;
/// Up to here items without ids are compared each with each.
constexpr std::size_t kLargestSearch = 200;

class Merger
{
public:
    explicit Merger(const MergeOptions &options)
        : m_options(options)
    {}

    Change run(const Node &old, const Node *before, const Node &after) const
    {
        Change change;
        change.old = &old;
        change.now = &after;
        if (before && same(*before, after) && !m_options.spellOutIds) {
            change.kind = Change::Kind::Keep;
        } else if (!canEnter(old, before, after)) {
            const bool kept = before && same(*before, after);
            change.kind = kept ? Change::Kind::Keep : Change::Kind::Replace;
        } else {
            change.kind = Change::Kind::Inner;
            change.parts
                = old.isMap() ? mapParts(old, before, after) : listParts(old, *before, after);
        }
        return change;
    }

private:
    bool canEnter(const Node &old, const Node *before, const Node &after) const
    {
        if (old.isScalar() || old.kind != after.kind || old.alias)
            return false;
        if (before && before->kind != old.kind)
            return false;
        if (old.isMap())
            return old.keys.size() <= kLargestMap && after.keys.size() <= kLargestMap;
        return before && before->items.size() == old.items.size();
    }

    // --- Maps ---

    std::vector<Change::Part> mapParts(const Node &old, const Node *before, const Node &after) const
    {
        static const Node empty = Node::map();
        const Node &was = before ? *before : empty;
        std::vector<Change::Part> parts;
        for (std::size_t i = 0; i < old.keys.size(); ++i) {
            const std::string &key = old.keys[i].text;
            const Node *b = was.find(key);
            const Node *a = after.find(key);
            if (!a && !b) // a default that is spelled out
                parts.push_back({i, key, {Change::Kind::Keep, &old.items[i], nullptr, {}}});
            else if (a)
                parts.push_back({i, key, run(old.items[i], b, *a)});
        }
        for (std::size_t i = 0; i < after.keys.size(); ++i)
            insertKey(parts, old, was, after, i);
        return parts;
    }

    /// A key that the text does not have goes behind the key that is written before it.
    void insertKey(std::vector<Change::Part> &parts, const Node &old, const Node &was,
                   const Node &after, std::size_t index) const
    {
        const std::string &key = after.keys[index].text;
        if (old.find(key))
            return;
        const Node *b = was.find(key);
        if (b && same(*b, after.items[index]) && !m_options.spellOutIds)
            return;
        auto at = parts.begin();
        for (std::size_t i = index; i-- > 0;) {
            const auto found
                = std::find_if(parts.begin(), parts.end(), [&](const Change::Part &part) {
                      return part.key == after.keys[i].text;
                  });
            if (found != parts.end()) {
                at = found + 1;
                break;
            }
        }
        parts.insert(
            at, {Change::kNew, key, {Change::Kind::Replace, nullptr, &after.items[index], {}}});
    }

    // --- Lists ---

    static bool isTwin(const Node &b, const Node &a)
    {
        return (!b.isMap() || b.text == a.text) && same(b, a);
    }

    /// Which old item each new one comes from, or kNew.
    static std::vector<std::size_t> origins(const Node &before, const Node &after)
    {
        const std::size_t oldCount = before.items.size();
        const std::size_t newCount = after.items.size();
        std::vector<std::size_t> from(newCount, Change::kNew);
        std::vector<bool> taken(oldCount, false);
        const auto take = [&](std::size_t a, std::size_t b) {
            from[a] = b;
            taken[b] = true;
        };
        // What stands unchanged at both ends.
        std::size_t begin = 0;
        while (begin < std::min(oldCount, newCount)
               && isTwin(before.items[begin], after.items[begin])) {
            take(begin, begin);
            ++begin;
        }
        std::size_t tail = 0;
        while (tail < std::min(oldCount, newCount) - begin
               && isTwin(before.items[oldCount - 1 - tail], after.items[newCount - 1 - tail])) {
            take(newCount - 1 - tail, oldCount - 1 - tail);
            ++tail;
        }
        // The same id.
        std::unordered_map<std::string_view, std::size_t> named;
        for (std::size_t b = begin; b < oldCount - tail; ++b) {
            if (before.items[b].isMap() && !before.items[b].text.empty())
                named.emplace(before.items[b].text, b);
        }
        for (std::size_t a = begin; a < newCount - tail; ++a) {
            const auto found
                = named.find(after.items[a].isMap() ? after.items[a].text : std::string_view());
            if (found != named.end() && !taken[found->second])
                take(a, found->second);
        }
        searchTwins(before, after, from, taken);
        // The same place, if it is the same sort of thing.
        for (std::size_t a = begin; a < std::min(oldCount, newCount); ++a) {
            const bool alike = before.items[a].kind == after.items[a].kind
                               && (before.items[a].find("folder") != nullptr)
                                      == (after.items[a].find("folder") != nullptr);
            if (from[a] == Change::kNew && !taken[a] && alike)
                take(a, a);
        }
        return from;
    }

    static void searchTwins(const Node &before, const Node &after, std::vector<std::size_t> &from,
                            std::vector<bool> &taken)
    {
        if (before.items.size() > kLargestSearch || after.items.size() > kLargestSearch)
            return;
        for (std::size_t a = 0; a < from.size(); ++a) {
            for (std::size_t b = 0; b < taken.size() && from[a] == Change::kNew; ++b) {
                if (!taken[b] && isTwin(before.items[b], after.items[a])) {
                    from[a] = b;
                    taken[b] = true;
                }
            }
        }
    }

    std::vector<Change::Part> listParts(const Node &old, const Node &before,
                                        const Node &after) const
    {
        std::vector<Change::Part> parts;
        const std::vector<std::size_t> from = origins(before, after);
        for (std::size_t a = 0; a < from.size(); ++a) {
            const Node &now = after.items[a];
            if (from[a] == Change::kNew)
                parts.push_back({Change::kNew, {}, {Change::Kind::Replace, nullptr, &now, {}}});
            else
                parts.push_back(
                    {from[a], {}, run(old.items[from[a]], &before.items[from[a]], now)});
        }
        return parts;
    }

    const MergeOptions &m_options;
};

} // namespace

Change merge(const Node &old, const Node &before, const Node &after, const MergeOptions &options)
{
    return Merger(options).run(old, &before, after);
}

Node merged(const Change &change)
{
    if (change.kind == Change::Kind::Keep)
        return *change.old;
    if (change.kind == Change::Kind::Replace)
        return *change.now;
    Node out;
    out.kind = change.old->kind;
    for (const Change::Part &part : change.parts) {
        if (out.isMap())
            out.add(part.key, merged(part.change));
        else
            out.items.push_back(merged(part.change));
    }
    return out;
}

} // namespace understudy::formats::native
