// SPDX-License-Identifier: Apache-2.0
#include "core/formats/bruno/bruno.h"

#include "core/base/text.h"
#include "core/formats/bruno/collection.h"
#include "core/formats/bruno/folder.h"
#include "core/formats/format_table.h"
#include "core/formats/recorded/fields.h"
#include "core/model/edit.h"

#include <algorithm>

namespace understudy::formats::bruno {

using recorded::fieldOf;
using recorded::listOf;
using recorded::mapOf;
using recorded::oneLine;
using recorded::textOf;

namespace {

bool isBruFile(const std::filesystem::path &file)
{
    return text::equalsIgnoreCase(file.extension().string(), ".bru");
}

/// Every .bru file of a request begins so.
bool beginsWithMeta(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos)
        return false;
    const std::string_view rest = text.substr(first);
    const std::string_view line = text::trim(rest.substr(0, rest.find_first_of("\r\n")));
    return line.starts_with("meta") && text::trim(line.substr(4)) == "{";
}

bool isItem(const yaml::Node &node)
{
    const std::string type = textOf(&node, "type");
    return node.isMap() && (mapOf(&node, "request") || fieldOf(&node, "items"))
           && (type.starts_with("http") || type.starts_with("graphql") || type == "folder"
               || type.starts_with("grpc") || type.starts_with("ws") || type == "js");
}

/// The YAML that Bruno 3 keeps collections and requests in (https://www.opencollection.com).
bool isOpenCollection(const Source &source)
{
    if (source.find("understudy"))
        return false;
    const std::string type = textOf(source.find("info"), "type");
    return source.find("opencollection")
           || ((type == "http" || type == "graphql" || type == "grpc" || type == "websocket")
               && mapOf(&*source.tree(), type));
}

bool isExport(const Source &source)
{
    const yaml::Node *items = source.find("items");
    return items && items->isList() && source.find("version") && source.find("name")
           && !source.find("understudy")
           && (mapOf(&*source.tree(), "brunoConfig")
               || std::any_of(items->items.begin(), items->items.end(), isItem));
}

class ExportReader
{
public:
    ExportReader(const yaml::Node &root, Notes &notes)
        : m_root(root)
        , m_notes(notes)
        , m_maker(notes)
    {}

    CollectionMaker &run()
    {
        setVariables(m_root);
        setEnvironment();
        read(listOf(&m_root, "items"));
        return m_maker;
    }

private:
    void setVariables(const yaml::Node &node)
    {
        const yaml::Node *request = mapOf(mapOf(&node, "root"), "request");
        m_maker.set(pairsOfJson(listOf(mapOf(request, "vars"), "req")));
        const yaml::Node *auth = mapOf(request, "auth");
        const std::string mode = textOf(auth, "mode");
        if (auth && !mode.empty() && mode != "none" && mode != "inherit")
            m_maker.meetAuth(m_notes, auth->start);
        const yaml::Node *script = mapOf(request, "script");
        if (!textOf(script, "req").empty() || !textOf(script, "res").empty())
            m_maker.meetScript(m_notes, script->start);
        if (const yaml::Node *tests = fieldOf(request, "tests"); !textOf(request, "tests").empty())
            m_maker.meetScript(m_notes, tests->start);
        if (const auto &later = listOf(mapOf(request, "vars"), "res"); !later.empty())
            m_maker.meetVariablesOfAnswer(m_notes, later.front().start);
        if (const auto &headers = listOf(request, "headers"); !headers.empty())
            CollectionMaker::meetHeaders(m_notes, headers.front().start);
    }

    void setEnvironment()
    {
        const std::vector<yaml::Node> &all = listOf(&m_root, "environments");
        if (all.empty())
            return;
        const std::string active = textOf(&m_root, "activeEnvironmentUid");
        const auto found = std::find_if(all.begin(), all.end(), [&](const yaml::Node &each) {
            return !active.empty() && textOf(&each, "uid") == active;
        });
        const yaml::Node &taken = found == all.end() ? all.front() : *found;
        m_maker.set(pairsOfJson(listOf(&taken, "variables")));
        const std::string name = oneLine(textOf(&taken, "name"));
        if (all.size() > 1)
            m_notes.changed({},
                            "of " + std::to_string(all.size())
                                + " environments the values of one are taken"
                                + (name.empty() ? "" : ": " + text::inQuotes(name)),
                            taken.start);
    }

    void read(const std::vector<yaml::Node> &items)
    {
        for (const yaml::Node &item : items) {
            const yaml::Node *children = fieldOf(&item, "items");
            if (children && children->isList()) {
                m_maker.folders().openFolder(textOf(&item, "name"), item.start);
                m_maker.variables().enter();
                setVariables(item);
                read(children->items);
                m_maker.variables().leave();
                m_maker.folders().closeFolder();
            } else if (mapOf(&item, "request")) {
                m_maker.add(requestOfJson(item), m_notes);
            } else {
                m_notes.notServed(oneLine(textOf(&item, "name")),
                                  "neither a request nor a folder; left out", item.start);
            }
        }
    }

    const yaml::Node &m_root;
    Notes &m_notes;
    CollectionMaker m_maker;
};

LoadOutcome serverOf(CollectionMaker &maker, std::string name, Notes &notes, const Source &source)
{
    LoadedServer loaded{{}, "bruno", source.file(), {}};
    loaded.server.name = name.empty() ? oneLine(source.file().stem().string()) : std::move(name);
    loaded.server.items = maker.finish();
    assignIds(loaded.server);
    loaded.problems = notes.take();
    return succeeded(std::move(loaded));
}

LoadOutcome importBru(const Source &source)
{
    const std::string file = source.file().string();
    const std::string text = text::asUtf8(std::string(source.text()));
    const auto level = readBru(text, file);
    if (!level)
        return failed(level.error());
    auto request = requestOfBru(*level, file);
    if (!request)
        return failed(request.error());
    const Error nothing{ErrorCode::Invalid,
                        "there is no request of HTTP in this file of Bruno: import the folder of "
                        "the collection, or the file of a request",
                        {file, 1, 1}};
    if (!*request)
        return failed(nothing);
    Notes notes(file);
    CollectionMaker maker(notes);
    maker.add(**request, notes);
    return maker.isEmpty() ? failed(nothing) : serverOf(maker, {}, notes, source);
}

LoadOutcome importJson(const Source &source)
{
    const Result<yaml::Node> &root = source.tree();
    if (!root)
        return failed(root.error());
    const std::string file = source.file().string();
    if (isOpenCollection(source))
        return failed(openCollectionProblem(source.file()));
    const yaml::Node *items = fieldOf(&*root, "items");
    if (!items || !items->isList())
        return failed(
            {ErrorCode::Invalid,
             "this is no collection of Bruno: an export has the list 'items', a .bru file "
             "begins with 'meta {'",
             {file, 1, 1}});
    Notes notes(file);
    ExportReader reader(*root, notes);
    CollectionMaker &maker = reader.run();
    if (maker.isEmpty())
        return failed({ErrorCode::Invalid,
                       "there is no request of HTTP in this collection of Bruno",
                       {file, items->start.line, items->start.column}});
    return serverOf(maker, oneLine(textOf(&*root, "name")), notes, source);
}

} // namespace

bool recognise(const Source &source)
{
    return isBruFile(source.file()) || beginsWithMeta(source.text()) || isExport(source)
           || isOpenCollection(source);
}

LoadOutcome import(const Source &source)
{
    const bool isJson = source.looksLikeJson();
    const bool isTree = isJson || (!isBruFile(source.file()) && !beginsWithMeta(source.text()));
    return isTree ? importJson(source) : importBru(source);
}

} // namespace understudy::formats::bruno
