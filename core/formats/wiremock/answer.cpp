// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/answer.h"

#include "core/base/text.h"
#include "core/http/header_list.h"
#include "core/http/status.h"

#include <algorithm>
#include <array>

namespace understudy::formats::wiremock {

namespace {

constexpr int kDefaultStatus = 200;
constexpr std::int64_t kLowestStatus = 100;
constexpr std::int64_t kHighestStatus = 999;
constexpr std::string_view kFiles = "__files/";

struct FaultRow
{
    std::string_view name;
    FaultKind kind;
    std::optional<FaultPlace> at;
};

const std::array kFaults{
    FaultRow{"CONNECTION_RESET_BY_PEER", FaultKind::Reset, FaultPlace::Head},
    FaultRow{"EMPTY_RESPONSE", FaultKind::Close, FaultPlace::Head},
    FaultRow{"MALFORMED_RESPONSE_CHUNK", FaultKind::MalformedChunk, std::nullopt},
    FaultRow{"RANDOM_DATA_THEN_CLOSE", FaultKind::Garbage, FaultPlace::Head},
};

class AnswerReader
{
public:
    AnswerReader(const Node &definition, StubScope &scope)
        : m_definition(definition)
        , m_scope(scope)
    {}

    Answer read()
    {
        status();
        if (const Node *headers = member(m_definition, "headers"))
            m_out.response.headers = translateHeaders(*headers, m_scope);
        body();
        templates();
        delays();
        fault();
        proxy();
        unknown();
        return std::move(m_out);
    }

private:
    void status()
    {
        const auto status = numberIn(m_definition, "status");
        if (status && *status > 0) {
            if (*status < kLowestStatus || *status > kHighestStatus)
                m_scope.notes.changed(m_scope.subject,
                                      "the status " + std::to_string(*status)
                                          + " is none of HTTP; it is sent as 500",
                                      member(m_definition, "status")->start);
            m_out.response.status = *status < kLowestStatus || *status > kHighestStatus
                                        ? 500
                                        : static_cast<int>(*status);
        }
        const std::string message = textIn(m_definition, "statusMessage");
        if (message != http::reasonPhrase(m_out.response.status) && http::isFieldValue(message))
            m_out.response.reason = message;
    }

    /// The first that is there: body, jsonBody, base64Body, bodyFileName.
    void body()
    {
        Body &out = m_out.response.body;
        const std::string file = textIn(m_definition, "bodyFileName");
        if (const Node *text = member(m_definition, "body"); text && text->isScalar()) {
            out = Body::text(text->text);
        } else if (text) {
            out = Body::ofJson(yaml::toJson(*text)); // as in WireMock 4
        } else if (const Node *json = member(m_definition, "jsonBody")) {
            out = Body::ofJson(yaml::toJson(*json));
        } else if (const Node *base64 = member(m_definition, "base64Body")) {
            out = {Body::Kind::Base64, base64->text, {}, false};
            if (!text::decodeBase64(base64->text)) {
                m_scope.notes.changed(m_scope.subject, "'base64Body' is no base64; it is left out",
                                      base64->start);
                out = {};
            }
        } else if (!file.empty()) {
            out = Body::file(std::string(kFiles) + file);
        }
    }

    void templates()
    {
        const Node *transformers = member(m_definition, "transformers");
        for (std::size_t i = 0; transformers && i < transformers->items.size(); ++i) {
            const Node &name = transformers->items[i];
            if (name.text == "response-template")
                m_out.response.isTemplate = true;
            else
                m_scope.notes.notServed(m_scope.subject,
                                        "the transformer " + text::inQuotes(name.text)
                                            + " is Java and has no effect here",
                                        name.start);
        }
        if (m_out.response.isTemplate)
            m_out.response.dialect = Dialect::WireMock;
        if (const Node *parameters = member(m_definition, "transformerParameters"))
            m_out.response.extensions.set("x-wiremock-parameters", yaml::toJson(*parameters));
    }

    void delays()
    {
        std::optional<LatencyModel> fixed;
        if (const auto delay = numberIn(m_definition, "fixedDelayMilliseconds");
            delay && *delay > 0)
            fixed = FixedLatency{
                std::chrono::milliseconds(std::min<std::int64_t>(*delay, 1'000'000'000))};
        std::optional<LatencyModel> drawn;
        if (const Node *distribution = member(m_definition, "delayDistribution"))
            drawn = translateDelay(*distribution, m_scope);
        m_out.response.behaviour.latency.head = drawn ? drawn : fixed;
        if (drawn)
            m_out.fixedDelay = fixed;
        if (const Node *dribble = member(m_definition, "chunkedDribbleDelay")) {
            Throttle throttle;
            throttle.chunks = static_cast<std::uint64_t>(std::clamp<std::int64_t>(
                numberIn(*dribble, "numberOfChunks").value_or(1), 1, 100'000));
            throttle.over = std::chrono::milliseconds(std::clamp<std::int64_t>(
                numberIn(*dribble, "totalDuration").value_or(0), 0, 1'000'000'000));
            m_out.response.behaviour.throttle = throttle;
        }
    }

    void fault()
    {
        const Node *fault = member(m_definition, "fault");
        if (!fault)
            return;
        const auto row = std::find_if(kFaults.begin(), kFaults.end(),
                                      [&](const FaultRow &f) { return f.name == fault->text; });
        if (row == kFaults.end()) {
            m_scope.notes.notServed(m_scope.subject,
                                    text::inQuotes(fault->text) + " is no fault of WireMock",
                                    fault->start);
            return;
        }
        Fault out;
        out.kind = row->kind;
        out.at = row->at;
        m_out.response.behaviour.faults.push_back(std::move(out));
    }

    void proxy()
    {
        const Node *proxy = member(m_definition, "proxyBaseUrl");
        if (!proxy)
            return;
        m_scope.notes.notServed(m_scope.subject,
                                "requests are not passed on to '" + proxy->text
                                    + "' by this version, so that this stub is switched off",
                                proxy->start);
        m_out.isServed = false;
        m_out.response.extensions.set("x-wiremock-response", yaml::toJson(m_definition));
    }

    void unknown()
    {
        constexpr std::array<std::string_view, 20> kKnown{"status",
                                                          "statusMessage",
                                                          "headers",
                                                          "body",
                                                          "jsonBody",
                                                          "base64Body",
                                                          "bodyFileName",
                                                          "fixedDelayMilliseconds",
                                                          "delayDistribution",
                                                          "chunkedDribbleDelay",
                                                          "fault",
                                                          "proxyBaseUrl",
                                                          "proxyUrlPrefixToRemove",
                                                          "additionalProxyRequestHeaders",
                                                          "removeProxyRequestHeaders",
                                                          "transformers",
                                                          "transformerParameters",
                                                          "fromConfiguredStub",
                                                          "additionalHeaders",
                                                          "gzipDisabled"};
        for (const Node::Key &key : m_definition.keys) {
            if (std::find(kKnown.begin(), kKnown.end(), key.text) == kKnown.end())
                m_scope.notes.notServed(
                    m_scope.subject, text::inQuotes(key.text) + " is no key of a response", key.at);
        }
    }

    const Node &m_definition;
    StubScope &m_scope;
    Answer m_out;
};

} // namespace

http::HeaderList translateHeaders(const Node &headers, StubScope &scope)
{
    http::HeaderList out;
    const auto add = [&](const Node::Key &name, const Node &value) {
        if (http::isToken(name.text) && value.isScalar() && http::isFieldValue(value.text))
            out.push_back({name.text, value.text});
        else
            scope.notes.changed(scope.subject,
                                "the header " + text::inQuotes(name.text)
                                    + " is left out: HTTP does not allow its name or value",
                                name.at);
    };
    for (std::size_t i = 0; headers.isMap() && i < headers.keys.size(); ++i) {
        if (!headers.items[i].isList())
            add(headers.keys[i], headers.items[i]);
        for (const Node &value : headers.items[i].items) {
            if (headers.items[i].isList())
                add(headers.keys[i], value);
        }
    }
    return out;
}

Answer translateAnswer(const Node *definition, StubScope &scope)
{
    static const Node empty = Node::map();
    return AnswerReader(definition && definition->isMap() ? *definition : empty, scope).read();
}

} // namespace understudy::formats::wiremock
