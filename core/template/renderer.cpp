// SPDX-License-Identifier: Apache-2.0
// Over 400 lines: one walk over the nodes, whose functions share the state of a rendering.
#include "core/template/renderer.h"

#include <algorithm>

namespace understudy::handlebars {

namespace {

/// Programs in programs, and partials in partials: bounded by the stack of a thread.
constexpr int kMaxDepth = 120;

void appendEscaped(std::string &out, std::string_view text)
{
    constexpr std::string_view kSigns = "&<>\"'`=";
    while (true) {
        const std::size_t found = text.find_first_of(kSigns);
        out.append(text.substr(0, found));
        if (found == std::string_view::npos)
            return;
        switch (text[found]) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#x27;";
            break;
        case '`':
            out += "&#x60;";
            break;
        default:
            out += "&#x3D;";
        }
        text.remove_prefix(found + 1);
    }
}

std::string inDoubleQuotes(std::string_view name) { return '"' + std::string(name) + '"'; }

} // namespace

Renderer::Renderer(std::string &out, const TemplateOptions &options, RenderScope *scope,
                   const RenderOptions &limits)
    : m_out(&out)
    , m_options(options)
    , m_scope(scope)
    , m_limits(limits)
{}

Result<void> Renderer::run(const Program &root, const Value &context)
{
    m_root = &context;
    const ContextFrame contexts{&context, nullptr};
    DataFrame data;
    if (const JsonObject *given = m_limits.data.ifObject()) {
        for (const JsonMember &member : *given)
            data.set(member.name, m_limits.data.part(member.value));
    }
    render(root, {&contexts, &data, nullptr, nullptr, nullptr});
    if (m_error)
        return *m_error;
    return {};
}

void Renderer::fail(std::string message, Position at)
{
    if (!m_error)
        m_error = Error{ErrorCode::Invalid,
                        std::move(message),
                        {{}, static_cast<int>(at.line), static_cast<int>(at.column)}};
}

bool Renderer::step(Position at)
{
    if (m_error)
        return false;
    if (++m_steps > m_limits.maxSteps || m_out->size() + m_made > m_limits.maxOutput) {
        fail(m_steps > m_limits.maxSteps ? "the template takes too many steps"
                                         : "the template writes too much",
             at);
        m_error->code = ErrorCode::Limit;
        return false;
    }
    return true;
}

void Renderer::count(const Value &made)
{
    if (const std::string *text = made.ifText())
        m_made += text->size();
    else if (const JsonArray *list = made.ifList())
        m_made += list->size() * sizeof(JsonValue);
}

void Renderer::render(const Program &program, const State &state)
{
    if (++m_depth > kMaxDepth) {
        fail("blocks and partials call each other without an end", {});
        m_error->code = ErrorCode::Limit;
    }
    InlineFrame frame;
    State inner = state;
    if (program.hasDecorators) {
        for (const Statement &statement : program.body) {
            const auto *decorator = std::get_if<Decorator>(&statement);
            if (!decorator || !decorator->block)
                continue;
            const auto *name = std::get_if<Path>(&decorator->call.callee.node);
            if (!name || name->original != "inline" || decorator->call.arguments.empty()) {
                fail("there is no decorator but 'inline'", decorator->call.at);
                break;
            }
            frame.definitions.push_back({evaluate(decorator->call.arguments.front(), state).text(),
                                         decorator->block.get()});
        }
        frame.state = &inner;
        frame.parent = state.partials;
        inner.partials = &frame;
    }
    for (const Statement &statement : program.body) {
        if (m_error)
            break;
        if (const auto *content = std::get_if<Content>(&statement)) {
            m_out->append(content->text);
        } else if (const auto *mustache = std::get_if<Mustache>(&statement)) {
            if (step(mustache->call.at))
                emit(call(mustache->call, inner, nullptr),
                     mustache->isEscaped && !m_options.noEscape);
        } else if (const auto *block = std::get_if<Block>(&statement)) {
            if (step(block->call.at))
                renderBlock(*block, inner);
        } else if (const auto *partial = std::get_if<Partial>(&statement)) {
            if (step(partial->call.at))
                renderPartial(*partial, inner);
        } else if (const auto *decorator = std::get_if<Decorator>(&statement);
                   decorator && !decorator->block) {
            fail("there is no decorator but 'inline'", decorator->call.at);
        }
    }
    --m_depth;
}

void Renderer::renderIn(const Program &program, const State &state, const Value &context,
                        DataFrame *data, std::span<const Value> blockParams)
{
    State inner = state;
    const ContextFrame contexts{&context, state.contexts};
    if (&context != state.contexts->value && !context.isSame(*state.contexts->value))
        inner.contexts = &contexts;
    if (data)
        inner.data = data;
    const ParamFrame params{&program.blockParams, blockParams, state.params};
    if (!program.blockParams.empty())
        inner.params = &params;
    render(program, inner);
}

void Renderer::emit(const Value &value, bool isEscaped)
{
    if (m_error || value.isMissing())
        return;
    if (const std::string *text = value.ifText()) {
        if (isEscaped && !value.isSafe())
            appendEscaped(*m_out, *text);
        else
            m_out->append(*text);
    } else if (isEscaped && value.kind() == Value::Kind::Json) {
        appendEscaped(*m_out, value.text());
    } else {
        value.appendTo(*m_out);
    }
}

Value Renderer::evaluate(const Expression &expression, const State &state)
{
    if (m_error)
        return {};
    if (const auto *literal = std::get_if<Value>(&expression.node))
        return *literal;
    if (const auto *path = std::get_if<Path>(&expression.node))
        return lookUp(*path, state, false);
    const auto &inner = *std::get<std::unique_ptr<Call>>(expression.node);
    return step(inner.at) ? call(inner, state, nullptr) : Value();
}

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
        return {};
    }
    if (m_options.variable && m_scope && frame->value == m_root) {
        std::size_t used = 1;
        Value found = m_options.variable(*m_scope, path.parts, used);
        if (!found.isUndefined()) {
            next = used;
            return found;
        }
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

Value Renderer::call(const Call &call, const State &state, const Block *block)
{
    if (call.helper && call.kind != Call::Kind::Lookup) {
        HelperCall arguments(*this, state, call, block);
        Value made = m_error ? Value() : call.helper->call(arguments);
        count(made);
        return made;
    }
    const auto *path = std::get_if<Path>(&call.callee.node);
    if (call.kind != Call::Kind::Helper)
        return path ? lookUp(*path, state, true) : evaluate(call.callee, state);
    const std::string name = path ? path->original : "(…)";
    Value found = path ? path->isSimple() && m_options.toleratesMissingHelpers
                             ? Value()
                             : lookUp(*path, state, true)
                       : evaluate(call.callee, state);
    if (found.isTruthy())
        fail(inDoubleQuotes(name) + " is a value; it takes no arguments", call.at);
    else if (!m_options.toleratesMissingHelpers)
        fail("there is no helper " + inDoubleQuotes(name), call.at);
    return Value(std::string());
}

void Renderer::renderBlock(const Block &block, const State &state)
{
    const Call &call = block.call;
    if (call.helper && call.kind != Call::Kind::Lookup) {
        HelperCall arguments(*this, state, call, &block);
        if (!m_error)
            emit(call.helper->call(arguments), false);
        return;
    }
    Value value = this->call(call, state, nullptr);
    if (m_error)
        return;
    if (call.kind == Call::Kind::Helper) {
        emit(value, false);
        return;
    }
    // A missing helper yields "", which is a context like any other (as in Mockoon).
    if (call.kind == Call::Kind::Either && m_options.toleratesMissingHelpers && value.isMissing())
        value = Value(std::string());
    renderSection(block, state, value);
}

/// A block whose name is a value: Handlebars' blockHelperMissing.
void Renderer::renderSection(const Block &block, const State &state, const Value &value)
{
    const bool isFlag = value.kind() == Value::Kind::Bool;
    if (value.isMissing() || (isFlag && !value.isTruthy())) {
        if (block.inverse)
            render(*block.inverse, state);
    } else if (isFlag) {
        if (block.program)
            render(*block.program, state);
    } else if (const JsonArray *list = value.ifList()) {
        if (list->empty()) {
            if (block.inverse)
                render(*block.inverse, state);
            return;
        }
        for (std::size_t i = 0; i < list->size() && block.program && step(block.call.at); ++i) {
            DataFrame frame(state.data);
            frame.set("key", i);
            frame.set("index", i);
            frame.set("first", i == 0);
            frame.set("last", i + 1 == list->size());
            const Value item = value.part((*list)[i]);
            const std::array<Value, 2> params{item, Value(i)};
            renderIn(*block.program, state, item, &frame, params);
        }
    } else if (block.program) {
        renderIn(*block.program, state, value, nullptr, {});
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
        for (const Statement &statement : partial.block->body) {
            const auto *decorator = std::get_if<Decorator>(&statement);
            if (decorator && decorator->block && !decorator->call.arguments.empty())
                frame.definitions.push_back(
                    {evaluate(decorator->call.arguments.front(), state).text(),
                     decorator->block.get()});
        }
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
