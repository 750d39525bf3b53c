// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/mountebank.h"

#include "core/base/text.h"
#include "core/formats/format_table.h"
#include "core/formats/mountebank/imposter.h"
#include "core/formats/notes.h"
#include "core/formats/recorded/fields.h"

namespace understudy::formats::mountebank {

namespace {

constexpr std::string_view kImposters = "imposters";
constexpr std::size_t kMostImposters = 200;

bool isImposter(const yaml::Node &node)
{
    const yaml::Node *protocol = recorded::fieldOf(&node, "protocol");
    return protocol && protocol->isScalar()
           && (node.find("stubs") || node.find("port") || node.find("defaultResponse"));
}

Error noImposter(const Source &source, const yaml::Node &at, const std::string &why)
{
    return {ErrorCode::Invalid, why, {source.file().string(), at.start.line, at.start.column}};
}

Error withHint(const Source &source, Error error)
{
    if (source.text().find("<%") != std::string_view::npos)
        error.message += "; this is a template of EJS: take what 'mb save' writes of it";
    return error;
}

std::string nameOf(const Source &source, const yaml::Node &imposter, bool isOnly)
{
    std::string name = recorded::oneLine(source.file().stem().string());
    const std::string port = recorded::textOf(&imposter, "port");
    if (!isOnly && !port.empty())
        name += " " + recorded::oneLine(port);
    return name.empty() ? "mountebank" : name;
}

} // namespace

bool recognise(const Source &source)
{
    const std::string_view text = source.text();
    const auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
    if (!has(kImposters) && !has("protocol"))
        return false;
    if (!source.tree())
        return source.looksLikeJson()
               && (has("\"imposters\"") || (has("\"protocol\"") && has("\"stubs\"")))
               && (has("\"protocol\"") || has("<%"));
    if (source.find("understudy"))
        return false;
    const yaml::Node *stubs = source.find("stubs");
    const yaml::Node *imposters = source.find(kImposters);
    return (imposters && (imposters->isList() || source.looksLikeJson()))
           || (source.find("protocol") && stubs && stubs->isList());
}

LoadOutcome import(const Source &source)
{
    const Result<yaml::Node> &tree = source.tree();
    if (!tree)
        return failed(withHint(source, tree.error()));
    const yaml::Node *list = recorded::fieldOf(&*tree, kImposters);
    if (list && !list->isList())
        return failed(noImposter(source, *list, "'imposters' is a list"));
    if (!list && !isImposter(*tree))
        return failed(noImposter(source, *tree,
                                 "this is no imposter of mountebank: one has 'protocol' and "
                                 "'stubs', and several stand in a list 'imposters'"));
    const std::vector<yaml::Node> one = list ? std::vector<yaml::Node>() : std::vector{*tree};
    const std::vector<yaml::Node> &imposters = list ? list->items : one;
    Notes others(source.file().string());
    LoadOutcome out;
    for (const yaml::Node &imposter : imposters) {
        if (!isHttp(imposter)) {
            const std::string protocol = recorded::oneLine(recorded::textOf(&imposter, "protocol"));
            others.notServed(recorded::oneLine(recorded::textOf(&imposter, "name")),
                             protocol.empty()
                                 ? "an imposter without a protocol is left out"
                                 : "an imposter of the protocol " + text::inQuotes(protocol)
                                       + " is not served; it is left out",
                             imposter.start);
            continue;
        }
        if (out.servers.size() == kMostImposters) {
            others.notServed({},
                             "this imposter and those behind it are left out: a file may have "
                                 + std::to_string(kMostImposters),
                             imposter.start);
            break;
        }
        Notes notes(source.file().string());
        LoadedServer loaded;
        loaded.server
            = translateImposter(imposter, nameOf(source, imposter, imposters.size() == 1), notes);
        loaded.format = "mountebank";
        loaded.file = source.file();
        loaded.problems = notes.take();
        out.servers.push_back(std::move(loaded));
    }
    if (out.servers.empty())
        return failed(
            withHint(source, noImposter(source, list ? *list : *tree,
                                        imposters.empty()
                                            ? "there is no imposter in the file"
                                            : "no imposter in the file is one of http or https, "
                                              "which are served here")));
    // What is said of the file stands with its first server.
    std::vector<Problem> said = others.take();
    std::vector<Problem> &first = out.servers.front().problems;
    first.insert(first.begin(), said.begin(), said.end());
    return out;
}

} // namespace understudy::formats::mountebank
