// SPDX-License-Identifier: Apache-2.0
// Partials, and the blocks that are given to them.
#include "core/template/renderer.h"

#include <algorithm>

namespace understudy::handlebars {

/// The partials that a program defines itself.
void Renderer::define(const Program &program, const State &state, InlineFrame &frame)
{
    for (const Statement &statement : program.body) {
        const auto *decorator = std::get_if<Decorator>(&statement);
        if (!decorator || !decorator->block)
            continue;
        const auto *name = std::get_if<Path>(&decorator->call.callee.node);
        if (!name || name->original != "inline" || decorator->call.arguments.empty()) {
            fail("there is no decorator but 'inline'", decorator->call.at);
            return;
        }
        frame.definitions.push_back(
            {evaluate(decorator->call.arguments.front(), state).text(), decorator->block.get()});
    }
}

std::string Renderer::partialName(const Partial &partial, const State &state)
{
    if (const auto *path = std::get_if<Path>(&partial.call.callee.node))
        return path->original;
    return evaluate(partial.call.callee, state).text();
}

void Renderer::renderPartial(const Partial &partial, const State &state)
{
    const std::string name = partialName(partial, state);
    if (m_error)
        return;
    if (name == "@partial-block") {
        if (!state.partialBlock) {
            fail("there is no block to stand for @partial-block", partial.call.at);
            return;
        }
        // Contexts and block parameters are those of the place where the block stands, data those
        // of the place where it is called.
        State around = *state.partialBlock->state;
        around.data = state.data;
        callPartial(*state.partialBlock->program, partial, state, around);
        return;
    }
    for (const InlineFrame *frame = state.partials; frame; frame = frame->parent) {
        for (auto found = frame->definitions.rbegin(); found != frame->definitions.rend();
             ++found) {
            if (found->name != name)
                continue;
            State around = *frame->state;
            around.data = state.data;
            around.partials = state.partials;
            around.partialBlock = state.partialBlock;
            callPartial(*found->program, partial, state, around);
            return;
        }
    }
    const Template *found = m_limits.partials ? m_limits.partials(name) : nullptr;
    if (found) {
        State around = state;
        around.params = nullptr;
        if (!m_options.compat)
            around.contexts = nullptr;
        callPartial(found->program(), partial, state, around);
    } else if (partial.block) {
        callPartial(*partial.block, partial, state, state);
    } else {
        fail("The partial " + name + " could not be found", partial.call.at);
    }
}

/// Renders `program` as a partial: with the context that the call gives, in `around`.
void Renderer::callPartial(const Program &program, const Partial &partial, const State &state,
                           const State &around)
{
    Value context = !partial.call.arguments.empty()
                        ? evaluate(partial.call.arguments.front(), state)
                    : m_options.explicitPartialContext ? Value()
                                                       : *state.contexts->value;
    if (!partial.call.hash.empty()) {
        std::vector<JsonMember> members;
        if (const JsonObject *object = context.ifObject())
            members.assign(object->begin(), object->end());
        for (const auto &[key, expression] : partial.call.hash)
            members.push_back({key, evaluate(expression, state).json().value_or(JsonValue())});
        context = Value(JsonObject::of(std::move(members)));
    }
    State inner = around;
    const PartialBlock own{partial.block.get(), &state};
    InlineFrame frame;
    if (partial.block && partial.block.get() != &program) {
        inner.partialBlock = &own;
        // Partials that the block defines are there for the partial.
        define(*partial.block, state, frame);
        frame.state = &state;
        frame.parent = inner.partials;
        if (!frame.definitions.empty())
            inner.partials = &frame;
    }
    const ContextFrame contexts{&context, inner.contexts};
    if (!inner.contexts || !context.isSame(*inner.contexts->value))
        inner.contexts = &contexts;
    const std::size_t begin = m_out->size();
    render(program, inner);
    if (partial.indent.empty() || m_error)
        return;
    std::string indented;
    std::string_view rest = std::string_view(*m_out).substr(begin);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
        indented.append(partial.indent).append(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    m_out->replace(begin, std::string::npos, indented);
}

} // namespace understudy::handlebars
