// SPDX-License-Identifier: Apache-2.0
#include "core/template/dialects.h"

#include "core/template/mockoon/helpers.h"
#include "core/template/native/variables.h"

namespace understudy {

const handlebars::TemplateOptions &templateOptions(Dialect dialect)
{
    static const handlebars::TemplateOptions mockoon = [] {
        handlebars::TemplateOptions options;
        options.helpers = &mockoon::helperTable();
        options.toleratesMissingHelpers = true;
        options.reversesHash = true;
        return options;
    }();
    static const handlebars::TemplateOptions own = [] {
        handlebars::TemplateOptions options;
        options.helpers = &native::helperTable();
        options.variable = native::variable;
        options.noEscape = true; // bodies are JSON more often than HTML
        return options;
    }();
    return dialect == Dialect::Mockoon ? mockoon : own;
}

} // namespace understudy
