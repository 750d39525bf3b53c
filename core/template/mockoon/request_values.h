// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/target_values.h"
#include "core/template/value.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::handlebars {
struct RenderScope;
}

namespace understudy::mockoon {

/// A request as Mockoon's helpers and rules see it (reference/mockoon.md sections 6.3 and 7.8): its
/// parts as JavaScript objects, each made when it is first asked for.
class RequestValues
{
public:
    explicit RequestValues(const MatchContext &request);

    /// The body as its Content-Type says: JSON, a form, multipart, XML; undefined where it is none
    /// of these, broken or empty.
    const handlebars::Value &body();
    const std::string &rawBody();
    const handlebars::Value &query();
    const handlebars::Value &parameters();
    /// Names in lower case.
    const handlebars::Value &headers();
    const handlebars::Value &cookies();
    std::string hostName() const;

private:
    const MatchContext &m_request;
    std::optional<handlebars::Value> m_body;
    std::optional<std::string> m_raw;
    std::optional<handlebars::Value> m_query;
    std::optional<handlebars::Value> m_parameters;
    std::optional<handlebars::Value> m_headers;
    std::optional<handlebars::Value> m_cookies;
};

/// Of the request that the scope is for, which there has to be; made when it is first asked for.
RequestValues &requestOf(handlebars::RenderScope &scope);

/// The same document with numbers as JavaScript writes them and, in objects, names that are
/// numbers first and in their order: what JSON.parse makes of it.
JsonValue asJavaScript(JsonValue value);

/// Mockoon's lookup (section 3.4): a JSONPath or a dot path into a value. Undefined where it leads
/// nowhere.
handlebars::Value lookUp(const handlebars::Value &in, const std::string &path);
/// A dot path alone; `\.` is a dot in a name.
handlebars::Value lookUpDots(const handlebars::Value &in, std::string_view path);
/// A JSONPath, with or without its `$`.
handlebars::Value lookUpJsonPath(const handlebars::Value &in, const std::string &path);

} // namespace understudy::mockoon
