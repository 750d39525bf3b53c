// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/collection.h"

#include "core/base/text.h"
#include "core/formats/postman/examples.h"
#include "core/formats/postman/request.h"
#include "core/formats/recorded/fields.h"
#include "core/http/header_list.h"
#include "core/model/edit.h"

#include <deque>
#include <set>
#include <unordered_map>

namespace understudy::formats::postman {

using recorded::fieldOf;
using recorded::listOf;
using recorded::mapOf;
using recorded::oneLine;
using recorded::textOf;

namespace {

/// An endpoint while its requests are read.
struct Draft
{
    Endpoint endpoint;
    PostmanPath path;
    std::vector<Example> examples;
    std::string subject;
    yaml::Mark at;
};

/// What stands where: a folder, or a draft.
struct Placed
{
    const yaml::Node *folder = nullptr;
    std::vector<Placed> children;
    Draft *draft = nullptr;
};

/// How often something without effect here was met, and where first.
struct Tally
{
    std::size_t count = 0;
    yaml::Mark first;

    void meet(yaml::Mark at)
    {
        if (count++ == 0)
            first = at;
    }
};

/// A text, or an object with its 'content'.
std::string descriptionOf(const yaml::Node *node)
{
    const yaml::Node *description = fieldOf(node, "description");
    return text::asUtf8(description && description->isMap()
                            ? textOf(description, "content")
                            : textOf(description).value_or(std::string()));
}

std::string counted(std::size_t count, const std::string &one, const std::string &many)
{
    return count == 1 ? "1 " + one : std::to_string(count) + ' ' + many;
}

class CollectionTranslator
{
public:
    CollectionTranslator(const yaml::Node &collection, Notes &notes)
        : m_collection(collection)
        , m_notes(notes)
        , m_variables(collection)
    {}

    Server run(const std::string &stem)
    {
        const yaml::Node *info = mapOf(&m_collection, "info");
        Server server;
        server.name = oneLine(textOf(info, "name"));
        if (server.name.empty())
            server.name = stem;
        server.description = descriptionOf(info);
        meetSideMatters(m_collection);
        const std::vector<Placed> tree = read(listOf(&m_collection, "item"));
        for (Draft &draft : m_drafts)
            finish(draft);
        server.items = itemsOf(tree);
        say();
        return server;
    }

private:
    std::vector<Placed> read(const std::vector<yaml::Node> &items)
    {
        std::vector<Placed> out;
        for (const yaml::Node &item : items) {
            meetSideMatters(item);
            const yaml::Node *children = fieldOf(&item, "item");
            const yaml::Node *request = fieldOf(&item, "request");
            if (children && children->isList()) {
                out.push_back({&item, read(children->items), nullptr});
            } else if (request && !request->isList() && !request->isNull()) {
                if (Draft *draft = readItem(item, *request))
                    out.push_back({nullptr, {}, draft});
            } else {
                m_notes.notServed(oneLine(textOf(&item, "name")),
                                  "neither a request nor a folder; left out", item.start);
            }
        }
        return out;
    }

    /// A new draft, or null where the request adds to one that is there.
    Draft *readItem(const yaml::Node &item, const yaml::Node &node)
    {
        if (node.isMap() && fieldOf(&node, "auth"))
            meetSideMatters(node);
        const PostmanRequest request = readRequest(node, m_variables);
        PostmanPath path = pathOf(request);
        const std::string subject = oneLine(request.method + ' ' + path.path);
        if (!http::isToken(request.method)) {
            m_notes.notServed(subject, "its method is none that an endpoint can have; left out",
                              node.start);
            return nullptr;
        }
        if (!request.host.empty())
            m_hosts.insert(request.host);
        const std::string key = request.method + ' ' + path.shape;
        const auto [place, isNew] = m_places.emplace(key, m_drafts.size());
        if (isNew) {
            Draft &draft = m_drafts.emplace_back();
            draft.subject = subject;
            draft.at = item.start;
            draft.endpoint.methods = {request.method};
            draft.endpoint.path = path.path;
            draft.endpoint.name = oneLine(textOf(&item, "name"));
            draft.endpoint.description = descriptionOf(&node);
            if (path.isLoose)
                m_notes.changed(subject,
                                "a segment of the path holds several variables, or there are too "
                                "many of them: any text fits",
                                node.start);
            draft.path = std::move(path);
        } else {
            m_notes.changed(subject,
                            "the request " + text::inQuotes(oneLine(textOf(&item, "name")))
                                + " has the same method and path as one before: its examples are "
                                  "answers of that endpoint",
                            item.start);
        }
        Draft &draft = m_drafts[place->second];
        for (const yaml::Node &example : listOf(&item, "response"))
            draft.examples.push_back(readExample(example, request, draft.path, m_variables,
                                                 draft.subject, m_notes, m_counts));
        return isNew ? &draft : nullptr;
    }

    void finish(Draft &draft)
    {
        draft.endpoint.responses = chooseByExample(std::move(draft.examples), m_counts);
        if (!draft.endpoint.responses.empty())
            return;
        draft.endpoint.responses.emplace_back();
        m_notes.changed(draft.subject, "it has no saved example: an empty 200 is sent", draft.at);
    }

    std::vector<Item> itemsOf(const std::vector<Placed> &tree)
    {
        std::vector<Item> out;
        for (const Placed &placed : tree) {
            if (placed.draft) {
                out.emplace_back(std::move(placed.draft->endpoint));
                continue;
            }
            Folder folder;
            folder.name = oneLine(textOf(placed.folder, "name"));
            folder.items = itemsOf(placed.children);
            out.emplace_back(std::move(folder));
        }
        return out;
    }

    /// What a request, a folder or the collection has beside requests.
    void meetSideMatters(const yaml::Node &node)
    {
        const yaml::Node *auth = mapOf(&node, "auth");
        if (auth && textOf(auth, "type") != "noauth")
            m_auth.meet(auth->start);
        for (const yaml::Node &event : listOf(&node, "event"))
            (textOf(&event, "listen") == "test" ? m_tests : m_scripts).meet(event.start);
    }

    void say()
    {
        if (m_auth.count > 0)
            m_notes.notServed({},
                              counted(m_auth.count, "item has", "items have")
                                  + " 'auth': no credentials are asked for",
                              m_auth.first);
        if (m_scripts.count > 0)
            m_notes.notServed({},
                              counted(m_scripts.count, "script", "scripts")
                                  + " that run before a request: not run",
                              m_scripts.first);
        if (m_tests.count > 0)
            m_notes.notServed({},
                              counted(m_tests.count, "test script", "test scripts") + ": not run",
                              m_tests.first);
        if (m_counts.cookies > 0)
            m_notes.notServed({}, counted(m_counts.cookies, "example has", "examples have")
                                      + " cookies, but no Set-Cookie header: none is sent");
        if (m_counts.templates > 0)
            m_notes.notServed({}, counted(m_counts.templates, "example has", "examples have")
                                      + " {{variables}} without a value in the collection: sent as "
                                        "they stand");
        if (m_counts.chosenByHeader > 0)
            m_notes.changed({},
                            counted(m_counts.chosenByHeader, "example answers", "examples answer")
                                + " the same request as another: chosen by the header "
                                  "x-mock-response-name or x-mock-response-code, as Postman's "
                                  "mock servers do");
        sayVariables();
        if (m_hosts.size() > 1)
            m_notes.changed({}, "the requests go to " + std::to_string(m_hosts.size())
                                    + " hosts; one server answers for all");
    }

    void sayVariables()
    {
        std::string names;
        for (const std::string &name : m_variables.unknown())
            names += (names.empty() ? "{{" : ", {{") + name + "}}";
        if (!names.empty())
            m_notes.changed({}, "no value in the collection for " + text::shortened(names, 500)
                                    + ": a segment of a path takes any text, a query or body with "
                                      "it is not compared");
    }

    const yaml::Node &m_collection;
    Notes &m_notes;
    Variables m_variables;
    std::deque<Draft> m_drafts;
    std::unordered_map<std::string, std::size_t> m_places;
    std::set<std::string> m_hosts;
    ExampleCounts m_counts;
    Tally m_auth;
    Tally m_scripts;
    Tally m_tests;
};

} // namespace

Server translateCollection(const yaml::Node &collection, const std::string &stem, Notes &notes)
{
    return CollectionTranslator(collection, notes).run(stem);
}

} // namespace understudy::formats::postman
