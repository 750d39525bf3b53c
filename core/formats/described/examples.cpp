// SPDX-License-Identifier: Apache-2.0
#include "core/formats/described/examples.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace understudy::formats::described {

namespace {

Rule headerIs(std::string name, const std::string &value)
{
    return leaf(RuleTarget::Kind::Header, std::move(name), RuleOperator::Equals, value);
}

class Chooser
{
public:
    Chooser(std::vector<Example> examples, std::size_t &chosenByHeader)
        : m_examples(std::move(examples))
        , m_chosenByHeader(chosenByHeader)
    {}

    std::vector<Response> run()
    {
        const std::size_t standard = standardOf();
        m_codes.insert(m_examples[standard].response.status);
        const std::vector<std::size_t> chosen = distinct(standard);
        std::vector<const recorded::RequestFacts *> facts;
        facts.reserve(chosen.size());
        for (const std::size_t i : chosen)
            facts.push_back(&factsOfExample(i));
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

    const recorded::RequestFacts &factsOfExample(std::size_t i) const
    {
        return m_examples[m_examples[i].sameAs.value_or(i)].facts;
    }

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
        places.emplace(factsOfExample(standard).key(), 0);
        for (std::size_t i = 0; i < m_examples.size(); ++i) {
            if (!m_examples[i].sameAs && places.emplace(m_examples[i].facts.key(), i).second)
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
        ++m_chosenByHeader;
        std::vector<Rule> rules;
        if (!example.name.empty())
            rules.push_back(headerIs("x-mock-response-name", example.name));
        // Of several with one status the first is meant.
        const int status = example.response.status;
        if (m_codes.insert(status).second || rules.empty())
            rules.push_back(headerIs("x-mock-response-code", std::to_string(status)));
        example.response.when = anyOf(std::move(rules));
        return std::move(example.response);
    }

    std::vector<Example> m_examples;
    std::size_t &m_chosenByHeader;
    std::set<int> m_codes;
};

} // namespace

int endingStatus(std::optional<double> written, const recorded::AnswerScope &scope)
{
    if (written && *written >= 200 && *written <= 999 && *written == std::floor(*written))
        return static_cast<int>(*written);
    scope.notes.changed(scope.subject, "it has no status that ends a request; 200 is sent",
                        scope.at);
    return 200;
}

std::pair<Example, recorded::AnswerScope> namedExample(const std::string &name, Notes &notes,
                                                       std::string subject, yaml::Mark at)
{
    Example out;
    out.name = std::string(text::trim(recorded::oneLine(name)));
    out.response.name = out.name;
    if (!out.name.empty())
        subject += ", example " + text::inQuotes(out.name);
    return {std::move(out), recorded::AnswerScope{notes, std::move(subject), at}};
}

std::vector<Response> chooseByExample(std::vector<Example> examples, std::size_t &chosenByHeader)
{
    if (examples.empty())
        return {};
    return Chooser(std::move(examples), chosenByHeader).run();
}

} // namespace understudy::formats::described
