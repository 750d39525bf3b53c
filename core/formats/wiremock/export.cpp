// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/export.h"

#include "core/base/json_text.h"
#include "core/formats/endpoint_order.h"
#include "core/formats/native/native.h"
#include "core/formats/wiremock/answer_export.h"
#include "core/formats/wiremock/rule_export.h"
#include "core/formats/wiremock/url_export.h"
#include "core/model/edit.h"

#include <algorithm>

namespace understudy::formats::wiremock {

namespace {

constexpr std::string_view kStarted = "Started";
constexpr int kStandardPriority = 5;

/// A stub, and what decides when it is asked.
struct Stub
{
    JsonObject mapping;
    PathPattern shape;
    std::vector<std::string> methods;
    int priority = 0;
    std::size_t endpoint = 0;
};

class ServerWriter
{
public:
    ServerWriter(const Server &server, const std::filesystem::path &folder)
        : m_server(server)
        , m_folder(folder)
        , m_report("WireMock")
    {}

    Exported write()
    {
        ofTheServer();
        forEachEndpoint(m_server, [this](const EndpointVisit &visit) {
            const std::size_t lost = m_report.lost();
            const std::size_t stubs = m_stubs.size();
            endpoint(visit);
            if (m_report.lost() > lost && m_stubs.size() > stubs)
                keepWhole(visit.endpoint, m_stubs[stubs].mapping);
        });
        order();
        fallback();
        JsonArray mappings;
        for (Stub &stub : m_stubs)
            mappings.emplace_back(std::move(stub.mapping));
        Exported out;
        out.text = writeJson(JsonValue(JsonObject{{"mappings", std::move(mappings)}}), 2) + '\n';
        out.report = m_report.take();
        return out;
    }

private:
    void ofTheServer()
    {
        m_report.subject = m_server.name;
        m_report.changed("a stub for GET does not answer HEAD there");
        if (m_server.listen.tls)
            m_report.changed("TLS is switched on with --https-port there");
        if (m_server.cors)
            m_report.changed("CORS is switched on with --enable-stub-cors there");
        if (m_server.upstream)
            m_report.noWord("'upstream'");
        if (m_server.mergeSlashes)
            m_report.noWord("'mergeSlashes'");
        if (!m_server.otherBases.empty())
            m_report.noWord("a second base path");
    }

    /// What has no word there goes along as `metadata`, which WireMock keeps and does not look at.
    static void keepWhole(const Endpoint &endpoint, JsonObject &mapping)
    {
        Server alone;
        alone.items.emplace_back(endpoint);
        const yaml::Node tree = native::writeTree(alone);
        const JsonValue *own = mapping.find("metadata");
        JsonObject metadata = own && own->isObject() ? *own->ifObject() : JsonObject();
        metadata.set("understudy", yaml::toJson(tree.find("endpoints")->items.front()));
        mapping.set("metadata", std::move(metadata));
    }

    void endpoint(const EndpointVisit &visit)
    {
        const Endpoint &endpoint = visit.endpoint;
        ++m_endpoints;
        if (!hasStub(visit, m_report))
            return;
        if (endpoint.select == Selection::Random && endpoint.responses.size() > 1)
            m_report.noWord("choosing a response by chance");
        const std::vector<const Response *> turns = turnsOf(endpoint);
        for (std::size_t i = 0; i < turns.size(); ++i)
            response(visit, *turns[i], i, turns.size());
        if (!turns.empty())
            return;
        for (const Response &one : endpoint.responses) {
            if (one.times)
                m_report.noWord("'times' beside rules");
            response(visit, one, 0, 0);
            // Nothing behind a response that always answers is ever asked.
            if (!one.when)
                break;
        }
    }

    /// Responses that answer one after the other: a sequence, or what `times` makes of responses
    /// without rules. Empty for others.
    std::vector<const Response *> turnsOf(const Endpoint &endpoint)
    {
        constexpr std::uint64_t kMostTurns = 100;
        std::vector<const Response *> out;
        if (endpoint.select == Selection::Sequence && endpoint.responses.size() > 1) {
            for (const Response &one : endpoint.responses)
                out.push_back(&one);
            return out;
        }
        const bool takesTurns = takesTurnsByTimes(endpoint);
        for (std::size_t i = 0; takesTurns && i < endpoint.responses.size(); ++i) {
            const Response &one = endpoint.responses[i];
            const std::uint64_t times = one.times.value_or(1);
            for (std::uint64_t n = 0; n < times && out.size() < kMostTurns; ++n)
                out.push_back(&one);
            if (!one.times)
                return out;
        }
        if (takesTurns)
            m_report.noWord("that nothing answers after so many times",
                            "the last one goes on there");
        return out;
    }

    /// `turns`: it is the `number`-th of so many that take turns; 0: they do not.
    void response(const EndpointVisit &visit, const Response &response, std::size_t number,
                  std::size_t turns)
    {
        const Endpoint &endpoint = visit.endpoint;
        ResponseScope scope{m_server, visit.folders, endpoint, m_folder, m_report};
        if (turns > 0 && response.sets)
            m_report.noWord("a state that is set by one of several that take turns");
        if (turns > 0 && response.when)
            m_report.noWord("a rule of one of several that take turns",
                            "it answers without it there");
        JsonObject pattern;
        placePath(m_server, endpoint, pattern);
        std::string why;
        std::optional asked(std::vector<Conjunction>(1));
        if (response.when && turns == 0)
            asked = conjunctionsOf(*response.when, why);
        const bool isExpression = pattern.contains("urlPathPattern");
        if (isExpression && response.isTemplate && endpoint.path.find('{') != std::string::npos)
            m_report.notServed("parameters of the path have no names there, as the path "
                               "is written as an expression: templates find none");
        auto answer = asked ? answerOf(response, scope) : std::nullopt;
        if (!asked)
            m_report.notServed(why + " has no word in WireMock: this response is left out");
        if (!answer)
            return;
        for (const Conjunction &terms : *asked) {
            for (const std::string &method : endpoint.methods) {
                JsonObject request{{"method", method}};
                for (const JsonMember &member : pattern)
                    request.set(member.name, member.value);
                if (!placeAll(terms, request))
                    return;
                stub(visit, response, std::move(request), *answer);
                if (turns > 0)
                    sequence(endpoint, number, turns);
                else
                    scenario(endpoint, response);
                if (JsonArray hooks = webhooksOf(response, scope); !hooks.empty())
                    m_stubs.back().mapping.set("serveEventListeners", std::move(hooks));
            }
        }
    }

    bool placeAll(const Conjunction &terms, JsonObject &request)
    {
        for (const Term &term : terms) {
            if (placeTerm(term, request))
                continue;
            m_report.notServed("a rule on '" + ruleTargetText(term.target)
                               + "' has no word in WireMock: this response is left "
                                 "out");
            return false;
        }
        return true;
    }

    void stub(const EndpointVisit &visit, const Response &response, JsonObject request,
              const JsonObject &answer)
    {
        const Endpoint &endpoint = visit.endpoint;
        Stub out;
        const JsonValue *kept = endpoint.extensions.find("x-wiremock");
        const JsonObject *own = kept && endpoint.responses.size() == 1 ? kept->ifObject() : nullptr;
        const auto restore = [&](std::string_view key) {
            if (const JsonValue *value = own ? own->find(key) : nullptr)
                out.mapping.set(key, *value);
        };
        if (m_lastEndpoint != m_endpoints)
            restore("id"); // of several stubs one has it
        m_lastEndpoint = m_endpoints;
        std::string name = endpoint.name;
        if (endpoint.responses.size() > 1 && !response.name.empty())
            name += (name.empty() ? "" : ": ") + response.name;
        if (!name.empty())
            out.mapping.set("name", name);
        out.methods = {*request.find("method")->ifString()};
        out.mapping.set("request", std::move(request));
        out.mapping.set("response", answer);
        restore("persistent");
        restore("metadata");
        if (auto shape = parsePathPattern(endpoint.path, m_server.base))
            out.shape = *std::move(shape);
        out.priority = endpoint.priority;
        out.endpoint = m_endpoints;
        m_stubs.push_back(std::move(out));
    }

    void scenario(const Endpoint &endpoint, const Response &response)
    {
        JsonObject &mapping = m_stubs.back().mapping;
        const auto &needs = endpoint.requires_;
        const auto &sets = response.sets;
        if (!needs && !sets)
            return;
        const std::string &name = needs ? needs->scenario : sets->scenario;
        mapping.set("scenarioName", name);
        if (needs)
            mapping.set("requiredScenarioState", needs->state);
        if (sets && sets->scenario == name)
            mapping.set("newScenarioState", sets->state);
        else if (sets)
            m_report.noWord("needing one scenario and setting another");
    }

    /// A sequence is a scenario that goes on by itself.
    void sequence(const Endpoint &endpoint, std::size_t number, std::size_t turns)
    {
        if (endpoint.requires_) {
            m_report.noWord("a sequence of an endpoint that needs a scenario's state");
            return;
        }
        JsonObject &mapping = m_stubs.back().mapping;
        const auto state = [](std::size_t at) {
            return at == 0 ? std::string(kStarted) : std::to_string(at + 1);
        };
        const bool isLast = number + 1 == turns;
        mapping.set("scenarioName", "Sequence of " + m_report.subject);
        mapping.set("requiredScenarioState", state(number));
        if (!isLast)
            mapping.set("newScenarioState", state(number + 1));
        else if (endpoint.select == Selection::Sequence && endpoint.repeat == SequenceEnd::Loop)
            mapping.set("newScenarioState", std::string(kStarted));
    }

    /// The later of two stubs of one priority goes first there, the earlier one here.
    void order()
    {
        std::vector<std::size_t> asked(m_stubs.size());
        for (std::size_t i = 0; i < asked.size(); ++i)
            asked[i] = i;
        std::stable_sort(asked.begin(), asked.end(), [this](std::size_t a, std::size_t b) {
            const Stub &x = m_stubs[a];
            const Stub &y = m_stubs[b];
            return x.priority != y.priority ? x.priority < y.priority : x.shape.rank < y.shape.rank;
        });
        std::vector<int> given(m_stubs.size(), kStandardPriority);
        for (std::size_t i = asked.size(); i-- > 0;) {
            const Stub &stub = m_stubs[asked[i]];
            for (std::size_t j = i + 1; j < asked.size(); ++j) {
                const Stub &later = m_stubs[asked[j]];
                // Behind it in the file, and so before it, only if it stands behind.
                const int allowed = given[asked[j]] - (asked[j] > asked[i] ? 1 : 0);
                if (allowed < given[asked[i]] && overlaps(stub, later))
                    given[asked[i]] = allowed;
            }
        }
        for (std::size_t i = 0; i < m_stubs.size(); ++i) {
            if (given[i] != kStandardPriority)
                m_stubs[i].mapping.set("priority", given[i]);
        }
    }

    static bool overlaps(const Stub &a, const Stub &b)
    {
        const bool sharesMethod
            = a.methods == b.methods || a.methods.front() == "ANY" || b.methods.front() == "ANY";
        return a.endpoint == b.endpoint ? sharesMethod
                                        : sharesMethod && canOverlap(a.shape, b.shape);
    }

    void fallback()
    {
        if (!m_server.fallback)
            return;
        m_report.subject = "the fallback";
        static const std::vector<const Folder *> none;
        const Endpoint any;
        ResponseScope scope{m_server, none, any, m_folder, m_report};
        auto answer = answerOf(*m_server.fallback, scope);
        if (!answer)
            return;
        constexpr int kLast = 1'000'000;
        Stub stub;
        stub.mapping.set("request", JsonObject{{"urlPattern", ".*"}});
        stub.mapping.set("response", *std::move(answer));
        stub.mapping.set("priority", kLast);
        m_stubs.push_back(std::move(stub));
    }

    const Server &m_server;
    const std::filesystem::path &m_folder;
    ExportReport m_report;
    std::vector<Stub> m_stubs;
    std::size_t m_endpoints = 0;
    std::size_t m_lastEndpoint = 0;
};

} // namespace

Result<Exported> write(const Server &server, const std::filesystem::path &folder)
{
    Server copy = server;
    assignIds(copy);
    return ServerWriter(copy, folder).write();
}

} // namespace understudy::formats::wiremock
