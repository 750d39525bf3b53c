// SPDX-License-Identifier: Apache-2.0
#include "core/engine/template_text.h"

#include "core/http/mime_type.h"
#include "core/template/dialects.h"

#include <algorithm>
#include <array>

namespace understudy {

TemplateText::TemplateText(std::string text, bool isTemplate, Dialect dialect)
    : m_written(std::move(text))
{
    if (!isTemplate || !hasTemplate(m_written))
        return;
    auto source = handlebars::Template::compile(m_written, templateOptions(dialect));
    if (source)
        m_source = *std::move(source);
    else
        m_error = source.error();
}

Result<std::string> TemplateText::render(handlebars::RenderScope &scope) const
{
    if (m_error)
        return *m_error;
    if (!m_source)
        return m_written;
    static const handlebars::Value kRoot{JsonObject()};
    std::string out;
    if (auto done = m_source->render(out, kRoot, &scope); !done)
        return done.error();
    return out;
}

TemplateParameters::TemplateParameters(const JsonObject &extensions)
{
    if (const JsonValue *values = extensions.find("x-wiremock-parameters"))
        m_values = std::make_shared<const JsonValue>(*values);
}

void TemplateParameters::giveTo(handlebars::RenderScope &scope) const
{
    if (m_values)
        scope.assigned["parameters"] = handlebars::Value::ofJson(m_values, *m_values);
}

std::string described(const Error &error)
{
    return error.where.line == 0
               ? error.message
               : error.message + " (line " + std::to_string(error.where.line) + ", column "
                     + std::to_string(error.where.column) + " of the template)";
}

bool isRenderedFile(std::string_view path)
{
    static constexpr std::array<std::string_view, 10> kTypes{"application/json",
                                                             "text/html",
                                                             "text/css",
                                                             "text/csv",
                                                             "text/plain",
                                                             "application/javascript",
                                                             "application/typescript",
                                                             "text/xml",
                                                             "application/xhtml+xml",
                                                             "application/xml"};
    if (path.ends_with(".handlebars") || path.ends_with(".hbs"))
        return true;
    std::string_view type = http::mimeTypeOf(path);
    type = type.substr(0, type.find(';'));
    return type == "text/javascript"
           || std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

} // namespace understudy
