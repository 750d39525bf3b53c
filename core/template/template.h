// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/parser.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace understudy::handlebars {

class Template;
struct RenderScope;

/// How a template is read and rendered; the names are those of Handlebars' own options.
struct TemplateOptions : ParseOptions
{
    bool strict = false;        ///< what is missing is an error
    bool assumeObjects = false; ///< what is missing on the way to a value is an error
    bool compat = false;        ///< names are looked for in the contexts around, too
    bool explicitPartialContext = false;
    bool noEscape = false; ///< `{{x}}` writes what `{{{x}}}` writes
    /// A helper that is not there yields nothing, instead of an error (as in Mockoon).
    bool toleratesMissingHelpers = false;
    /// What a path of the outermost level leads to before its context is asked; `used` parts of it.
    /// Undefined for one that it does not know. Null: there are none.
    Value (*variable)(RenderScope &scope, std::span<const std::string> path, std::size_t &used)
        = nullptr;
    /// Writes lists, objects and dates in the dialect's own way. Null: as JavaScript does.
    void (*write)(const Value &value, std::string &out) = nullptr;
};

/// What one rendering may cost, and what it may use.
struct RenderOptions
{
    std::function<const Template *(std::string_view name)> partials{};
    Value data; ///< an object: `@` values of the outermost level
    std::size_t maxOutput = 64U * 1024 * 1024;
    std::uint64_t maxSteps = 20'000'000; ///< tags that are rendered, some tens of nanoseconds each
};

/// A template that was read once and is rendered often. Immutable; any thread. The table of helpers
/// must outlive it.
///
///     const auto hello = handlebars::Template::compile("Hello {{name}}!", {});
///     std::string out;
///     hello->render(out, JsonObject{{"name", "Ada"}});   // "Hello Ada!"
class Template
{
public:
    static Result<Template> compile(std::string_view text, const TemplateOptions &options);

    /// Appends to `out`. Errors: Invalid with line and column for what a helper refuses or `strict`
    /// misses, Limit; `out` then holds what came before it. `scope` is handed to the helpers.
    Result<void> render(std::string &out, const Value &context, RenderScope *scope = nullptr,
                        const RenderOptions &options = {}) const;

    const Program &program() const { return *m_program; }
    const TemplateOptions &options() const { return m_options; }

private:
    std::shared_ptr<const Program> m_program;
    TemplateOptions m_options;
};

} // namespace understudy::handlebars
