// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/export.h"

#include "core/base/files.h"
#include "core/base/json_text.h"
#include "core/formats/mountebank/answer_export.h"
#include "core/formats/mountebank/predicate_export.h"
#include "core/model/edit.h"
#include "core/model/path_pattern.h"

#include <algorithm>

namespace understudy::formats::mountebank {

namespace {

/// A turn in a stub's circle; mountebank puts each into memory so often.
constexpr std::uint64_t kMostRepeats = 10'000;

/// A stub, and what decides when it is asked.
struct OrderedStub
{
    JsonObject stub;
    PathPattern::Rank rank = PathPattern::Rank::Exact;
    int priority = 0;
};

/// It asks for JSON with its lists in their order.
bool asksForOrder(const Rule &rule)
{
    if (const auto *group = std::get_if<RuleGroup>(&rule.node))
        return std::any_of(group->rules.begin(), group->rules.end(), asksForOrder);
    const auto &conditions = std::get<RuleLeaf>(rule.node).conditions;
    return std::any_of(conditions.begin(), conditions.end(), [](const Condition &condition) {
        const JsonValue *any = condition.options.find("ignoreArrayOrder");
        return condition.op == RuleOperator::Json && !(any && any->isTrue())
               && writeJson(condition.value).find('[') != std::string::npos;
    });
}

class ImposterWriter
{
public:
    ImposterWriter(const Server &server, const std::filesystem::path &folder)
        : m_server(server)
        , m_folder(folder)
        , m_report("mountebank")
    {}

    Exported write()
    {
        JsonObject imposter = head();
        forEachEndpoint(m_server, [this](const EndpointVisit &visit) { endpoint(visit); });
        // Ours asks by priority, then exact paths before parameters, wildcards and expressions.
        std::stable_sort(
            m_stubs.begin(), m_stubs.end(), [](const OrderedStub &a, const OrderedStub &b) {
                return a.priority != b.priority ? a.priority < b.priority : a.rank < b.rank;
            });
        JsonArray stubs;
        for (OrderedStub &one : m_stubs)
            stubs.emplace_back(std::move(one.stub));
        if (auto last = fallback())
            stubs.emplace_back(*std::move(last));
        imposter.set("stubs", std::move(stubs));
        Exported out;
        out.text
            = writeJson(
                  JsonValue(JsonObject{{"imposters", JsonArray{JsonValue(std::move(imposter))}}}),
                  2)
              + '\n';
        out.report = m_report.take();
        return out;
    }

private:
    JsonObject head()
    {
        m_report.subject = m_server.name;
        JsonObject out{{"protocol", m_server.listen.tls ? "https" : "http"}};
        if (m_server.listen.port != 0)
            out.set("port", m_server.listen.port);
        if (!m_server.name.empty())
            out.set("name", m_server.name);
        if (!m_server.listen.address.empty())
            out.set("host", m_server.listen.address);
        m_report.changed("a stub for GET does not answer HEAD there");
        if (m_server.listen.tls)
            tls(*m_server.listen.tls, out);
        if (m_server.cors) {
            out.set("allowCORS", true);
            m_report.changed("'allowCORS' answers preflights alone there");
        }
        if (m_server.upstream)
            m_report.noWord("'upstream'");
        if (m_server.mergeSlashes)
            m_report.noWord("'mergeSlashes'");
        return out;
    }

    void tls(const Tls &tls, JsonObject &out)
    {
        if (const JsonValue *kept = tls.extensions.find("x-mountebank");
            kept && kept->isObject() && tls.kind == Tls::Kind::SelfSigned) {
            for (const JsonMember &member : *kept->ifObject())
                out.set(member.name, member.value);
        }
        if (tls.kind == Tls::Kind::Pem) {
            pem("key", tls.key, out);
            pem("cert", tls.certificate, out);
        } else if (tls.kind == Tls::Kind::Pkcs12) {
            m_report.noWord("a PKCS #12 file", "mountebank's own certificate is shown");
        } else if (!out.contains("cert")) {
            m_report.changed("mountebank shows its own certificate");
        }
        const bool asksClients = tls.clientCertificate.value_or(tls.clientAuthority.empty()
                                                                    ? ClientCertificate::None
                                                                    : ClientCertificate::Required)
                                 == ClientCertificate::Required;
        if (asksClients) {
            out.set("mutualAuth", true);
            out.set("rejectUnauthorized", true);
            pem("ca", tls.clientAuthority, out);
        } else if (tls.clientCertificate == ClientCertificate::Optional) {
            m_report.noWord("a client certificate that is optional");
        }
        if (!tls.fault.empty())
            m_report.noWord("a fault of TLS");
    }

    void pem(std::string_view key, const std::string &path, JsonObject &out)
    {
        if (path.empty())
            return;
        const auto content = files::readFileInside(m_folder, path);
        if (content)
            out.set(key, *content);
        else
            m_report.notServed(content.error().text() + ": '" + std::string(key) + "' is left out");
    }

    void endpoint(const EndpointVisit &visit)
    {
        const Endpoint &endpoint = visit.endpoint;
        if (!hasStub(visit, m_report))
            return;
        if (endpoint.requires_) {
            m_report.noWord("an endpoint that needs the state of a scenario");
            return;
        }
        std::string why;
        const auto place = placePredicates(m_server, endpoint, why);
        if (!place) {
            m_report.noWord(why, "the endpoint is left out");
            return;
        }
        ResponseScope scope{m_server, visit.folders, endpoint, m_folder, m_report};
        const bool takesTurns
            = endpoint.responses.size() > 1
              && (endpoint.select == Selection::Sequence || endpoint.select == Selection::Random
                  || takesTurnsByTimes(endpoint));
        if (takesTurns)
            turns(endpoint, *place, scope);
        else
            choices(endpoint, *place, scope);
    }

    /// Adds a stub for a rule and what it answers.
    void stub(const Endpoint &endpoint, JsonArray predicates, const std::optional<Rule> &when,
              JsonArray responses)
    {
        if (responses.empty())
            return;
        if (when) {
            std::string why;
            auto predicate = predicateOf(*when, why);
            if (!predicate) {
                m_report.noWord(why, "what it leads to is left out");
                return;
            }
            predicates.emplace_back(*std::move(predicate));
            if (asksForOrder(*when))
                m_report.changed("lists in JSON bodies may have any order there");
        }
        OrderedStub out;
        if (!predicates.empty())
            out.stub.set("predicates", std::move(predicates));
        out.stub.set("responses", std::move(responses));
        out.priority = endpoint.priority;
        if (const auto shape = parsePathPattern(endpoint.path, m_server.base))
            out.rank = shape->rank;
        m_stubs.push_back(std::move(out));
    }

    /// The first response whose rule holds, then the one without.
    void choices(const Endpoint &endpoint, const JsonArray &place, ResponseScope &scope)
    {
        for (const bool withRules : {true, false}) {
            for (const Response &response : endpoint.responses) {
                if (response.when.has_value() != withRules || response.times == 0U)
                    continue;
                if (response.times)
                    m_report.noWord("'times' beside rules", "it goes on answering there");
                JsonArray responses;
                if (auto answer = answerOf(response, scope))
                    responses.emplace_back(*std::move(answer));
                stub(endpoint, place, response.when, std::move(responses));
                if (!withRules)
                    return; // nothing behind it is ever asked
            }
        }
    }

    void turns(const Endpoint &endpoint, const JsonArray &place, ResponseScope &scope)
    {
        const std::optional<Rule> &when = endpoint.responses.front().when;
        const bool isOneRule = std::all_of(endpoint.responses.begin(), endpoint.responses.end(),
                                           [&](const Response &one) { return one.when == when; });
        if (!isOneRule) {
            m_report.noWord("responses that take turns and have rules of their own",
                            "the endpoint is left out");
            return;
        }
        const bool isRandom = endpoint.select == Selection::Random;
        if (isRandom)
            m_report.noWord("choosing a response by chance", "they take turns there");
        const bool isLoop
            = isRandom
              || (endpoint.select == Selection::Sequence && endpoint.repeat == SequenceEnd::Loop);
        const bool endsItself
            = endpoint.select == Selection::First && endpoint.responses.back().times.has_value();
        if (endsItself)
            m_report.noWord("that nothing answers after so many times", "it begins anew there");
        JsonArray responses;
        for (const Response &response : endpoint.responses) {
            std::uint64_t times = isRandom ? response.weight : response.times.value_or(1);
            const bool isLast = &response == &endpoint.responses.back();
            if (times == 0)
                continue;
            if (isLast && !isLoop && !endsItself) {
                times = kMostRepeats;
                m_report.changed("the last response is sent 10,000 times there, then the "
                                 "first comes again");
            }
            auto answer = answerOf(response, scope);
            if (!answer)
                continue;
            if (times > 1)
                answer->set("repeat", std::min(times, kMostRepeats));
            responses.emplace_back(*std::move(answer));
        }
        stub(endpoint, place, when, std::move(responses));
    }

    /// What no stub answers; `defaultResponse` would also fill what other responses leave out.
    std::optional<JsonObject> fallback()
    {
        m_report.subject = "the fallback";
        static const std::vector<const Folder *> none;
        const Endpoint any;
        ResponseScope scope{m_server, none, any, m_folder, m_report};
        Response answer;
        if (m_server.fallback) {
            answer = *m_server.fallback;
        } else {
            answer.status = 404;
            m_report.changed("a 404 without a body, which does not name near misses");
        }
        auto written = answerOf(answer, scope);
        const JsonObject plain{{"is", JsonObject{{"statusCode", 200}}}};
        if (!written || *written == plain)
            return std::nullopt;
        return JsonObject{{"responses", JsonArray{JsonValue(*std::move(written))}}};
    }

    const Server &m_server;
    const std::filesystem::path &m_folder;
    ExportReport m_report;
    std::vector<OrderedStub> m_stubs;
};

} // namespace

Result<Exported> write(const Server &server, const std::filesystem::path &folder)
{
    Server copy = server;
    assignIds(copy);
    return ImposterWriter(copy, folder).write();
}

} // namespace understudy::formats::mountebank
