// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/environment.h"

#include "core/base/text.h"
#include "core/formats/mockoon/answer.h"
#include "core/formats/mockoon/headers.h"
#include "core/formats/mockoon/json_text.h"
#include "core/formats/mockoon/migrate.h"
#include "core/formats/mockoon/routes.h"
#include "core/http/uri.h"
#include "core/model/edit.h"

#include <algorithm>

namespace understudy::formats::mockoon {

namespace {

constexpr std::int64_t kNewestLevel = 33;
/// Below it, 0.0.0.0 was what "all interfaces" was called.
constexpr std::int64_t kEmptyHostnameLevel = 27;

class EnvironmentImporter
{
public:
    EnvironmentImporter(const boost::json::object &environment, const std::filesystem::path &file,
                        RulePlaces rulePlaces)
        : m_notes(file.string())
        , m_reader(environment, m_notes, {})
        , m_file(file)
        , m_rulePlaces(std::move(rulePlaces))
    {}

    LoadedServer run()
    {
        level();
        m_server.name = oneLine(m_reader.text("name"));
        if (m_server.name.empty())
            m_server.name = m_file.stem().string();
        listen();
        tls();
        base();
        if (const Duration latency = readMilliseconds(m_reader, "latency"); latency.count() > 0)
            m_server.behaviour.latency.head = FixedLatency{latency};
        headers();
        proxy();
        routes();
        assignIds(m_server);
        return {std::move(m_server), "mockoon", m_file, m_notes.take()};
    }

private:
    void level()
    {
        m_level = m_reader.number("lastMigration", 0, 0, 1'000'000);
        if (m_level > kNewestLevel)
            m_notes.changed({}, "the file is of level " + std::to_string(m_level)
                                    + ", newer than level " + std::to_string(kNewestLevel)
                                    + " that is known here; read as if it were that");
    }

    void listen()
    {
        m_server.listen.port = static_cast<std::uint16_t>(m_reader.number("port", 3000, 0, 65535));
        std::string host = oneLine(m_reader.text("hostname"));
        if (host == "0.0.0.0" && m_level < kEmptyHostnameLevel)
            host.clear();
        if (host.empty())
            m_notes.changed(
                {},
                "Mockoon listens on all interfaces; here the server listens on 127.0.0.1 (change "
                "listen.address to 0.0.0.0 to open it)");
        else
            m_server.listen.address
                = text::equalsIgnoreCase(host, "localhost") ? std::string("localhost") : host;
    }

    void tls()
    {
        const boost::json::value *value = m_reader.object().if_contains("tlsOptions");
        const boost::json::object *object = value ? value->if_object() : nullptr;
        if (!object)
            return;
        const ObjectReader options(*object, m_notes, "TLS");
        if (!options.flag("enabled", false))
            return;
        Tls tls;
        const std::string certificate = options.text("certPath");
        const std::string key = options.text("keyPath");
        const std::string archive = options.text("pfxPath");
        if (options.choice("type", "CERT", {"CERT", "PFX"}) == "PFX") {
            if (!archive.empty()) {
                tls.kind = Tls::Kind::Pkcs12;
                tls.pkcs12 = archive;
            }
        } else if (!certificate.empty() && !key.empty()) {
            tls.kind = Tls::Kind::Pem;
            tls.certificate = certificate;
            tls.key = key;
        }
        if (!options.text("passphrase").empty()) {
            tls.passphraseEnv = "UNDERSTUDY_TLS_PASSPHRASE";
            m_notes.changed("TLS", "the passphrase does not go into the file; it is taken from the "
                                   "environment variable "
                                       + tls.passphraseEnv);
        }
        if (!options.text("caPath").empty())
            m_notes.changed("TLS",
                            "'caPath' has no use: Mockoon never asks for client certificates");
        m_server.listen.tls = std::move(tls);
    }

    /// A plain prefix is the server's base; one with parameters goes in front of every path.
    void base()
    {
        m_prefix = oneLine(m_reader.text("endpointPrefix"));
        // Runs of slashes count as one.
        const auto last = std::unique(m_prefix.begin(), m_prefix.end(),
                                      [](char a, char b) { return a == '/' && b == '/'; });
        m_prefix.erase(last, m_prefix.end());
        if (m_prefix.starts_with('/'))
            m_prefix.erase(0, 1);
        if (m_prefix.ends_with('/'))
            m_prefix.pop_back();
        if (m_prefix.empty())
            return;
        if (m_prefix.find_first_of(":*()[]{}?+!\\") != std::string::npos) {
            m_notes.changed({}, "the prefix '" + m_prefix
                                    + "' is no plain text and stands before every path");
            return;
        }
        if (m_prefix.find(' ') != std::string::npos)
            m_notes.changed({}, "Mockoon does not encode the space in the prefix '" + m_prefix
                                    + "'; here the decoded path is compared");
        m_server.base = '/' + m_prefix;
    }

    void headers()
    {
        m_server.headers = readHeaders(m_reader, "headers", m_notes);
        // It is written into each response, where it belongs: Mockoon's own 404 does not have it.
        const auto type = std::find_if(m_server.headers.begin(), m_server.headers.end(),
                                       [](const http::HeaderField &f) {
                                           return text::equalsIgnoreCase(f.name, "Content-Type");
                                       });
        if (type != m_server.headers.end()) {
            m_contentType = type->value;
            m_server.headers.erase(type);
        }
        m_hasTemplateHeaders
            = std::any_of(m_server.headers.begin(), m_server.headers.end(),
                          [](const auto &f) { return f.value.find("{{") != std::string::npos; });
        if (m_hasTemplateHeaders)
            m_notes.changed({}, "templates in the server's headers are rendered for the answers of "
                                "endpoints; a 404 has them as written");
        m_server.caseInsensitivePaths = true;
        m_server.ignoreTrailingSlash = true;
        m_server.mergeSlashes = true;
        m_server.cors = m_reader.flag("cors", true);
        if (m_server.cors)
            m_notes.changed(
                {}, "Mockoon's CORS switch answers preflights only; here ordinary answers get the "
                    "Access-Control headers too");
    }

    void proxy()
    {
        const bool isOn = m_reader.flag("proxyMode", false);
        const std::string host = m_reader.text("proxyHost");
        if (host.empty())
            return;
        if (isOn) {
            m_server.upstream = Upstream{};
            m_server.upstream->url = host;
            m_notes.notServed({}, "requests are not passed on to '" + host + "' yet");
        }
        boost::json::object rest;
        if (!isOn) {
            rest["url"] = host;
            m_notes.changed({}, "the proxy to '" + host
                                    + "' is switched off; it is kept under x-mockoon-proxy");
        }
        if (m_reader.flag("proxyRemovePrefix", false))
            rest["removePrefix"] = true;
        for (const auto &[key, name] : {std::pair("proxyReqHeaders", "requestHeaders"),
                                        std::pair("proxyResHeaders", "responseHeaders")}) {
            boost::json::object list;
            for (const http::HeaderField &field : readHeaders(m_reader, key, m_notes))
                list[field.name] = field.value;
            if (!list.empty())
                rest[name] = std::move(list);
        }
        if (!rest.empty())
            m_server.extensions.set("x-mockoon-proxy", kept(rest));
    }

    void routes()
    {
        Buckets buckets = Buckets::read(m_reader, m_notes);
        EnvironmentScope scope{
            m_contentType, {}, buckets, m_hasTemplateHeaders, std::move(m_rulePlaces)};
        for (const boost::json::object *callback : m_reader.objects("callbacks")) {
            if (const auto *uuid = callback->if_contains("uuid"); uuid && uuid->is_string())
                scope.callbacks.emplace(uuid->get_string(), callback);
        }
        const std::vector<TreeEntry> tree = buildTree(m_reader, m_notes);
        TranslatedRoutes routes
            = translateRoutes(tree, m_server.base, m_prefix, buckets, scope, m_notes);
        m_server.items = std::move(routes.items);
        if (!routes.webSockets.empty())
            m_server.extensions.set("x-mockoon-ws", kept(routes.webSockets));
        m_server.buckets = buckets.take();
    }

    Notes m_notes;
    ObjectReader m_reader;
    const std::filesystem::path &m_file;
    RulePlaces m_rulePlaces;
    Server m_server;
    std::int64_t m_level = 0;
    std::string m_prefix;
    std::string m_contentType;
    bool m_hasTemplateHeaders = false;
};

} // namespace

LoadedServer importEnvironment(boost::json::object environment, const std::filesystem::path &file,
                               std::span<const yaml::Mark> marksOfRules)
{
    migrate(environment);
    return EnvironmentImporter(environment, file, RulePlaces(environment, marksOfRules)).run();
}

} // namespace understudy::formats::mockoon
