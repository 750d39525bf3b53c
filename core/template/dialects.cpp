// SPDX-License-Identifier: Apache-2.0
#include "core/template/dialects.h"

#include "core/template/mockoon/helpers.h"
#include "core/template/native/variables.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/values.h"
#include "core/template/wiremock/variables.h"

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
    static const handlebars::TemplateOptions wiremock = [] {
        handlebars::TemplateOptions options;
        options.helpers = &wiremock::helperTable();
        options.variable = wiremock::variable;
        options.write = wiremock::write;
        options.noEscape = true;
        options.compat = true; // names of loops around are found, as Handlebars.java finds them
        options.keepsNumbers = true;
        return options;
    }();
    switch (dialect) {
    case Dialect::Mockoon:
        return mockoon;
    case Dialect::WireMock:
        return wiremock;
    case Dialect::Native:
        break;
    }
    return own;
}

} // namespace understudy
