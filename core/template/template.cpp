// SPDX-License-Identifier: Apache-2.0
#include "core/template/template.h"

#include "core/template/renderer.h"

namespace understudy::handlebars {

Result<Template> Template::compile(std::string_view text, const TemplateOptions &options)
{
    auto program = parse(text, options);
    if (!program)
        return program.error();
    Template out;
    out.m_program = std::make_shared<const Program>(*std::move(program));
    out.m_options = options;
    return out;
}

Result<void> Template::render(std::string &out, const Value &context, RenderScope *scope,
                              const RenderOptions &options) const
{
    return Renderer(out, m_options, scope, options).run(*m_program, context);
}

} // namespace understudy::handlebars
