// SPDX-License-Identifier: Apache-2.0
// What a path leads to.
#include "core/template/renderer.h"

#include <algorithm>

namespace understudy::handlebars {

Value Renderer::member(const Value &of, const std::string &name, const Path &path, bool isLast)
{
    const bool isStrict = m_options.strict && isLast;
    if (of.isMissing() && (isStrict || m_options.strict || m_options.assumeObjects)) {
        fail(inDoubleQuotes(name) + " of " + inDoubleQuotes(path.original) + " is asked of nothing",
             path.at);
        return {};
    }
    if (isStrict) {
        const JsonObject *object = of.ifObject();
        Value found = of.member(name);
        if (found.isUndefined() && !(object && object->contains(name)))
            fail(inDoubleQuotes(path.original) + " is not defined", path.at);
        return found;
    }
    return of.member(name);
}

Value Renderer::lookUpData(const Path &path, const State &state, std::size_t &next)
{
    const DataFrame *frame = state.data;
    for (int i = 0; i < path.depth && frame; ++i)
        frame = frame->above();
    if (path.parts.empty() || !frame)
        return {};
    next = 1;
    if (const Value *found = frame->find(path.parts.front()))
        return *found;
    if (path.parts.front() == "root")
        return *m_root;
    if (path.parts.front() == "partial-block" && state.partialBlock)
        return true;
    if (m_options.strict)
        fail("\"@" + path.parts.front() + "\" is not defined", path.at);
    return {};
}

/// What the dialect itself knows by that name; undefined if nothing.
Value Renderer::lookUpVariable(const Path &path, std::size_t &next)
{
    if (!m_options.variable || !m_scope)
        return {};
    std::size_t used = 1;
    Value found = m_options.variable(*m_scope, path.parts, used);
    if (!found.isUndefined())
        next = used;
    return found;
}

/// The value that the path begins with; `next` is the part that it goes on with.
Value Renderer::lookUpFirst(const Path &path, const State &state, std::size_t &next)
{
    if (path.isData)
        return lookUpData(path, state, next);
    if (path.isBlockParam) {
        for (const ParamFrame *frame = state.params; frame; frame = frame->parent) {
            const auto found
                = std::find(frame->names->begin(), frame->names->end(), path.parts.front());
            if (found == frame->names->end())
                continue;
            next = 1;
            const auto index = static_cast<std::size_t>(found - frame->names->begin());
            return index < frame->values.size() ? frame->values[index] : Value();
        }
    }
    const ContextFrame *frame = state.contexts;
    for (int i = 0; i < path.depth && frame; ++i)
        frame = frame->parent;
    if (!frame)
        return {};
    if (path.parts.empty())
        return *frame->value;
    if (m_options.compat && !path.isScoped) {
        for (; frame; frame = frame->parent) {
            if (Value found = frame->value->member(path.parts.front()); !found.isMissing()) {
                next = 1;
                return found;
            }
        }
        return lookUpVariable(path, next);
    }
    if (frame->value == m_root) {
        Value found = lookUpVariable(path, next);
        if (!found.isUndefined())
            return found;
    }
    return *frame->value;
}

/// `isWanted`: the value itself is what a tag asks for, which `strict` takes seriously.
Value Renderer::lookUp(const Path &path, const State &state, bool isWanted)
{
    std::size_t next = 0;
    Value value = lookUpFirst(path, state, next);
    for (; next < path.parts.size() && !m_error; ++next) {
        const bool isLast = isWanted && next + 1 == path.parts.size();
        if (!m_options.strict && !m_options.assumeObjects && value.isMissing())
            return next == 0 && path.parts.size() == 1 ? value : Value();
        value = member(value, path.parts[next], path, isLast);
    }
    return value;
}

} // namespace understudy::handlebars
