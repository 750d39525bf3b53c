// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/openapi.h"

#include "core/base/text.h"
#include "core/formats/format_table.h"
#include "core/formats/openapi/operations.h"
#include "core/formats/openapi/plain_text.h"
#include "core/model/edit.h"

#include <algorithm>
#include <array>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kRoomOfBodies = std::size_t{256} * 1024 * 1024;

bool isVersion(const yaml::Node *node) { return node && node->isScalar() && !node->isNull(); }

/// Whether a text that cannot be parsed was meant to be a document: a line begins with the key.
bool hasVersionKey(std::string_view text)
{
    constexpr std::array<std::string_view, 4> kKeys{"openapi:", "swagger:", "\"openapi\"",
                                                    "\"swagger\""};
    const std::string_view head = text.substr(0, 4096);
    return std::any_of(kKeys.begin(), kKeys.end(), [&](std::string_view key) {
        const std::size_t at = head.find(key);
        if (at == std::string_view::npos)
            return false;
        const std::size_t before = head.find_last_not_of(" \t", at == 0 ? 0 : at - 1);
        return at == 0 || before == std::string_view::npos
               || std::string_view("\n\r{,\xBF").find(head[before]) != std::string_view::npos;
    });
}

Error wrongDocument(std::string message, const Source &source, yaml::Mark at)
{
    return {ErrorCode::Invalid,
            std::move(message),
            {source.file().string(), std::max(at.line, 1), std::max(at.column, 1)}};
}

void noteTheRest(Document &document, const LoadOptions &options)
{
    const Element root = document.root();
    if (root.at("webhooks"))
        document.notServed({},
                           "webhooks are requests that a server sends by itself, and are not "
                           "sent",
                           root.at("webhooks"));
    const Element components = document.child(root, "components");
    const Element schemes
        = document.isSwagger() ? root.at("securityDefinitions") : components.at("securitySchemes");
    if (schemes && !options.checkRequests)
        document.notServed(
            {},
            "security schemes are not checked, unless you choose so at import: every "
            "request is let in",
            schemes);
    const Element paths = root.at("paths");
    if (paths && !paths.isMap())
        document.notServed({}, "'paths' is no map of paths, and is left out", paths);
}

/// What the text says that it is, if that can be read.
std::optional<Error> versionProblem(const Source &source)
{
    const yaml::Node &root = *source.tree();
    const yaml::Node *openapi = root.isMap() ? root.find("openapi") : nullptr;
    const yaml::Node *swagger = root.isMap() ? root.find("swagger") : nullptr;
    if (!isVersion(openapi) && !isVersion(swagger))
        return wrongDocument("this is no OpenAPI document: it has no 'openapi: 3.1.0' or "
                             "'swagger: \"2.0\"' at its top",
                             source, root.start);
    const yaml::Node &version = isVersion(openapi) ? *openapi : *swagger;
    const bool isKnown = isVersion(openapi) ? version.text.starts_with("3.") || version.text == "3"
                                            : version.text.starts_with("2");
    if (isKnown)
        return std::nullopt;
    Error error = wrongDocument("version " + text::inQuotes(text::shortened(version.text, 50))
                                    + " is not one of 2.0, 3.0, 3.1 and 3.2; convert the document "
                                      "to one of these",
                                source, version.start);
    error.code = ErrorCode::Unsupported;
    return error;
}

} // namespace

bool recognise(const Source &source)
{
    const Result<yaml::Node> &tree = source.tree();
    if (!tree)
        return hasVersionKey(source.text());
    return !source.find("understudy")
           && (isVersion(source.find("openapi")) || isVersion(source.find("swagger")));
}

LoadOutcome import(const Source &source)
{
    const Result<yaml::Node> &tree = source.tree();
    if (!tree)
        return failed(tree.error());
    if (std::optional<Error> problem = versionProblem(source))
        return failed(*std::move(problem));
    Document document(source);
    SchemaCheck check(document);
    SampleMaker samples(document, check);
    std::size_t room = kRoomOfBodies;
    Server server;
    const Element info = document.child(document.root(), "info");
    server.name = oneLineOf(info.text("title"));
    if (server.name.empty())
        server.name = oneLineOf(source.file().stem().string());
    server.description = cleanText(info.text("description"));
    const bool hasCollections
        = addOperations({document, check, samples, room, source.options()}, server);
    noteTheRest(document, source.options());
    assignIds(server);
    LoadedServer loaded;
    loaded.server = std::move(server);
    loaded.format = "openapi";
    loaded.file = source.file();
    loaded.offered.checkRequests = true;
    loaded.offered.makeBuckets = hasCollections;
    loaded.offered.dynamicAnswers = true;
    loaded.problems = document.takeProblems();
    return succeeded(std::move(loaded));
}

} // namespace understudy::formats::openapi
