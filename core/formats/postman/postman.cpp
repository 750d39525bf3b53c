// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/postman.h"

#include "core/formats/format_table.h"
#include "core/formats/notes.h"
#include "core/formats/postman/collection.h"
#include "core/formats/recorded/fields.h"
#include "core/model/edit.h"

namespace understudy::formats::postman {

using recorded::fieldOf;
using recorded::mapOf;
using recorded::textOf;

namespace {

bool isListAt(const yaml::Node *node, std::string_view key)
{
    const yaml::Node *found = fieldOf(node, key);
    return found && found->isList();
}

/// The collection itself, also in what Postman's API answers: `{"collection": {…}}`.
const yaml::Node *collectionIn(const yaml::Node *root)
{
    for (const yaml::Node *node : {root, mapOf(root, "collection")}) {
        if (mapOf(node, "info") && isListAt(node, "item"))
            return node;
    }
    return nullptr;
}

/// Flat lists of requests and folders, which name each other by id.
bool isVersion1(const yaml::Node *root)
{
    return isListAt(root, "requests")
           && (isListAt(root, "order") || isListAt(root, "folders_order"));
}

bool isEnvironment(const yaml::Node *root)
{
    return isListAt(root, "values") && fieldOf(root, "_postman_variable_scope");
}

Error problemOf(const yaml::Node &root, const std::string &file)
{
    if (isVersion1(&root))
        return {ErrorCode::Unsupported,
                "a Postman collection of version 1: open it in Postman and export it as "
                "'Collection v2.1'",
                {file, root.start.line, root.start.column}};
    if (isEnvironment(&root))
        return {ErrorCode::Invalid,
                "a Postman environment, which has values and no requests: import the collection "
                "beside which it lies",
                {file, root.start.line, root.start.column}};
    return {ErrorCode::Invalid,
            "this is no Postman collection: a collection is an object with 'info' and the list "
            "'item'",
            {file, 1, 1}};
}

} // namespace

bool recognise(const Source &source)
{
    if (const Result<yaml::Node> &root = source.tree())
        return !source.find("understudy")
               && (collectionIn(&*root) || isVersion1(&*root) || isEnvironment(&*root));
    return source.looksLikeJson()
           && source.text().find("getpostman.com/json/collection") != std::string_view::npos;
}

LoadOutcome import(const Source &source)
{
    const Result<yaml::Node> &root = source.tree();
    if (!root)
        return failed(root.error());
    const std::string file = source.file().string();
    const yaml::Node *collection = collectionIn(&*root);
    if (!collection)
        return failed(problemOf(*root, file));
    Notes notes(file);
    LoadedServer loaded{{}, "postman", source.file(), {}};
    loaded.server = translateCollection(*collection, source.file(), notes);
    assignIds(loaded.server);
    loaded.problems = notes.take();
    return succeeded(std::move(loaded));
}

} // namespace understudy::formats::postman
