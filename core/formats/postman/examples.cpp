// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/examples.h"

#include "core/base/text.h"
#include "core/formats/recorded/answer.h"
#include "core/formats/recorded/fields.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace understudy::formats::postman {

using recorded::fieldOf;
using recorded::listOf;
using recorded::textOf;

namespace {

/// `header`: a list of pairs, or a text of lines.
void readHeaders(const yaml::Node *header, Variables &variables, Response &response,
                 const recorded::AnswerScope &scope)
{
    if (header && header->isList()) {
        for (const yaml::Node &pair : header->items) {
            const std::string name = textOf(&pair, "key");
            if (!name.empty() && !recorded::isTrue(&pair, "disabled"))
                recorded::addHeader(response, name, variables.filled(textOf(&pair, "value")),
                                    scope);
        }
        return;
    }
    const std::string lines = textOf(header).value_or(std::string());
    for (const std::string_view line : text::split(lines, '\n')) {
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && colon > 0)
            recorded::addHeader(response, std::string(text::trim(line.substr(0, colon))),
                                variables.filled(line.substr(colon + 1)), scope);
    }
}

std::string_view mediaTypeOfLanguage(std::string_view language)
{
    return language == "json"         ? "application/json"
           : language == "html"       ? "text/html"
           : language == "xml"        ? "application/xml"
           : language == "javascript" ? "text/javascript"
                                      : "";
}

int statusOf(const yaml::Node &node, const recorded::AnswerScope &scope)
{
    const auto code = recorded::numberOf(&node, "code");
    if (code && *code >= 200 && *code <= 999 && *code == std::floor(*code))
        return static_cast<int>(*code);
    scope.notes.changed(scope.subject, "it has no status that ends a request; 200 is sent",
                        scope.at);
    return 200;
}

Rule headerIs(std::string_view name, std::string_view value)
{
    RuleLeaf leaf;
    leaf.target = {RuleTarget::Kind::Header, std::string(name), {}};
    leaf.conditions.emplace_back();
    leaf.conditions.back().value = value;
    return Rule{std::move(leaf)};
}

class Chooser
{
public:
    Chooser(std::vector<Example> examples, ExampleCounts &counts)
        : m_examples(std::move(examples))
        , m_counts(counts)
    {}

    std::vector<Response> run()
    {
        const std::size_t standard = standardOf();
        m_codes.insert(m_examples[standard].response.status);
        const std::vector<std::size_t> chosen = distinct(standard);
        std::vector<const recorded::RequestFacts *> facts;
        facts.reserve(chosen.size());
        for (const std::size_t i : chosen)
            facts.push_back(&m_examples[i].facts);
        std::vector<recorded::Difference> differences = recorded::tellApart(facts);
        const std::size_t last = lastOf(chosen, differences);

        std::vector<std::pair<std::size_t, std::size_t>> ruled; ///< conditions, example
        std::vector<bool> isRuled(m_examples.size());
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            Example &example = m_examples[chosen[i]];
            if (chosen[i] == last || !differences[i].when)
                continue;
            example.response.when = std::move(differences[i].when);
            isRuled[chosen[i]] = true;
            ruled.emplace_back(differences[i].conditions, chosen[i]);
        }
        std::stable_sort(ruled.begin(), ruled.end(),
                         [](const auto &a, const auto &b) { return a.first > b.first; });
        std::vector<Response> out;
        for (std::size_t i = 0; i < m_examples.size(); ++i) {
            if (i != last && !isRuled[i])
                out.push_back(byHeader(m_examples[i]));
        }
        for (const auto &[conditions, i] : ruled)
            out.push_back(std::move(m_examples[i].response));
        out.push_back(std::move(m_examples[last].response));
        return out;
    }

private:
    bool succeeds(std::size_t i) const { return m_examples[i].response.status / 100 == 2; }

    std::size_t standardOf() const
    {
        for (std::size_t i = 0; i < m_examples.size(); ++i) {
            if (succeeds(i))
                return i;
        }
        return 0;
    }

    /// One example for each request: the standard one, or the first.
    std::vector<std::size_t> distinct(std::size_t standard) const
    {
        std::unordered_map<std::string, std::size_t> places;
        std::vector<std::size_t> out{standard};
        places.emplace(m_examples[standard].facts.key(), 0);
        for (std::size_t i = 0; i < m_examples.size(); ++i) {
            if (places.emplace(m_examples[i].facts.key(), i).second)
                out.push_back(i);
        }
        return out;
    }

    /// The one without a rule: the standard one, unless another that succeeds is for the plainer
    /// request.
    std::size_t lastOf(const std::vector<std::size_t> &chosen,
                       const std::vector<recorded::Difference> &differences) const
    {
        for (std::size_t i = 1; i < chosen.size(); ++i) {
            if (!differences[i].when && succeeds(chosen[i]))
                return chosen[i];
        }
        return chosen[0];
    }

    Response byHeader(Example &example)
    {
        ++m_counts.chosenByHeader;
        RuleGroup group{RuleGroup::Kind::Any, {}};
        if (!example.name.empty())
            group.rules.push_back(headerIs("x-mock-response-name", example.name));
        // Of several with one status the first is meant.
        const int status = example.response.status;
        if (m_codes.insert(status).second || group.rules.empty())
            group.rules.push_back(headerIs("x-mock-response-code", std::to_string(status)));
        example.response.when
            = group.rules.size() == 1 ? std::move(group.rules.front()) : Rule{std::move(group)};
        return std::move(example.response);
    }

    std::vector<Example> m_examples;
    ExampleCounts &m_counts;
    std::set<int> m_codes;
};

} // namespace

Example readExample(const yaml::Node &node, const PostmanRequest &parent, const PostmanPath &path,
                    Variables &variables, const std::string &subject, Notes &notes,
                    ExampleCounts &counts)
{
    Example out;
    out.name = std::string(text::trim(recorded::oneLine(textOf(&node, "name"))));
    const recorded::AnswerScope scope{
        notes, subject + (out.name.empty() ? "" : ", example " + text::inQuotes(out.name)),
        node.start};
    Response &response = out.response;
    response.name = out.name;
    response.status = statusOf(node, scope);
    recorded::setReason(response, textOf(&node, "status"));
    readHeaders(fieldOf(&node, "header"), variables, response, scope);
    std::string body = variables.filled(textOf(&node, "body"));
    counts.templates += findMention(body).exists() ? 1 : 0;
    recorded::setText(response, std::move(body),
                      mediaTypeOfLanguage(textOf(&node, "_postman_previewlanguage")), scope);
    counts.cookies
        += !listOf(&node, "cookie").empty() && !http::findHeader(response.headers, "Set-Cookie")
               ? 1
               : 0;
    const yaml::Node *original = fieldOf(&node, "originalRequest");
    out.facts = original && !original->isNull()
                    ? factsOf(readRequest(*original, variables), path, variables)
                    : factsOf(parent, path, variables);
    return out;
}

std::vector<Response> chooseByExample(std::vector<Example> examples, ExampleCounts &counts)
{
    if (examples.empty())
        return {};
    return Chooser(std::move(examples), counts).run();
}

} // namespace understudy::formats::postman
