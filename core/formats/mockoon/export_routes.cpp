// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/export_routes.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/endpoint_order.h"
#include "core/formats/mockoon/export_path.h"
#include "core/formats/mockoon/export_rules.h"
#include "core/formats/mockoon/json_text.h"
#include "core/formats/mockoon/rules.h"
#include "core/model/edit.h"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>

namespace understudy::formats::mockoon {

namespace {

constexpr std::array<std::string_view, 14> kRouteMethods{
    "get",      "post",      "put",  "patch", "delete", "head", "options",
    "propfind", "proppatch", "move", "copy",  "mkcol",  "lock", "unlock"};

/// A route, and what decides when it is asked.
struct RouteDraft
{
    JsonObject route;
    std::string uuid;
    PathPattern shape;
    std::string method; ///< ours
    int priority = 0;
    std::vector<const Folder *> folders;
};

class RouteExport
{
public:
    RouteExport(ExportScope &scope, const Buckets &written)
        : m_scope(scope)
        , m_written(written)
    {}

    ExportedRoutes run()
    {
        forEachEndpoint(m_scope.server, [this](const EndpointVisit &visit) { endpoint(visit); });
        return arranged();
    }

private:
    void noWord(const std::string &what, const std::string &so = "it is left out")
    {
        m_scope.notes.notServed(m_scope.subject, what + " has no word in Mockoon; " + so);
    }

    void endpoint(const EndpointVisit &visit)
    {
        const Endpoint &endpoint = visit.endpoint;
        m_scope.subject
            = (endpoint.methods.empty() ? "ANY" : endpoint.methods.front()) + ' ' + endpoint.path;
        if (!visit.enabled) {
            m_scope.notes.changed(m_scope.subject, "is switched off; it is left out");
            return;
        }
        if (endpoint.requires_ && endpoint.requires_->state != "Started") {
            noWord("a scenario's state", "this endpoint is left out");
            return;
        }
        if (endpoint.requires_)
            noWord("a scenario's state", "this endpoint always answers there");
        const auto path
            = routePathOf(endpoint.path, m_scope.server.base, m_scope.subject, m_scope.notes);
        const bool isCrud = !endpoint.crud.empty();
        const auto bucket = m_scope.buckets.find(endpoint.crud);
        if (!path || (isCrud && bucket == m_scope.buckets.end()))
            return;
        Duration latency = exportBehaviour(endpoint.behaviour, m_scope);
        for (const Folder *folder : visit.folders)
            latency += exportBehaviour(folder->behaviour, m_scope);
        for (const std::string &method :
             isCrud ? std::vector<std::string>{"ANY"} : endpoint.methods) {
            const std::string lower = text::toLower(method);
            if (method != "ANY"
                && std::find(kRouteMethods.begin(), kRouteMethods.end(), lower)
                       == kRouteMethods.end()) {
                noWord("the method " + method);
                continue;
            }
            RouteDraft draft;
            draft.uuid = m_scope.ids.uuid();
            draft.method = method;
            draft.priority = endpoint.priority;
            draft.folders = visit.folders;
            if (auto shape = parsePathPattern(endpoint.path, m_scope.server.base))
                draft.shape = *std::move(shape);
            std::string mode;
            JsonArray responses = isCrud ? crudResponses(endpoint, latency)
                                         : this->responses(endpoint, latency, mode);
            if (responses.empty()) {
                noWord("an endpoint without a response");
                continue;
            }
            draft.route
                = JsonObject{{"uuid", draft.uuid},
                             {"type", isCrud ? "crud" : "http"},
                             {"documentation",
                              endpoint.description.empty() ? endpoint.name : endpoint.description},
                             {"method", isCrud            ? std::string()
                                        : method == "ANY" ? std::string("all")
                                                          : lower},
                             {"endpoint", *path},
                             {"responses", std::move(responses)},
                             {"responseMode", mode.empty() ? JsonValue() : JsonValue(mode)},
                             {"streamingMode", nullptr},
                             {"streamingInterval", 0}};
            m_drafts.push_back(std::move(draft));
        }
    }

    JsonArray crudResponses(const Endpoint &endpoint, Duration latency)
    {
        Response plain;
        plain.body = {Body::Kind::Bucket, endpoint.crud, {}, false};
        if (!endpoint.responses.empty()) {
            plain = endpoint.responses.front();
            plain.body = {Body::Kind::Bucket, endpoint.crud, {}, false};
            latency += exportBehaviour(plain.behaviour, m_scope);
        }
        auto only = exportAnswer(plain, latency, true, m_scope);
        if (!only)
            return {};
        only->set("default", true);
        for (const Bucket &bucket : m_scope.server.buckets) {
            if (bucket.name == endpoint.crud)
                only->set("crudKey", bucket.key);
        }
        return {JsonValue(*std::move(only))};
    }

    JsonArray responses(const Endpoint &endpoint, Duration latency, std::string &mode)
    {
        if (endpoint.select == Selection::Random)
            mode = "RANDOM";
        if (endpoint.select == Selection::Sequence)
            mode = "SEQUENTIAL";
        if (mode == "SEQUENTIAL" && endpoint.repeat == SequenceEnd::Last)
            noWord("a sequence that stays at its end", "it begins again there");
        JsonArray out;
        bool hasDefault = false;
        for (const Response &response : endpoint.responses) {
            if (response.times && *response.times > 0)
                noWord("'times'");
            if (response.weight != 1 && mode == "RANDOM")
                noWord("'weight'", "all are as likely there");
            auto written = exportAnswer(
                response, latency + exportBehaviour(response.behaviour, m_scope), false, m_scope);
            if (!written || !placeRules(response, endpoint, *written))
                continue;
            const bool isNever = response.times == std::uint64_t{0};
            if (!response.when && !hasDefault && !isNever) {
                written->set("default", true);
                hasDefault = true;
            }
            out.emplace_back(*std::move(written));
        }
        // Without a default that always answers, what no rule holds for goes on to the next route.
        if (!hasDefault && !out.empty() && mode.empty()) {
            mode = "FALLBACK";
            out.front().ifObject()->set("default", true);
        }
        return out;
    }

    /// False where Mockoon has no word for them.
    bool placeRules(const Response &response, const Endpoint &endpoint, JsonObject &out)
    {
        if (response.when && endpoint.select != Selection::First)
            noWord("a rule where responses take turns", "the response answers always there");
        if (placeOriginal(response, endpoint, out))
            return true;
        if (!response.when)
            return true;
        std::string why;
        auto rules = rulesOf(*response.when, why);
        if (!rules) {
            noWord(why, "this response is left out");
            return false;
        }
        out.set("rules", std::move(rules->rules));
        out.set("rulesOperator", rules->joint);
        return true;
    }

    /// The rules that an import kept, where they still say what the response has.
    bool placeOriginal(const Response &response, const Endpoint &endpoint, JsonObject &out)
    {
        const JsonValue *rules = response.extensions.find("x-mockoon-rules");
        if (!rules || !rules->isArray())
            return false;
        const JsonValue *joint = response.extensions.find("x-mockoon-rulesOperator");
        const JsonObject original{{"rules", *rules},
                                  {"rulesOperator", joint ? *joint : JsonValue("OR")}};
        boost::system::error_code failure;
        const auto parsed = boost::json::parse(writeJson(JsonValue(original)), failure);
        if (failure || !parsed.is_object())
            return false;
        Notes silent({});
        const ObjectReader reader(parsed.get_object(), silent, {});
        const std::string route
            = m_scope.server.base + '/'
              + routePathOf(endpoint.path, m_scope.server.base, {}, silent).value_or(std::string());
        for (const bool isSplit : {false, true}) {
            const TranslatedRules again
                = translateRules(reader, RuleScope{route, isSplit, m_written}, silent);
            if (again.when == response.when || (!again.isComplete && !response.when)) {
                out.set("rules", whole(*rules->ifArray()));
                out.set("rulesOperator", *original.find("rulesOperator"));
                return true;
            }
        }
        return false;
    }

    /// With every key that Mockoon wants, and without rules on what it does not know, which never
    /// hold.
    static JsonArray whole(const JsonArray &rules)
    {
        constexpr std::array<std::string_view, 11> kKnown{
            "body",   "query",          "header",     "cookie",      "params",    "path",
            "method", "request_number", "global_var", "data_bucket", "templating"};
        JsonArray out;
        for (const JsonValue &rule : rules) {
            const JsonObject *object = rule.ifObject();
            const JsonValue *target = object ? object->find("target") : nullptr;
            const std::string *name = target ? target->ifString() : nullptr;
            if (!name || std::find(kKnown.begin(), kKnown.end(), *name) == kKnown.end())
                continue;
            JsonObject one{{"target", "body"},
                           {"modifier", ""},
                           {"value", ""},
                           {"invert", false},
                           {"operator", "equals"}};
            for (const JsonMember &member : *object) {
                if (one.contains(member.name))
                    one.set(member.name, member.value);
            }
            out.emplace_back(std::move(one));
        }
        return out;
    }

    // --- The tree ---

    static bool mayMeet(const RouteDraft &a, const RouteDraft &b)
    {
        return (a.method == "ANY" || b.method == "ANY" || a.method == b.method)
               && canOverlap(a.shape, b.shape);
    }

    static bool goesFirst(const RouteDraft &a, const RouteDraft &b)
    {
        return a.priority != b.priority ? a.priority < b.priority : a.shape.rank < b.shape.rank;
    }

    ExportedRoutes arranged()
    {
        std::vector<std::size_t> order(m_drafts.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        bool isDisturbed = false;
        for (std::size_t i = 0; i < order.size() && !isDisturbed; ++i) {
            for (std::size_t j = i + 1; j < order.size() && !isDisturbed; ++j)
                isDisturbed
                    = goesFirst(m_drafts[j], m_drafts[i]) && mayMeet(m_drafts[i], m_drafts[j]);
        }
        const bool hasFolders
            = std::any_of(m_drafts.begin(), m_drafts.end(),
                          [](const RouteDraft &draft) { return !draft.folders.empty(); });
        if (isDisturbed) {
            std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
                return goesFirst(m_drafts[a], m_drafts[b]);
            });
            m_scope.subject = m_scope.server.name;
            if (hasFolders)
                m_scope.notes.changed(m_scope.subject,
                                      "routes are asked in the order of the tree there, which "
                                      "folders would break: they are left out");
        }
        ExportedRoutes out;
        for (const std::size_t i : order)
            out.routes.emplace_back(std::move(m_drafts[i].route));
        if (isDisturbed || !hasFolders) {
            for (const std::size_t i : order)
                out.rootChildren.emplace_back(child(m_drafts[i].uuid, "route"));
            return out;
        }
        out.rootChildren = children(order, 0, 0, order.size(), out.folders);
        return out;
    }

    static JsonObject child(const std::string &uuid, std::string_view type)
    {
        return {{"uuid", uuid}, {"type", type}};
    }

    /// What stands in one folder: those of `order` from `begin` to `end` share their first `depth`
    /// folders.
    JsonArray children(const std::vector<std::size_t> &order, std::size_t depth, std::size_t begin,
                       std::size_t end, JsonArray &folders)
    {
        JsonArray out;
        for (std::size_t i = begin; i < end;) {
            const RouteDraft &draft = m_drafts[order[i]];
            if (draft.folders.size() <= depth) {
                out.emplace_back(child(draft.uuid, "route"));
                ++i;
                continue;
            }
            const Folder *folder = draft.folders[depth];
            std::size_t behind = i;
            while (behind < end && m_drafts[order[behind]].folders.size() > depth
                   && m_drafts[order[behind]].folders[depth] == folder)
                ++behind;
            const std::string uuid = m_scope.ids.uuid();
            folders.emplace_back(
                JsonObject{{"uuid", uuid},
                           {"name", folder->name},
                           {"children", children(order, depth + 1, i, behind, folders)}});
            out.emplace_back(child(uuid, "folder"));
            i = behind;
        }
        return out;
    }

    ExportScope &m_scope;
    const Buckets &m_written;
    std::vector<RouteDraft> m_drafts;
};

} // namespace

ExportedRoutes exportRoutes(ExportScope &scope, const Buckets &written)
{
    return RouteExport(scope, written).run();
}

} // namespace understudy::formats::mockoon
