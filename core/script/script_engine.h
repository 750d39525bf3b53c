// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/script/script_bridge.h"
#include "core/template/scripting.h"

namespace understudy {

/// One engine of JavaScript with what scripts find in it. Belongs to the thread that makes it, but
/// for interrupt() and close().
class ScriptEngine
{
public:
    ScriptEngine();

    // As Scripting, one at a time.
    Result<void> check(const ScriptText &script);
    Result<ScriptAnswer> answer(const ScriptText &script, handlebars::RenderScope &scope);
    Result<std::vector<std::string>> functions(const ScriptText &script);
    Result<handlebars::Value> call(const ScriptText &script, const ScriptCall &call,
                                   handlebars::RenderScope &scope);
    Result<handlebars::Value> fake(std::string_view method, const JsonArray &arguments,
                                   std::string_view locale, handlebars::RenderScope &scope);

    /// Ends what runs, as soon as JavaScript takes its next step.
    void interrupt() { m_engine.setInterrupted(true); }
    /// What runs finds no server any more.
    void close() { m_bridge.close(); }

private:
    /// The file as a function that runs it.
    Result<QJSValue> compile(const ScriptText &script);
    /// Calls a function of the prelude.
    Result<QJSValue> run(const char *function, const QJSValueList &arguments);
    Error errorOf(const QJSValue &thrown) const;

    QJSEngine m_engine;
    ScriptBridge m_bridge;
    QJSValue m_prelude;
};

} // namespace understudy
