// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::formats::described {

/// The values that a collection of requests gives to `{{name}}`.
class Variables
{
public:
    /// A later value takes the place of an earlier one. An empty one waits for an environment to
    /// give it one, and does not count.
    void set(const std::string &name, std::string value);
    /// What is set from here on goes away with leave(), and what it took the place of comes back:
    /// for the values of a folder or of one request. Calls come in pairs.
    void enter() { m_replaced.emplace_back(); }
    void leave();

    /// With the values of those that have one; the others stay as they stand, and are remembered.
    /// Values that name each other are followed a few levels, and all that is put in has a bound.
    std::string filled(std::string_view text);

    const std::set<std::string> &unknown() const { return m_unknown; }

private:
    std::map<std::string, std::string, std::less<>> m_values;
    /// What was there before, for each enter(), in the order in which it was set.
    std::vector<std::vector<std::pair<std::string, std::optional<std::string>>>> m_replaced;
    std::set<std::string> m_unknown;
    std::size_t m_filled = 0;
};

/// A `{{name}}` in a text.
struct Mention
{
    std::size_t from = std::string_view::npos;
    std::size_t end = 0; ///< behind the braces
    std::string_view name;

    bool exists() const { return from != std::string_view::npos; }
};
Mention findMention(std::string_view text, std::size_t from = 0);
/// Whether every variable in it has got its value.
inline bool isKnown(std::string_view text) { return !findMention(text).exists(); }

} // namespace understudy::formats::described
