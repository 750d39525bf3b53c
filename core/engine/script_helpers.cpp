// SPDX-License-Identifier: Apache-2.0
#include "core/engine/script_helpers.h"

#include "core/template/render_scope.h"

namespace understudy {

ScriptHelpers::ScriptHelpers(std::string file, std::filesystem::path folder, bool allowOutside,
                             std::shared_ptr<Scripting> scripting)
    : m_file(std::move(file), std::move(folder), allowOutside)
    , m_scripting(std::move(scripting))
{}

Result<std::vector<std::string>> ScriptHelpers::names()
{
    if (!m_scripting)
        return noScripting("'helpers'");
    const auto text = m_file.current();
    if (!text)
        return text.error();
    {
        const std::lock_guard lock(m_mutex);
        if (m_read == *text)
            return m_names;
    }
    // Without the lock: others may be waiting for it in what this waits for.
    auto names = m_scripting->functions(**text);
    const std::lock_guard lock(m_mutex);
    m_names = names;
    // A slow moment is no property of the file.
    m_read = names || names.error().code != ErrorCode::Limit ? *text : nullptr;
    return names;
}

handlebars::Value ScriptHelpers::call(handlebars::HelperCall &call)
{
    if (const auto all = names(); !all)
        return call.fail(all.error().text());
    const auto text = m_file.current();
    if (!text)
        return call.fail(text.error().message);
    ScriptCall what;
    what.function = call.name();
    for (const handlebars::Value &value : call.arguments())
        what.arguments.push_back(call.copied(value));
    for (const auto &[name, value] : call.hash())
        what.options.set(name, call.copied(value));
    if (call.isBlock()) {
        what.block = call.captured();
        what.inverse = call.capturedInverse();
    }
    if (call.hasFailed())
        return {};
    auto made = m_scripting->call(**text, what, *call.scope());
    return made ? *std::move(made) : call.fail(made.error().text());
}

} // namespace understudy
