// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/server.h"
#include "core/template/render_scope.h"
#include "core/template/template.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace understudy {

/// A text of the document that may be a template, or one that is broken. Immutable; any thread.
class TemplateText
{
public:
    TemplateText() = default;
    /// `isTemplate`: otherwise it is what is written.
    TemplateText(std::string text, bool isTemplate, Dialect dialect);

    const std::string &written() const { return m_written; }
    /// It is not the same for all requests.
    bool isRendered() const { return m_source.has_value() || m_error.has_value(); }
    const std::optional<Error> &error() const { return m_error; }
    /// Errors: why it is broken, or could not be rendered.
    Result<std::string> render(handlebars::RenderScope &scope) const;

private:
    std::string m_written;
    std::optional<handlebars::Template> m_source;
    std::optional<Error> m_error;
};

/// Values that the templates of one response or callback call `parameters` (WireMock), under the
/// key `x-wiremock-parameters` of its document. Immutable; any thread.
class TemplateParameters
{
public:
    TemplateParameters() = default;
    explicit TemplateParameters(const JsonObject &extensions);
    /// Gives them to what is rendered next.
    void giveTo(handlebars::RenderScope &scope) const;

private:
    std::shared_ptr<const JsonValue> m_values; ///< null: there are none
};

/// An error of a template with its place, as people read it.
std::string described(const Error &error);

/// The types of files that are texts, and so may be templates (reference/mockoon.md section 7.2).
bool isRenderedFile(std::string_view path);

} // namespace understudy
