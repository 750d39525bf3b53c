// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/imposter.h"

#include "core/base/text.h"
#include "core/formats/endpoint_order.h"
#include "core/formats/mountebank/answer.h"
#include "core/formats/mountebank/predicates.h"
#include "core/formats/recorded/fields.h"
#include "core/http/header_list.h"
#include "core/model/edit.h"
#include "core/model/path_pattern.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mountebank {

namespace {

using recorded::fieldOf;
using recorded::isTrue;
using recorded::textOf;

constexpr std::string_view kAnyPath = "regex:.*";
constexpr std::uint16_t kAnyPort = 0;

class ImposterReader
{
public:
    ImposterReader(const Node &imposter, Notes &notes)
        : m_imposter(imposter)
        , m_notes(notes)
    {
        m_defaults.response = recorded::mapOf(&imposter, "defaultResponse");
    }

    Server read(const std::string &name)
    {
        const std::string own = recorded::oneLine(textOf(&m_imposter, "name"));
        m_out.name = own.empty() ? name : own;
        m_out.headers.push_back({"Connection", "close"}); // as every answer there has
        listen();
        cors();
        stubs();
        fallback();
        theRest();
        assignIds(m_out);
        return std::move(m_out);
    }

private:
    void listen()
    {
        const auto port = recorded::numberOf(&m_imposter, "port");
        constexpr double kMostPort = 65'535;
        const bool isPort = port && *port >= 0 && *port <= kMostPort;
        m_out.listen.port = isPort ? static_cast<std::uint16_t>(*port) : kAnyPort;
        if (const Node *written = fieldOf(&m_imposter, "port"); written && !isPort)
            m_notes.changed(m_out.name, "the port is none; a free one is taken", written->start);
        const std::string host = recorded::oneLine(textOf(&m_imposter, "host"));
        if (!host.empty())
            m_out.listen.address = host;
        else
            m_notes.changed(m_out.name,
                            "mountebank listens on all interfaces; here the server listens on "
                            "127.0.0.1 (change listen.address to 0.0.0.0 to open it)",
                            m_imposter.start);
        if (textOf(&m_imposter, "protocol") == "https")
            tls();
    }

    /// Ours are files.
    void tls()
    {
        Tls tls;
        JsonObject kept;
        const Node *first = nullptr;
        for (const std::string_view key : {"key", "cert", "ca", "ciphers"}) {
            const Node *value = fieldOf(&m_imposter, key);
            if (!value || value->isNull())
                continue;
            first = first ? first : value;
            kept.set(key, yaml::toJson(*value));
        }
        if (first)
            m_notes.changed(m_out.name,
                            "its key and certificate stand in the file; here they are files that "
                            "listen.tls names, so that a certificate of our own is shown",
                            first->start);
        if (isTrue(&m_imposter, "mutualAuth") && isTrue(&m_imposter, "rejectUnauthorized"))
            m_notes.notServed(m_out.name,
                              "clients are not asked for a certificate: listen.tls.clientAuthority "
                              "names the file of those that may sign it",
                              fieldOf(&m_imposter, "mutualAuth")->start);
        for (const std::string_view key : {"mutualAuth", "rejectUnauthorized"}) {
            if (isTrue(&m_imposter, key))
                kept.set(key, true);
        }
        if (!kept.empty())
            tls.extensions.set("x-mountebank", std::move(kept));
        m_out.listen.tls = std::move(tls);
    }

    void cors()
    {
        const Node *allowed = fieldOf(&m_imposter, "allowCORS");
        if (!allowed || !isTrue(&m_imposter, "allowCORS"))
            return;
        m_out.cors = true;
        m_notes.changed(m_out.name,
                        "preflights are answered by 'cors', which also adds its headers to other "
                        "answers",
                        allowed->start);
    }

    void stubs()
    {
        const Node *stubs = fieldOf(&m_imposter, "stubs");
        if (stubs && !stubs->isList() && !stubs->isNull())
            m_notes.notServed(m_out.name, "'stubs' is no list; it is left out", stubs->start);
        std::vector<Endpoint> endpoints;
        std::vector<OrderedEndpoint> tried;
        for (const Node &stub : recorded::listOf(&m_imposter, "stubs")) {
            Endpoint endpoint = translateStub(stub, endpoints.size() + 1);
            auto shape = parsePathPattern(endpoint.path);
            if (!shape) {
                m_notes.notServed(endpoint.path,
                                  shape.error().message + ", so that this stub is switched off",
                                  stub.start);
                endpoint.enabled = false;
                endpoint.path = "/";
                shape = parsePathPattern(endpoint.path);
            }
            tried.push_back({{*std::move(shape)}, endpoint.methods, endpoint.priority});
            endpoints.push_back(std::move(endpoint));
        }
        keepOrder(tried);
        for (std::size_t i = 0; i < endpoints.size(); ++i) {
            endpoints[i].priority = tried[i].priority;
            m_out.items.emplace_back(std::move(endpoints[i]));
        }
    }

    Endpoint translateStub(const Node &stub, std::size_t number)
    {
        const Node *predicates = fieldOf(&stub, "predicates");
        const std::string called = subjectOf(predicates);
        StubScope scope{m_notes, m_saidOnce,
                        called.empty() ? "stub " + std::to_string(number) : called};
        Endpoint out;
        if (!stub.isMap()) {
            scope.switchOff("this is no stub, but no object", stub.start);
        }
        StubRequest request = translatePredicates(predicates, scope);
        const yaml::Mark at = predicates ? predicates->start : stub.start;
        out.origin = {at.line, at.column};
        out.methods = std::move(request.methods);
        out.path = request.path.empty() ? std::string(kAnyPath) : std::move(request.path);
        if (out.path.starts_with("regex:"))
            out.name = called.empty() ? "Stub " + std::to_string(number) : called;
        else
            m_out.caseInsensitivePaths = true;
        out.responses = translateResponses(fieldOf(&stub, "responses"), m_defaults, scope);
        if (out.responses.size() > 1) {
            out.select = Selection::Sequence;
            out.repeat = SequenceEnd::Loop;
        }
        bool answers = false;
        for (Response &response : out.responses) {
            response.when = request.when;
            answers |= response.times != 0U;
        }
        out.enabled = scope.isServed && answers;
        if (!out.enabled)
            out.extensions.set("x-mountebank", yaml::toJson(stub));
        unknownOfStub(stub, scope);
        return out;
    }

    static void unknownOfStub(const Node &stub, StubScope &scope)
    {
        constexpr std::array<std::string_view, 4> kKnown{"predicates", "responses", "_links",
                                                         "matches"};
        for (std::size_t i = 0; stub.isMap() && i < stub.keys.size(); ++i) {
            const Node::Key &key = stub.keys[i];
            if (std::find(kKnown.begin(), kKnown.end(), key.text) == kKnown.end())
                scope.notes.notServed(
                    scope.subject,
                    text::inQuotes(recorded::oneLine(key.text)) + " is no key of a stub", key.at);
            else if (key.text == "matches")
                scope.notes.notServed(scope.subject, "the requests it was asked are left out",
                                      key.at);
        }
    }

    /// What no stub answers gets the default, or an empty 200.
    void fallback()
    {
        StubScope scope{m_notes, m_saidOnce, m_out.name + ", the default response"};
        m_out.fallback = translateIs(nullptr, m_defaults, scope);
        m_out.fallback->name = "No stub matches";
    }

    void theRest()
    {
        constexpr std::array<std::string_view, 17> kKnown{"protocol",
                                                          "port",
                                                          "name",
                                                          "host",
                                                          "stubs",
                                                          "defaultResponse",
                                                          "allowCORS",
                                                          "key",
                                                          "cert",
                                                          "ca",
                                                          "ciphers",
                                                          "mutualAuth",
                                                          "rejectUnauthorized",
                                                          "_links",
                                                          "numberOfRequests",
                                                          "recordRequests",
                                                          "requests"};
        for (std::size_t i = 0; i < m_imposter.keys.size(); ++i) {
            const Node::Key &key = m_imposter.keys[i];
            if (std::find(kKnown.begin(), kKnown.end(), key.text) == kKnown.end())
                m_notes.notServed(m_out.name,
                                  text::inQuotes(recorded::oneLine(key.text))
                                      + " has no effect on an imposter of http here",
                                  key.at);
            else if (key.text == "requests" && !m_imposter.items[i].items.empty())
                m_notes.notServed(m_out.name, "the requests it has recorded are left out", key.at);
            else if (key.text == "recordRequests" && isTrue(&m_imposter, key.text))
                m_notes.changed(m_out.name,
                                "requests are always recorded here, as far as there is room",
                                key.at);
        }
        const Node *wrong = fieldOf(&m_imposter, "defaultResponse");
        if (wrong && !wrong->isNull() && !wrong->isMap())
            m_notes.notServed(m_out.name, "'defaultResponse' is no object; it is left out",
                              wrong->start);
    }

    const Node &m_imposter;
    Notes &m_notes;
    Defaults m_defaults;
    Server m_out;
    std::set<std::string> m_saidOnce;
};

} // namespace

bool isHttp(const yaml::Node &imposter)
{
    const std::string protocol = textOf(&imposter, "protocol");
    return protocol == "http" || protocol == "https";
}

Server translateImposter(const yaml::Node &imposter, const std::string &name, Notes &notes)
{
    return ImposterReader(imposter, notes).read(name);
}

} // namespace understudy::formats::mountebank
