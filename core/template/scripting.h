// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/json_value.h"
#include "core/base/result.h"
#include "core/http/header_list.h"
#include "core/template/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

namespace handlebars {
struct RenderScope;
}

/// A file of JavaScript, and what people call it.
struct ScriptText
{
    std::string name; ///< as the mock file writes it, "scripts/orders.js"
    std::string text;
};

/// What a script answered.
struct ScriptAnswer
{
    std::optional<int> status; ///< 100..999; nothing: that of the response
    http::HeaderList headers;
    Duration delay{}; ///< for which the answer is kept back, an hour at most
    std::string body;
    std::string defaultType; ///< of the body, where no header says another; empty without one
};

/// A function of a file of helpers, called in a template.
struct ScriptCall
{
    std::string_view function;
    JsonArray arguments;
    JsonObject options; ///< `name=value`
    /// Of a block: what stands in it, and behind its `{{else}}`.
    std::optional<std::string> block{};
    std::string inverse{};
};

/// JavaScript, for scripts, helpers of the user's own and the invented data of the real
/// @faker-js/faker. The library has none: a program that links Qt brings it (core/script), or
/// anybody who implements this. Any thread; a call blocks until it is done, or its limits are
/// reached.
///
/// Errors of all: Invalid for what JavaScript throws, with file and line where it has them, Limit
/// for time and memory.
class Scripting
{
public:
    virtual ~Scripting() = default;

    /// Whether it can be read at all; nothing is run. Errors: Syntax.
    virtual Result<void> check(const ScriptText &script) = 0;
    /// Runs a file, whose `module.exports` is a function, and asks that for an answer.
    virtual Result<ScriptAnswer> answer(const ScriptText &script, handlebars::RenderScope &scope)
        = 0;
    /// The names of the functions that a file exports.
    virtual Result<std::vector<std::string>> functions(const ScriptText &script) = 0;
    virtual Result<handlebars::Value> call(const ScriptText &script, const ScriptCall &call,
                                           handlebars::RenderScope &scope)
        = 0;

    /// Whether the real faker is there; without it fake() is Unsupported.
    virtual bool hasFaker() const = 0;
    /// `method` as "person.firstName"; draws from the scope. `locale` as "de" or "pt_BR"; empty:
    /// English.
    virtual Result<handlebars::Value> fake(std::string_view method, JsonArray arguments,
                                           std::string_view locale, handlebars::RenderScope &scope)
        = 0;
};

} // namespace understudy
