// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/model/edit.h"
#include "core/workspace/import_update.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// A document that was imported, edited here, changed there, and is imported once more.
namespace understudy::workspace::update {

inline constexpr const char *kDocument = R"(openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /pets:
    get:
      tags: [pets]
      summary: All pets
      responses:
        '200': {description: ok, content: {application/json: {example: [1]}}}
        '404': {description: none}
    post:
      tags: [pets]
      responses: {'201': {description: made}}
  /owners:
    get:
      tags: [owners]
      responses: {'200': {description: ok, content: {application/json: {example: [a]}}}}
)";

inline Server imported(const std::string &text)
{
    formats::LoadOutcome outcome = formats::loadText(text, "shop.yaml");
    EXPECT_EQ(outcome.servers.size(), 1U);
    stampImport(outcome, {});
    return outcome.servers.at(0).server;
}

/// As it comes back from the file that an import has made.
inline Server fromFile(const Server &server)
{
    const formats::native::ReadOutcome read
        = formats::native::read(formats::native::write(server), "shop.mock.yaml");
    EXPECT_TRUE(read.ok());
    return read.server;
}

inline std::string with(std::string text, const std::string &old, const std::string &now)
{
    const std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), now);
}

inline std::vector<std::string> said(const ImportUpdate &update)
{
    std::vector<std::string> out;
    for (const ImportChange &change : update.changes())
        out.push_back((change.isEdited ? "edited: " : "") + textOf(change));
    return out;
}

/// With everything accepted that was not edited here.
inline Server updated(const ImportUpdate &update)
{
    std::vector<bool> accepted;
    for (const ImportChange &change : update.changes())
        accepted.push_back(!change.isEdited);
    const Result<Server> merged = update.merged(accepted);
    EXPECT_TRUE(merged) << merged.error().text();
    return merged ? *merged : Server{};
}

inline std::vector<std::string> endpointsOf(const Server &server)
{
    std::vector<std::string> out;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        std::string label;
        for (const Folder *folder : visit.folders)
            label += folder->name + "/";
        out.push_back(label + endpointLabel(visit.endpoint));
    });
    return out;
}

inline Endpoint &endpoint(Server &server, const char *id)
{
    Endpoint *found = findEndpoint(server, id);
    EXPECT_TRUE(found) << id;
    static Endpoint none;
    return found ? *found : none;
}

} // namespace understudy::workspace::update
