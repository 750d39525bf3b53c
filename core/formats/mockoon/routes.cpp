// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/routes.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/mockoon/json_text.h"
#include "core/formats/mockoon/paths.h"

namespace understudy::formats::mockoon {

namespace {

class RouteTranslator
{
public:
    RouteTranslator(const std::string &base, const std::string &prefix, Buckets &buckets,
                    const EnvironmentScope &environment, Notes &notes)
        : m_base(base)
        , m_prefix(prefix)
        , m_buckets(buckets)
        , m_environment(environment)
        , m_notes(notes)
    {}

    TranslatedRoutes run(const std::vector<TreeEntry> &tree)
    {
        TranslatedRoutes out;
        out.items = items(tree);
        keepOrder(m_order);
        std::size_t next = 0;
        setPriorities(out.items, next);
        out.webSockets = std::move(m_webSockets);
        return out;
    }

private:
    std::vector<Item> items(const std::vector<TreeEntry> &entries)
    {
        std::vector<Item> out;
        for (const TreeEntry &entry : entries) {
            if (entry.folder) {
                Folder folder;
                folder.name = oneLine(
                    ObjectReader(*entry.folder, m_notes, "folder").text("name", "New folder"));
                folder.items = items(entry.children);
                out.emplace_back(std::move(folder));
            } else {
                for (Endpoint &endpoint : route(*entry.route))
                    out.emplace_back(std::move(endpoint));
            }
        }
        return out;
    }

    std::vector<Endpoint> route(const boost::json::object &object)
    {
        Notes silent({});
        const ObjectReader quiet(object, silent, {});
        const std::string endpoint = quiet.text("endpoint");
        const std::string type = ObjectReader(object, m_notes, "/" + endpoint)
                                     .choice("type", "http", {"http", "crud", "ws"});
        if (type == "ws") {
            m_webSockets.emplace_back(object);
            m_notes.notServed("WebSocket /" + endpoint,
                              "WebSockets are not served yet; kept under x-mockoon-ws");
            return {};
        }
        const bool isCrud = type == "crud";
        const std::string method = quiet.text("method", "get");
        const std::string subject = (isCrud ? "CRUD" : text::toUpper(method)) + " /" + endpoint;
        return endpoints(ObjectReader(object, m_notes, subject), endpoint, isCrud);
    }

    std::vector<Endpoint> endpoints(const ObjectReader &reader, const std::string &written,
                                    bool isCrud)
    {
        const bool prefixIsPath = m_base.empty() && !m_prefix.empty();
        const PathTranslation translation
            = translatePath(prefixIsPath ? m_prefix + '/' + written : written, m_base);
        for (const std::string &note : translation.notes)
            m_notes.changed(reader.subject(), note);

        bool isUsable = translation.isValid;
        for (const TranslatedPath &path : translation.paths) {
            if (const auto problem = brokenExpression(path.path)) {
                isUsable = false;
                m_notes.notServed(reader.subject(), *problem + "; kept, but switched off");
                break;
            }
        }
        Endpoint endpoint;
        endpoint.methods = {isCrud ? "ANY" : method(reader)};
        endpoint.description = reader.text("documentation");
        endpoint.enabled = isUsable && reader.flag("enabled", true);
        if (isCrud)
            crud(reader, endpoint);
        const RuleScope rules{routePath(written), translation.paths.size() > 1, m_buckets,
                              &m_environment.rulePlaces};
        translateResponses(reader, m_environment, rules, m_notes, endpoint);
        if (endpoint.responses.empty()) {
            endpoint.enabled = false;
            m_notes.changed(reader.subject(), "it has no response; kept, but switched off");
        }

        std::vector<Endpoint> out;
        for (const TranslatedPath &path : translation.paths) {
            endpoint.path = oneLine(path.path);
            out.push_back(endpoint);
            OrderedEndpoint ordered;
            // What is switched off stands in nobody's way.
            if (endpoint.enabled)
                ordered.shapes.push_back(path.shape);
            if (endpoint.enabled && isCrud)
                ordered.shapes.push_back(itemShape(path.shape));
            ordered.methods = endpoint.methods;
            m_order.push_back(std::move(ordered));
        }
        return out;
    }

    /// What is wrong with the regular expressions of a path, if anything.
    static std::optional<std::string> brokenExpression(const std::string &path)
    {
        const auto pattern = parsePathPattern(path);
        if (!pattern)
            return std::nullopt; // said elsewhere
        std::vector<std::string> expressions{pattern->regex};
        for (const PathSegment &segment : pattern->segments)
            expressions.push_back(segment.regex);
        for (const std::string &expression : expressions) {
            if (const auto regex = Regex::compile(expression); !regex)
                return regex.error().message;
        }
        return std::nullopt;
    }

    static PathPattern itemShape(PathPattern shape)
    {
        PathSegment id;
        id.kind = PathSegment::Kind::Parameter;
        id.name = "id";
        shape.segments.push_back(std::move(id));
        return shape;
    }

    static std::string method(const ObjectReader &reader)
    {
        const std::string method
            = reader.choice("method", "get",
                            {"all", "get", "post", "put", "patch", "delete", "head", "options",
                             "propfind", "proppatch", "move", "copy", "mkcol", "lock", "unlock"});
        return method == "all" ? "ANY" : text::toUpper(method);
    }

    /// The bucket and its key stand in the first response.
    void crud(const ObjectReader &reader, Endpoint &endpoint)
    {
        Notes silent({});
        for (const boost::json::object *object :
             ObjectReader(reader.object(), silent, {}).objects("responses")) {
            const ObjectReader response(*object, silent, {});
            const auto bucket = m_buckets.byId(response.text("databucketID"));
            if (bucket && response.text("bodyType") == "DATABUCKET") {
                endpoint.crud = *bucket;
                if (!m_buckets.setKey(*bucket, response.text("crudKey", "id")))
                    m_notes.changed(reader.subject(),
                                    "the bucket '" + *bucket + "' has another key already");
            }
            break;
        }
    }

    std::string routePath(const std::string &written) const
    {
        std::string out;
        for (const char c : '/' + m_prefix + '/' + written) {
            if (c != '/' || !out.ends_with('/'))
                out += c;
        }
        return out;
    }

    /// In the order in which `endpoints` met them.
    void setPriorities(std::vector<Item> &items, std::size_t &next) const
    {
        for (Item &item : items) {
            if (Folder *folder = item.mutableFolder())
                setPriorities(folder->items, next);
            else
                item.mutableEndpoint()->priority = m_order[next++].priority;
        }
    }

    const std::string &m_base;
    const std::string &m_prefix;
    Buckets &m_buckets;
    const EnvironmentScope &m_environment;
    Notes &m_notes;
    std::vector<OrderedEndpoint> m_order;
    boost::json::array m_webSockets;
};

} // namespace

TranslatedRoutes translateRoutes(const std::vector<TreeEntry> &tree, const std::string &base,
                                 const std::string &prefix, Buckets &buckets,
                                 const EnvironmentScope &environment, Notes &notes)
{
    return RouteTranslator(base, prefix, buckets, environment, notes).run(tree);
}

} // namespace understudy::formats::mockoon
