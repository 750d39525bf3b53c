// SPDX-License-Identifier: Apache-2.0
#include "core/formats/pact/pact.h"

#include "core/base/text.h"
#include "core/formats/format_table.h"
#include "core/formats/pact/interaction.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/translation.h"
#include "core/model/edit.h"

#include <algorithm>

namespace understudy::formats::pact {

using recorded::fieldOf;
using recorded::mapOf;
using recorded::textOf;

namespace {

constexpr std::string_view kContractFormat = "pact";

/// "2.0.0"; empty where the contract says none.
std::string versionOf(const yaml::Node &root)
{
    const yaml::Node *metadata = mapOf(&root, "metadata");
    for (const std::string_view key : {"pactSpecification", "pact-specification"}) {
        if (std::string version = textOf(mapOf(metadata, key), "version"); !version.empty())
            return version;
    }
    return textOf(metadata, "pactSpecificationVersion");
}

bool isHttp(const yaml::Node &interaction)
{
    const std::string type = textOf(&interaction, "type");
    return type.empty() || type == "Synchronous/HTTP";
}

std::vector<Interaction> readAll(const yaml::Node &root, Notes &notes)
{
    std::vector<Interaction> out;
    const bool isVersion4 = versionOf(root).starts_with('4');
    for (const yaml::Node &node : recorded::listOf(&root, "interactions")) {
        if (out.size() == kMostTranslated) {
            notes.notServed({}, "there are more than 10000 interactions in the file; left out",
                            node.start);
            break;
        }
        if (!node.isMap())
            notes.notServed({}, "this is no interaction", node.start);
        else if (!isHttp(node))
            notes.notServed(recorded::oneLine(textOf(&node, "description")),
                            "it is " + text::inQuotes(recorded::oneLine(textOf(&node, "type")))
                                + " and not HTTP; left out",
                            node.start);
        else
            out.push_back(readInteraction(node, isVersion4, notes));
    }
    for (const yaml::Node &message : recorded::listOf(&root, "messages"))
        notes.notServed(recorded::oneLine(textOf(&message, "description")),
                        "it is a message and not HTTP; left out", message.start);
    return out;
}

} // namespace

bool recognise(const Source &source)
{
    const std::string_view text = source.text();
    const auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
    if (!source.looksLikeJson() || !has("\"consumer\"") || !has("\"provider\""))
        return false;
    const Result<yaml::Node> &tree = source.tree();
    // A broken file is still Pact's.
    if (!tree)
        return has("\"interactions\"") || has("\"pactSpecification\"");
    return mapOf(&*tree, "consumer") && mapOf(&*tree, "provider");
}

LoadOutcome import(const Source &source)
{
    const Result<yaml::Node> &tree = source.tree();
    if (!tree)
        return failed(tree.error());
    const std::string file = source.file().string();
    const Place at{file, tree->start.line, tree->start.column};
    if (!mapOf(&*tree, "provider") || !tree->find("consumer"))
        return failed({ErrorCode::Invalid,
                       "this is no contract of Pact: a contract is an object with 'consumer', "
                       "'provider' and the list 'interactions'",
                       at});
    Notes notes(file);
    std::vector<Interaction> interactions = readAll(*tree, notes);
    const yaml::Node *list = fieldOf(&*tree, "interactions");
    const bool isEmptyList = list && list->isList() && list->items.empty();
    if (interactions.empty() && !isEmptyList)
        return failed({ErrorCode::Invalid,
                       "this contract has no HTTP interactions, which alone can be served; they "
                       "stand in the list 'interactions'",
                       at});
    LoadedServer loaded{{}, kContractFormat, source.file(), {}};
    const std::string consumer = recorded::oneLine(textOf(mapOf(&*tree, "consumer"), "name"));
    loaded.server.name = recorded::oneLine(textOf(mapOf(&*tree, "provider"), "name"));
    if (loaded.server.name.empty())
        loaded.server.name = recorded::oneLine(source.file().stem().string());
    if (!consumer.empty())
        loaded.server.description = "As " + consumer + " expects it.";
    loaded.server.items = itemsInOrder(makeEndpoints(std::move(interactions), notes));
    assignIds(loaded.server);
    loaded.problems = notes.take();
    return succeeded(std::move(loaded));
}

} // namespace understudy::formats::pact
