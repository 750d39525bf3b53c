// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/export.h"

#include "core/base/files.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/mockoon/export_answer.h"
#include "core/formats/mockoon/export_routes.h"
#include "core/formats/mockoon/export_template.h"
#include "core/model/edit.h"

#include <boost/json/parse.hpp>

namespace understudy::formats::mockoon {

namespace {

constexpr int kLevel = 33;

class EnvironmentExport
{
public:
    EnvironmentExport(const Server &server, const std::filesystem::path &folder)
        : m_server(server)
        , m_folder(folder)
        , m_notes({})
        , m_ids(server.name)
        , m_scope{server, {}, m_ids, m_notes, m_callbacks, server.name}
    {}

    Exported run()
    {
        const std::string uuid = m_ids.uuid();
        JsonArray data = buckets();
        const Duration latency = exportBehaviour(m_server.behaviour, m_scope);
        ofTheServer();
        Notes silent({});
        const auto parsed
            = boost::json::parse(writeJson(JsonValue(JsonObject{{"data", JsonValue(data)}})));
        const ObjectReader reader(parsed.get_object(), silent, {});
        const Buckets written = Buckets::read(reader, silent);
        ExportedRoutes tree = exportRoutes(m_scope, written);
        fallback(tree);
        JsonObject out{
            {"uuid", uuid},
            {"lastMigration", kLevel},
            {"name", m_server.name},
            {"endpointPrefix", m_server.base.empty() ? std::string() : m_server.base.substr(1)},
            {"latency", std::chrono::duration_cast<std::chrono::milliseconds>(latency).count()},
            {"port", m_server.listen.port},
            {"hostname",
             m_server.listen.address == "0.0.0.0" ? std::string() : m_server.listen.address},
            {"folders", std::move(tree.folders)},
            {"routes", std::move(tree.routes)},
            {"rootChildren", std::move(tree.rootChildren)},
            {"proxyMode", m_server.upstream.has_value()},
            {"proxyHost", m_server.upstream ? m_server.upstream->url : std::string()},
            {"proxyRemovePrefix", false},
            {"tlsOptions", tls()},
            {"cors", m_server.cors},
            {"headers", exportHeaders(environmentHeaders())},
            {"proxyReqHeaders", noHeader()},
            {"proxyResHeaders", noHeader()},
            {"data", std::move(data)},
            {"callbacks", m_callbacks}};
        Exported exported;
        exported.text = writeJson(JsonValue(std::move(out)), 2) + '\n';
        exported.report = m_notes.take();
        return exported;
    }

private:
    static JsonArray noHeader() { return exportHeaders({{"", ""}}); }

    void ofTheServer()
    {
        if (!m_server.caseInsensitivePaths || !m_server.ignoreTrailingSlash
            || !m_server.mergeSlashes)
            m_notes.changed(m_server.name, "Mockoon ignores letter case, a slash at the end and "
                                           "repeated slashes of paths");
        if (!m_server.helpers.empty())
            m_notes.notServed(m_server.name, "helpers of your own have no word in Mockoon");
        if (!m_server.scenarios.empty())
            m_notes.notServed(m_server.name, "scenarios have no word in Mockoon");
        if (!m_server.otherBases.empty())
            m_notes.notServed(m_server.name, "a second base path has no word in Mockoon");
        if (m_server.seed)
            m_notes.notServed(m_server.name, "'seed' has no word in Mockoon's files");
    }

    /// Mockoon's switch for CORS answers preflights alone.
    http::HeaderList environmentHeaders()
    {
        http::HeaderList out = m_server.headers;
        if (m_server.cors && !http::findHeader(out, "Access-Control-Allow-Origin"))
            out.push_back({"Access-Control-Allow-Origin", "*"});
        return out;
    }

    JsonArray buckets()
    {
        JsonArray out;
        for (const Bucket &bucket : m_server.buckets) {
            const JsonValue *own = bucket.extensions.find("x-mockoon-id");
            const std::string id = own && own->ifString() ? *own->ifString() : m_ids.shortId();
            m_scope.buckets.emplace(bucket.name, id);
            std::string value;
            if (!bucket.itemsFile.empty()) {
                const auto content = files::readFileInside(m_folder, bucket.itemsFile);
                if (content)
                    value = *content;
                else
                    m_notes.notServed("bucket '" + bucket.name + "'",
                                      content.error().text() + ": it is empty there");
            } else if (const JsonValue *isTemplate = bucket.extensions.find("x-mockoon-template");
                       isTemplate && isTemplate->isTrue() && bucket.items.ifString()) {
                value = *bucket.items.ifString();
            } else {
                value = writeJson(bucket.items, 2);
            }
            out.emplace_back(JsonObject{{"uuid", m_ids.uuid()},
                                        {"id", id},
                                        {"name", bucket.name},
                                        {"documentation", ""},
                                        {"value", value.empty() ? "[]" : value}});
        }
        return out;
    }

    JsonObject tls()
    {
        JsonObject out{{"enabled", false}, {"type", "CERT"}, {"pfxPath", ""},   {"certPath", ""},
                       {"keyPath", ""},    {"caPath", ""},   {"passphrase", ""}};
        if (!m_server.listen.tls)
            return out;
        const Tls &tls = *m_server.listen.tls;
        out.set("enabled", true);
        if (tls.kind == Tls::Kind::Pkcs12) {
            out.set("type", "PFX");
            out.set("pfxPath", tls.pkcs12);
        } else if (tls.kind == Tls::Kind::Pem) {
            out.set("certPath", tls.certificate);
            out.set("keyPath", tls.key);
        }
        if (!tls.passphraseEnv.empty())
            m_notes.notServed("TLS", "the passphrase is not written: it is to be set there");
        if (!tls.clientAuthority.empty() || tls.clientCertificate || !tls.fault.empty())
            m_notes.notServed("TLS", "client certificates and TLS faults have no word in Mockoon");
        return out;
    }

    /// What no route answers: a route for every path, and one for the root, which `*` leaves out.
    void fallback(ExportedRoutes &tree)
    {
        if (!m_server.fallback)
            return;
        m_scope.subject = "the fallback";
        for (const std::string_view path : {"*", ""}) {
            auto answer = exportAnswer(*m_server.fallback, {}, false, m_scope);
            if (!answer)
                return;
            answer->set("default", true);
            const std::string uuid = m_ids.uuid();
            tree.routes.emplace_back(JsonObject{{"uuid", uuid},
                                                {"type", "http"},
                                                {"documentation", "what no other route answers"},
                                                {"method", "all"},
                                                {"endpoint", path},
                                                {"responses", JsonArray{JsonValue(*answer)}},
                                                {"responseMode", nullptr},
                                                {"streamingMode", nullptr},
                                                {"streamingInterval", 0}});
            tree.rootChildren.emplace_back(JsonObject{{"uuid", uuid}, {"type", "route"}});
        }
    }

    const Server &m_server;
    const std::filesystem::path &m_folder;
    Notes m_notes;
    IdMaker m_ids;
    JsonArray m_callbacks;
    ExportScope m_scope;
};

} // namespace

Result<Exported> write(const Server &server, const std::filesystem::path &folder)
{
    Server copy = server;
    assignIds(copy);
    return EnvironmentExport(copy, folder).run();
}

} // namespace understudy::formats::mockoon
