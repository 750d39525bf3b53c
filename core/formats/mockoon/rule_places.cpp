// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/rule_places.h"

#include <boost/json/value.hpp>

#include <string>

namespace understudy::formats::mockoon {

namespace json = boost::json;

namespace {

constexpr std::string_view kRules = "rules";
constexpr std::string_view kResponses = "responses";

/// Walks through a JSON text that has been read without an error.
class RuleScanner
{
public:
    explicit RuleScanner(std::string_view text)
        : m_text(text)
    {}

    std::vector<yaml::Mark> run()
    {
        for (m_at = 0; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '\n') {
                ++m_line;
                m_lineBegin = m_at + 1;
            } else if (c == '"') {
                text();
            } else if (c == '{' || c == '[') {
                open(c == '[');
            } else if ((c == '}' || c == ']') && !m_open.empty()) {
                m_open.pop_back();
            }
        }
        return std::move(m_marks);
    }

private:
    struct Open
    {
        bool isList = false;
        std::string_view key; ///< that it is the value of; empty in a list
    };

    void text()
    {
        const std::size_t begin = m_at + 1;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
            else if ((static_cast<unsigned char>(m_text[m_at]) & 0xC0U) == 0x80U)
                ++m_lineBegin; // columns count characters
        }
        m_last = m_text.substr(begin, m_at - begin);
    }

    void open(bool isList)
    {
        const bool isElement = !m_open.empty() && m_open.back().isList;
        const std::size_t depth = m_open.size();
        // An object in `rules` of an object in `responses`.
        if (!isList && isElement && m_open.back().key == kRules && depth > 2
            && m_open[depth - 3].isList && m_open[depth - 3].key == kResponses)
            m_marks.push_back({m_line, static_cast<int>(m_at - m_lineBegin) + 1});
        m_open.push_back({isList, isElement ? std::string_view() : m_last});
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_lineBegin = 0; ///< moved on by bytes that are no character of their own
    int m_line = 1;
    std::string_view m_last; ///< text, which is the key of what is opened next
    std::vector<Open> m_open;
    std::vector<yaml::Mark> m_marks;
};

void collectRules(const json::value &value, std::vector<const json::object *> &out)
{
    if (const json::array *list = value.if_array()) {
        for (const json::value &element : *list)
            collectRules(element, out);
        return;
    }
    const json::object *object = value.if_object();
    if (!object)
        return;
    for (const auto &[key, member] : *object) {
        const json::array *responses = key == kResponses ? member.if_array() : nullptr;
        if (!responses) {
            collectRules(member, out);
            continue;
        }
        for (const json::value &response : *responses) {
            const json::object *one = response.if_object();
            const json::value *rules = one ? one->if_contains(kRules) : nullptr;
            if (!rules || !rules->is_array())
                continue;
            for (const json::value &rule : rules->get_array()) {
                if (rule.is_object())
                    out.push_back(&rule.get_object());
            }
        }
    }
}

} // namespace

std::vector<yaml::Mark> marksOfRules(std::string_view text) { return RuleScanner(text).run(); }

std::vector<const json::object *> rulesIn(const json::value &value)
{
    std::vector<const json::object *> out;
    collectRules(value, out);
    return out;
}

RulePlaces::RulePlaces(const json::object &environment, std::span<const yaml::Mark> marks)
{
    std::vector<const json::object *> rules;
    for (const auto &[key, member] : environment)
        collectRules(member, rules);
    if (rules.size() != marks.size())
        return;
    for (std::size_t i = 0; i < rules.size(); ++i)
        m_marks.emplace(rules[i], marks[i]);
}

yaml::Mark RulePlaces::of(const json::object &rule) const
{
    const auto found = m_marks.find(&rule);
    return found == m_marks.end() ? yaml::Mark{} : found->second;
}

} // namespace understudy::formats::mockoon
