// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockserver/mockserver.h"

#include "core/formats/format_table.h"
#include "core/formats/mockserver/expectation.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/translation.h"
#include "core/model/edit.h"

#include <algorithm>
#include <unordered_map>

namespace understudy::formats::mockserver {

namespace {

constexpr std::string_view kExpectationFormat = "mockserver";

/// What a list has, or the one expectation that is the whole of the file.
std::vector<const yaml::Node *> expectationsIn(const yaml::Node &root)
{
    std::vector<const yaml::Node *> out;
    if (root.isList()) {
        for (const yaml::Node &item : root.items)
            out.push_back(&item);
    } else {
        out.push_back(&root);
    }
    return out;
}

/// MockServer's API takes an expectation with the id of another one in the place of that.
void dropReplaced(std::vector<ReadExpectation> &all, Notes &notes)
{
    std::unordered_map<std::string, std::size_t> places;
    std::vector<bool> isGone(all.size(), false);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].endpoint.id.empty())
            continue;
        const auto [known, isNew] = places.emplace(all[i].endpoint.id, i);
        if (isNew)
            continue;
        notes.changed(recorded::oneLine(all[i].endpoint.id),
                      "another expectation with this id follows, and takes its place");
        std::swap(all[known->second], all[i]);
        isGone[i] = true;
    }
    std::size_t place = 0;
    std::erase_if(all, [&](const ReadExpectation &) { return isGone[place++]; });
}

} // namespace

bool recognise(const Source &source)
{
    const std::string_view text = source.text();
    const auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
    if (!source.looksLikeJson() || !(has("\"http") || has("\"specUrlOrPayload\"")))
        return false;
    const Result<yaml::Node> &tree = source.tree();
    // A broken file is still MockServer's.
    if (!tree)
        return has("\"httpRequest\"")
               && (has("\"httpResponse") || has("\"httpForward") || has("\"httpError\""));
    const std::vector<const yaml::Node *> all = expectationsIn(*tree);
    return std::any_of(all.begin(), all.end(), [](const yaml::Node *node) {
        return isExpectation(*node) && !isOfALog(*node);
    });
}

LoadOutcome import(const Source &source)
{
    const Result<yaml::Node> &tree = source.tree();
    if (!tree)
        return failed(tree.error());
    const std::string file = source.file().string();
    const std::vector<const yaml::Node *> nodes = expectationsIn(*tree);
    Notes notes(file);
    std::vector<ReadExpectation> read;
    for (const yaml::Node *node : nodes) {
        if (!isExpectation(*node)) {
            notes.notServed({},
                            "this is no expectation: it has neither 'httpRequest' nor an action",
                            node->start);
        } else if (read.size() == kMostTranslated) {
            notes.notServed({}, "there are more than 10000 expectations in the file; left out",
                            node->start);
            break;
        } else {
            read.push_back(readExpectation(*node, notes));
        }
    }
    if (read.empty() && !(tree->isList() && tree->items.empty()))
        return failed({ErrorCode::Invalid,
                       "this holds no expectation of MockServer: an expectation has 'httpRequest' "
                       "and an action such as 'httpResponse', and several stand in a list",
                       {file, tree->start.line, tree->start.column}});
    dropReplaced(read, notes);
    // Those of one priority are tried as they stand.
    std::stable_sort(
        read.begin(), read.end(),
        [](const ReadExpectation &a, const ReadExpectation &b) { return a.priority > b.priority; });
    std::vector<Endpoint> endpoints;
    endpoints.reserve(read.size());
    for (ReadExpectation &one : read)
        endpoints.push_back(std::move(one.endpoint));

    LoadedServer loaded{{}, kExpectationFormat, source.file(), {}};
    const std::string stem = recorded::oneLine(source.file().stem().string());
    loaded.server.name = stem.empty() ? "MockServer" : stem;
    loaded.server.caseInsensitivePaths = true; // as MockServer compares them
    loaded.server.items = itemsInOrder(std::move(endpoints));
    assignIds(loaded.server);
    loaded.problems = notes.take();
    return succeeded(std::move(loaded));
}

} // namespace understudy::formats::mockserver
