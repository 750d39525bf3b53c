// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::openapi {

/// A parameter of a path as a document has it.
struct TemplateParameter
{
    std::string name;
    std::string pattern;     ///< of its schema; empty: any text
    std::string description; ///< of what a template cannot say
};

/// The path of an endpoint as the key of a path item.
struct TemplatePath
{
    std::string text;  ///< "/users/{id}"
    std::string shape; ///< "/users/{}": two paths of one shape are the same for a document
    std::vector<TemplateParameter> parameters;
    std::vector<std::string> remarks;
};

/// Nothing for a regular expression, or a path that cannot be parsed.
std::optional<TemplatePath> templatePath(std::string_view path);
/// The path of the items below a collection.
TemplatePath itemPath(TemplatePath collection);

} // namespace understudy::formats::openapi
