// SPDX-License-Identifier: Apache-2.0
#include "core/formats/json_server/json_server.h"

#include "core/base/text.h"
#include "core/formats/format_table.h"
#include "core/formats/notes.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/recorded/url.h"
#include "core/model/edit.h"

#include <algorithm>
#include <array>

namespace understudy::formats::json_server {

namespace {

using yaml::Node;

constexpr std::string_view kSchema = "$schema";
constexpr std::size_t kMostResources = 500;
constexpr int kNotFound = 404;

bool isObjects(const Node &list)
{
    return list.isList() && std::all_of(list.items.begin(), list.items.end(), [](const Node &item) {
               return item.isMap();
           });
}

/// Texts or numbers, which json-server serves as a whole.
bool isScalars(const Node &list)
{
    return list.isList() && std::all_of(list.items.begin(), list.items.end(), [](const Node &item) {
               return item.isScalar();
           });
}

bool hasIds(const Node &list)
{
    return isObjects(list) && !list.items.empty()
           && std::all_of(list.items.begin(), list.items.end(), [](const Node &item) {
                  return recorded::textOf(item.find("id")).has_value();
              });
}

Response notFound()
{
    Response out;
    out.status = kNotFound;
    out.body = Body::ofJson(JsonObject());
    return out;
}

Endpoint refusing(std::vector<std::string> methods, std::string path)
{
    Endpoint out;
    out.methods = std::move(methods);
    out.path = std::move(path);
    out.responses.push_back(notFound());
    return out;
}

/// A name that can be a segment of a path.
bool isSegment(const std::string &name)
{
    return !name.empty() && name.find('/') == std::string::npos && text::isUtf8(name)
           && name == recorded::oneLine(name);
}

class DatabaseReader
{
public:
    DatabaseReader(const Node &root, const Source &source)
        : m_root(root)
        , m_notes(source.file().string())
    {
        const std::string stem = recorded::oneLine(source.file().stem().string());
        m_out.name = stem.empty() ? "json-server" : stem;
    }

    LoadedServer read()
    {
        m_out.cors = true;
        m_out.ignoreTrailingSlash = true;
        m_out.caseInsensitivePaths = true;
        m_out.headers = {{"Cache-Control", "no-cache"}, {"Pragma", "no-cache"}, {"Expires", "-1"}};
        m_out.fallback = notFound();
        for (std::size_t i = 0; i < m_root.keys.size(); ++i)
            resource(m_root.keys[i], m_root.items[i]);
        database();
        sayWhatIsOtherwise();
        assignIds(m_out);
        LoadedServer loaded;
        loaded.server = std::move(m_out);
        loaded.format = "json-server";
        loaded.problems = m_notes.take();
        return loaded;
    }

private:
    void resource(const Node::Key &name, const Node &value)
    {
        if (name.text == kSchema)
            return;
        const std::string subject = text::inQuotes(recorded::oneLine(name.text));
        if (value.isScalar()) {
            m_notes.notServed(subject, "is neither a list nor an object; it is left out",
                              value.start);
            return;
        }
        if (!isSegment(name.text)) {
            m_notes.notServed(subject, "cannot be a part of a path; it is left out", name.at);
            return;
        }
        if (m_out.buckets.size() == kMostResources) {
            m_notes.notServed(subject,
                              "is left out: a file may have " + std::to_string(kMostResources)
                                  + " resources",
                              name.at);
            return;
        }
        if (value.isList() && !isObjects(value))
            m_notes.changed(subject,
                            "not all of its items are objects: those that are none cannot be asked "
                            "for by an id",
                            value.start);
        Bucket bucket;
        bucket.name = name.text;
        bucket.items = yaml::toJson(value);
        bucket.dialect = CrudDialect::JsonServer;
        m_out.buckets.push_back(std::move(bucket));
        m_hasList |= value.isList();
        const std::string path = '/' + recorded::literalSegment(name.text);
        if (value.isList()) {
            m_out.items.emplace_back(refusing({"PUT", "PATCH", "DELETE"}, path));
        } else {
            m_out.items.emplace_back(refusing({"DELETE"}, path));
            m_out.items.emplace_back(refusing({"ANY"}, path + "/{id}"));
        }
        Endpoint operations;
        operations.path = path;
        operations.crud = name.text;
        m_out.items.emplace_back(std::move(operations));
    }

    /// GET /db is all of it.
    void database()
    {
        std::string body;
        for (const Bucket &bucket : m_out.buckets) {
            const bool isPlain = bucket.name.find_first_of("'\"\\{}") == std::string::npos;
            if (!isPlain)
                return;
            body += (body.empty() ? "" : ",\n") + text::quoteJson(bucket.name)
                    + ": {{json (bucket '" + bucket.name + "')}}";
        }
        Endpoint out;
        out.methods = {"GET"};
        out.path = "/db";
        Response all;
        all.headers.push_back({"Content-Type", "application/json"});
        all.body = Body::text("{\n" + body + "\n}\n");
        all.isTemplate = true;
        out.responses.push_back(std::move(all));
        m_out.items.insert(m_out.items.begin(), Item(std::move(out)));
    }

    void sayWhatIsOtherwise()
    {
        m_notes.changed(m_out.name, "changes are kept in memory, the file stays as it is",
                        m_root.start);
        if (!m_hasList)
            return;
        m_notes.notServed(m_out.name,
                          "_embed, _expand, paths such as /posts/1/comments and the headers Link "
                          "and Location are not served",
                          m_root.start);
        m_notes.changed(m_out.name,
                        "an item that is added with an id that is there is added, and removing an "
                        "item leaves those that refer to it",
                        m_root.start);
    }

    const Node &m_root;
    Notes m_notes;
    Server m_out;
    bool m_hasList = false;
};

} // namespace

bool recognise(const Source &source)
{
    if (!source.looksLikeJson() || !source.tree() || source.find("understudy"))
        return false;
    const Node &root = *source.tree();
    if (!root.isMap() || root.items.empty())
        return false;
    // An answer of an API (https://jsonapi.org), which has lists with ids as well.
    if (root.find("data") && (root.find("links") || root.find("meta") || root.find("jsonapi")))
        return false;
    bool hasItems = false;
    for (std::size_t i = 0; i < root.keys.size(); ++i) {
        if (root.keys[i].text == kSchema)
            continue;
        const Node &value = root.items[i];
        if (!value.isMap() && !isObjects(value) && !isScalars(value))
            return false;
        hasItems |= hasIds(value);
    }
    return hasItems || text::equalsIgnoreCase(source.file().filename().string(), "db.json");
}

LoadOutcome import(const Source &source)
{
    const Result<Node> &tree = source.tree();
    if (!tree)
        return failed(tree.error());
    if (!tree->isMap())
        return failed({ErrorCode::Invalid,
                       "this is no data of json-server: it is an object with a list of objects, or "
                       "an object, for each resource",
                       {source.file().string(), tree->start.line, tree->start.column}});
    LoadedServer loaded = DatabaseReader(*tree, source).read();
    if (loaded.server.buckets.empty())
        return failed({ErrorCode::Invalid,
                       "there is no list and no object in it that could be served",
                       {source.file().string(), tree->start.line, tree->start.column}});
    loaded.file = source.file();
    LoadOutcome out;
    out.servers.push_back(std::move(loaded));
    return out;
}

} // namespace understudy::formats::json_server
