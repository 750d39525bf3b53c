// SPDX-License-Identifier: Apache-2.0
#include "core/template/renderer.h"

#include "core/template/render_scope.h"

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

} // namespace

std::string inDoubleQuotes(std::string_view name) { return '"' + std::string(name) + '"'; }

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
    ++m_steps;
    return take(0, at);
}

bool Renderer::take(std::size_t bytes, Position at)
{
    m_made += bytes;
    return fits(0, at);
}

bool Renderer::fits(std::size_t bytes, Position at)
{
    if (m_error)
        return false;
    if (m_steps > m_limits.maxSteps || m_out->size() + m_made + bytes > m_limits.maxOutput) {
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
        define(program, state, frame);
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
    } else if (m_options.write) {
        m_options.write(value, *m_out);
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

const Helper *Renderer::helperOf(const Call &call, const State &state)
{
    static constexpr Helper kOfServer{"", "", "", [](HelperCall &arguments) {
                                          return arguments.scope()->server->callHelper(arguments);
                                      }};
    if (call.kind == Call::Kind::Lookup)
        return nullptr;
    if (call.helper || !m_scope || !m_scope->server)
        return call.helper;
    const auto *path = std::get_if<Path>(&call.callee.node);
    if (!path || !path->isSimple() || !m_scope->server->hasHelper(path->parts.front(), *m_scope))
        return nullptr;
    const bool isValue
        = call.kind == Call::Kind::Either && !lookUp(*path, state, false).isMissing();
    return isValue ? nullptr : &kOfServer;
}

Value Renderer::call(const Call &call, const State &state, const Block *block)
{
    if (const Helper *helper = helperOf(call, state)) {
        HelperCall arguments(*this, state, call, block);
        Value made = m_error ? Value() : helper->call(arguments);
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
    if (const Helper *helper = helperOf(call, state)) {
        HelperCall arguments(*this, state, call, &block);
        if (!m_error)
            emit(helper->call(arguments), false);
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

} // namespace understudy::handlebars
