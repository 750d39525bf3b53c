// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/bruno/bru_text.h"
#include "core/formats/yaml/node.h"
#include "core/http/header_list.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace understudy::formats::bruno {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What is asked for, by a request or in an example; what is switched off is left out.
struct Asked
{
    std::string method = "GET";
    std::string url;
    std::optional<Pairs> query; ///< where it stands beside the URL, which has it, too
    Pairs path;
    std::string mode; ///< of the body: "json", "formUrlEncoded", as Bruno calls them
    std::string body;
    std::string graphQlVariables;
    Pairs fields;           ///< of a form
    bool sendsFile = false; ///< the body, or a part of it, which this file does not hold
};

/// A saved example.
struct SavedExample
{
    std::string name;
    std::optional<Asked> asked; ///< nothing: what its request asks for
    std::string status;
    std::string reason;
    http::HeaderList headers;
    std::string type; ///< of the body: "json", "text", "xml", "html"
    std::string body;
    yaml::Mark at;
};

/// One request, of a .bru file or of an export.
struct BrunoRequest
{
    std::string name;
    std::string description;
    std::string type; ///< "http", "graphql", "grpc", "ws"
    double order = 0; ///< `seq`
    Asked asked;
    Pairs variables;
    std::vector<SavedExample> examples;
    bool hasAuth = false;
    std::size_t scripts = 0;
    std::size_t tests = 0;
    bool setsVariables = false; ///< from its answer
    yaml::Mark at;
};

/// The block `meta`, of a request or of a folder.
struct BruMeta
{
    std::string name;
    std::string type;
    double order = 0; ///< `seq`
};
/// Empty without one. Errors: Syntax.
Result<BruMeta> metaOfBru(const BruLevel &file, const std::string &name);

/// Reads a .bru file. Nothing for one without a request, as folder.bru is. Errors: Syntax.
Result<std::optional<BrunoRequest>> requestOfBru(const BruLevel &file, const std::string &name);
/// The values of `vars`, `vars:pre-request`. Errors: Syntax.
Result<Pairs> variablesOfBru(const BruLevel &file, const std::string &name);

/// Reads an item of an export that is no folder.
BrunoRequest requestOfJson(const yaml::Node &item);
/// The enabled ones of a list of `name` and `value`.
Pairs pairsOfJson(const std::vector<yaml::Node> &list);

} // namespace understudy::formats::bruno
