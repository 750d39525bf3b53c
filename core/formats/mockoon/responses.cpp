// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/responses.h"

#include "core/formats/mockoon/answer.h"
#include "core/formats/mockoon/export_rules.h"
#include "core/formats/mockoon/json_text.h"

#include <algorithm>

namespace understudy::formats::mockoon {

namespace {

/// A response as it is read, before the mode decides what becomes of it.
struct Draft
{
    Response response;
    TranslatedRules rules;
    bool isDefault = false;
    std::string subject;
};

class ResponseTranslator
{
public:
    ResponseTranslator(const ObjectReader &route, const EnvironmentScope &environment,
                       const RuleScope &rules, Notes &notes, Endpoint &endpoint)
        : m_route(route)
        , m_environment(environment)
        , m_rules(rules)
        , m_notes(notes)
        , m_endpoint(endpoint)
    {}

    void run()
    {
        const bool isCrud = !m_endpoint.crud.empty();
        m_mode = m_route.choice("responseMode", {},
                                {"RANDOM", "SEQUENTIAL", "DISABLE_RULES", "FALLBACK"});
        for (const boost::json::object *object : m_route.objects("responses"))
            read(*object, isCrud);
        if (m_drafts.empty())
            return;
        const auto marked = std::find_if(m_drafts.begin(), m_drafts.end(),
                                         [](const Draft &d) { return d.isDefault; });
        const auto chosen = isCrud || marked == m_drafts.end() ? m_drafts.begin() : marked;
        for (auto draft = m_drafts.begin(); draft != m_drafts.end(); ++draft)
            draft->isDefault = draft == chosen;

        if (m_mode == "RANDOM" || m_mode == "SEQUENTIAL")
            takeTurns();
        else if (m_mode == "DISABLE_RULES")
            onlyDefault();
        else
            byRules();
    }

private:
    void read(const boost::json::object &object, bool isCrud)
    {
        Notes silent({});
        const std::string label = ObjectReader(object, silent, {}).text("label");
        const std::string number = std::to_string(m_drafts.size() + 1);
        Draft draft;
        draft.subject
            = m_route.subject() + ", response " + (label.empty() ? number : "'" + label + "'");
        const ObjectReader reader(object, m_notes, draft.subject);
        draft.isDefault = reader.flag("default", false);
        draft.response = translateAnswer(reader, m_environment, isCrud, m_notes);
        // In the other modes nobody asks them.
        if (m_mode.empty() || m_mode == "FALLBACK")
            draft.rules = translateRules(reader, m_rules, m_notes);
        else
            draft.rules.isComplete = reader.objects("rules").empty();
        if (!draft.rules.isComplete || isSaidOtherwise(draft.rules, reader)) {
            draft.response.extensions.set("x-mockoon-rules", kept(object.at("rules")));
            if (reader.text("rulesOperator") == "AND")
                draft.response.extensions.set("x-mockoon-rulesOperator", "AND");
        }
        m_drafts.push_back(std::move(draft));
    }

    /// An export would not say these rules as they stand here.
    static bool isSaidOtherwise(const TranslatedRules &rules, const ObjectReader &response)
    {
        if (!rules.when)
            return false;
        std::string why;
        const auto exported = rulesOf(*rules.when, why);
        const std::vector<const boost::json::object *> written = response.objects("rules");
        if (!exported || exported->rules.size() != written.size()
            || (written.size() > 1 && exported->joint != response.text("rulesOperator", "OR")))
            return true;
        Notes silent({});
        for (std::size_t i = 0; i < written.size(); ++i) {
            const ObjectReader rule(*written[i], silent, {});
            const JsonObject same{{"target", rule.text("target")},
                                  {"modifier", rule.text("modifier")},
                                  {"value", rule.text("value")},
                                  {"invert", rule.flag("invert", false)},
                                  {"operator", rule.text("operator")}};
            if (exported->rules[i] != JsonValue(same))
                return true;
        }
        return false;
    }

    void add(Draft &draft) { m_endpoint.responses.push_back(std::move(draft.response)); }

    void takeTurns()
    {
        m_endpoint.select = m_mode == "RANDOM" ? Selection::Random : Selection::Sequence;
        if (m_mode == "SEQUENTIAL")
            m_endpoint.repeat = SequenceEnd::Loop;
        noteIgnoredRules();
        for (Draft &draft : m_drafts)
            add(draft);
    }

    void onlyDefault()
    {
        noteIgnoredRules();
        for (Draft &draft : m_drafts) {
            if (!draft.isDefault)
                draft.response.times = 0;
            add(draft);
        }
    }

    void noteIgnoredRules()
    {
        if (std::any_of(m_drafts.begin(), m_drafts.end(),
                        [](const Draft &d) { return !d.rules.isComplete; }))
            m_notes.changed(m_route.subject(), "rules play no part in the mode " + m_mode
                                                   + "; they are kept as x-mockoon-rules");
    }

    /// Modes null and FALLBACK. A response without rules comes behind all that have some wherever
    /// it stands (format.md, Selection), so the order stays as it is; only a default that has rules
    /// is there twice.
    void byRules()
    {
        std::vector<const Draft *> never;
        std::optional<Response> last;
        for (Draft &draft : m_drafts) {
            const bool isLast = draft.isDefault && m_mode != "FALLBACK";
            if (draft.rules.when && isLast)
                last = draft.response;
            if (draft.rules.when) {
                draft.response.when = std::move(draft.rules.when);
            } else if (!isLast) {
                never.push_back(&draft);
                draft.response.times = 0;
            }
            add(draft);
        }
        if (last)
            m_endpoint.responses.push_back(*std::move(last));
        noteNever(never);
    }

    void noteNever(const std::vector<const Draft *> &drafts)
    {
        std::size_t withoutRules = 0;
        for (const Draft *draft : drafts) {
            if (draft->rules.hasRules)
                m_notes.notServed(
                    draft->subject,
                    "its rules cannot be expressed yet, so it is never chosen (times: 0)");
            else
                ++withoutRules;
        }
        if (withoutRules > 0)
            m_notes.changed(m_route.subject(),
                            std::to_string(withoutRules) + " of its responses "
                                + (withoutRules == 1 ? "has" : "have")
                                + " no rules, so Mockoon never sends them; kept with times: 0");
    }

    const ObjectReader &m_route;
    const EnvironmentScope &m_environment;
    const RuleScope &m_rules;
    Notes &m_notes;
    Endpoint &m_endpoint;
    std::string m_mode;
    std::vector<Draft> m_drafts;
};

} // namespace

void translateResponses(const ObjectReader &route, const EnvironmentScope &environment,
                        const RuleScope &rules, Notes &notes, Endpoint &endpoint)
{
    ResponseTranslator(route, environment, rules, notes, endpoint).run();
}

} // namespace understudy::formats::mockoon
