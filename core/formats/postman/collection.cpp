// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/collection.h"

#include "core/base/text.h"
#include "core/formats/described/endpoints.h"
#include "core/formats/postman/environment.h"
#include "core/formats/postman/examples.h"
#include "core/formats/postman/request.h"
#include "core/formats/recorded/fields.h"
#include "core/model/edit.h"

namespace understudy::formats::postman {

using described::counted;
using recorded::fieldOf;
using recorded::listOf;
using recorded::mapOf;
using recorded::oneLine;
using recorded::textOf;

namespace {

/// A text, or an object with its 'content'.
std::string descriptionOf(const yaml::Node *node)
{
    const yaml::Node *description = fieldOf(node, "description");
    return text::asUtf8(description && description->isMap()
                            ? textOf(description, "content")
                            : textOf(description).value_or(std::string()));
}

/// The values of a collection: its `variable` list.
Variables variablesOf(const yaml::Node &collection)
{
    Variables out;
    for (const char *key : {"variables", "variable"}) {
        for (const yaml::Node &each : listOf(&collection, key)) {
            std::string name = textOf(&each, "key");
            if (name.empty())
                name = textOf(&each, "id");
            if (!recorded::isTrue(&each, "disabled"))
                out.set(name, textOf(&each, "value"));
        }
    }
    return out;
}

class CollectionTranslator
{
public:
    CollectionTranslator(const yaml::Node &collection, const std::filesystem::path &file,
                         Notes &notes)
        : m_collection(collection)
        , m_notes(notes)
        , m_variables(variablesOf(collection))
        , m_builder(notes, "the collection")
    {
        addEnvironment(file, m_variables, notes);
    }

    Server run(const std::string &stem)
    {
        const yaml::Node *info = mapOf(&m_collection, "info");
        Server server;
        server.name = oneLine(textOf(info, "name"));
        if (server.name.empty())
            server.name = stem;
        server.description = descriptionOf(info);
        meetSideMatters(m_collection);
        read(listOf(&m_collection, "item"));
        server.items = m_builder.finish(m_variables);
        say();
        return server;
    }

private:
    void read(const std::vector<yaml::Node> &items)
    {
        for (const yaml::Node &item : items) {
            meetSideMatters(item);
            const yaml::Node *children = fieldOf(&item, "item");
            const yaml::Node *request = fieldOf(&item, "request");
            if (children && children->isList()) {
                m_builder.openFolder(textOf(&item, "name"), item.start);
                read(children->items);
                m_builder.closeFolder();
            } else if (request && !request->isList() && !request->isNull()) {
                readItem(item, *request);
            } else {
                m_notes.notServed(oneLine(textOf(&item, "name")),
                                  "neither a request nor a folder; left out", item.start);
            }
        }
    }

    void readItem(const yaml::Node &item, const yaml::Node &node)
    {
        if (node.isMap() && fieldOf(&node, "auth"))
            meetSideMatters(node);
        if (sendsFile(node))
            m_files.meet(node.start);
        const PostmanRequest request = readRequest(node, m_variables);
        described::Draft *draft
            = m_builder.add(request, {textOf(&item, "name"), descriptionOf(&node), item.start});
        if (!draft)
            return;
        for (const yaml::Node &example : listOf(&item, "response"))
            draft->examples.push_back(readExample(example, request, draft->path, m_variables,
                                                  draft->subject, m_notes, m_counts));
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
        m_auth.say(m_notes, "item has", "items have", " 'auth': no credentials are asked for");
        m_scripts.say(m_notes, "script", "scripts", " that run before a request: not run");
        m_tests.say(m_notes, "test script", "test scripts", ": not run");
        m_files.say(m_notes, "request sends", "requests send", " a file: it is not compared");
        if (m_counts.cookies > 0)
            m_notes.notServed({}, counted(m_counts.cookies, "example has", "examples have")
                                      + " cookies, but no Set-Cookie header: none is sent");
        if (m_counts.templates > 0)
            m_notes.notServed({}, counted(m_counts.templates, "example has", "examples have")
                                      + " {{variables}} without a value in the collection: sent as "
                                        "they stand");
    }

    const yaml::Node &m_collection;
    Notes &m_notes;
    Variables m_variables;
    described::EndpointBuilder m_builder;
    ExampleCounts m_counts;
    described::Tally m_auth;
    described::Tally m_scripts;
    described::Tally m_tests;
    described::Tally m_files;
};

} // namespace

Server translateCollection(const yaml::Node &collection, const std::filesystem::path &file,
                           Notes &notes)
{
    return CollectionTranslator(collection, file, notes).run(oneLine(file.stem().string()));
}

} // namespace understudy::formats::postman
