// SPDX-License-Identifier: Apache-2.0
#include "core/template/helper.h"

#include "core/template/renderer.h"

#include <algorithm>

namespace understudy::handlebars {

namespace {

const Value kUndefined;

} // namespace

const Value *DataFrame::find(std::string_view name) const
{
    for (const DataFrame *frame = this; frame; frame = frame->m_parent) {
        for (const auto &[key, value] : frame->m_values) {
            if (key == name)
                return &value;
        }
    }
    return nullptr;
}

void DataFrame::set(std::string_view name, Value value)
{
    for (auto &[key, held] : m_values) {
        if (key == name) {
            held = std::move(value);
            return;
        }
    }
    m_values.emplace_back(name, std::move(value));
}

HelperCall::HelperCall(Renderer &renderer, const State &state, const Call &call, const Block *block)
    : m_renderer(renderer)
    , m_state(state)
    , m_call(call)
    , m_block(block)
{
    const std::size_t count = call.arguments.size();
    if (count > kFew)
        m_many.resize(count);
    const std::span<Value> places
        = count > kFew ? std::span<Value>(m_many) : std::span<Value>(m_few).first(count);
    for (std::size_t i = 0; i < count; ++i)
        places[i] = renderer.evaluate(call.arguments[i], state);
    m_arguments = places;
    m_hash.reserve(call.hash.size());
    for (const auto &[key, expression] : call.hash)
        m_hash.emplace_back(key, renderer.evaluate(expression, state));
}

const Value &HelperCall::operator[](std::size_t index) const
{
    return index < m_arguments.size() ? m_arguments[index] : kUndefined;
}

const Value &HelperCall::option(std::string_view name) const
{
    for (const auto &[key, value] : m_hash) {
        if (key == name)
            return value;
    }
    return kUndefined;
}

const Value &HelperCall::context() const { return *m_state.contexts->value; }
const Value *HelperCall::data(std::string_view name) const { return m_state.data->find(name); }
void HelperCall::setData(std::string_view name, Value value)
{
    m_state.data->set(name, std::move(value));
}

std::string_view HelperCall::name() const
{
    const auto *path = std::get_if<Path>(&m_call.callee.node);
    return path ? std::string_view(path->original) : std::string_view();
}

RenderScope *HelperCall::scope() const { return m_renderer.scope(); }

void HelperCall::body(const Value &context, DataFrame *frame,
                      std::initializer_list<Value> blockParams)
{
    if (m_block && m_block->program)
        m_renderer.renderIn(*m_block->program, m_state, context, frame,
                            {blockParams.begin(), blockParams.size()});
}

void HelperCall::inverse()
{
    if (m_block && m_block->inverse)
        m_renderer.render(*m_block->inverse, m_state);
}

template<class Render>
std::string HelperCall::redirected(const Render &render)
{
    std::string text;
    std::string &out = m_renderer.output();
    m_renderer.redirect(text);
    render();
    m_renderer.redirect(out);
    m_renderer.count(Value(std::string_view(text)));
    return text;
}

std::string HelperCall::captured(DataFrame *frame)
{
    return redirected([&] { body(context(), frame); });
}

std::string HelperCall::capturedInverse()
{
    return redirected([&] { inverse(); });
}

std::size_t HelperCall::walk(const Value &all,
                             const std::function<void(const Value &item, const Value &key,
                                                      std::size_t index, std::size_t count)> &visit)
{
    if (const JsonArray *list = all.ifList()) {
        for (std::size_t i = 0; i < list->size() && mayGoOn(); ++i)
            visit(all.part((*list)[i]), i, i, list->size());
        return list->size();
    }
    const JsonObject *object = all.ifObject();
    if (!object)
        return 0;
    std::size_t i = 0;
    for (const JsonMember &member : *object) {
        if (!mayGoOn())
            break;
        visit(all.part(member.value), member.name, i++, object->size());
    }
    return object->size();
}

DataFrame HelperCall::frame(DataFrame::Kind kind) const { return DataFrame(m_state.data, kind); }
std::string &HelperCall::output() { return m_renderer.output(); }

JsonValue HelperCall::copied(const Value &value)
{
    if (const auto shared = value.shared()) {
        const JsonExtent extent = extentOf(*shared);
        if (extent.depth >= JsonValue::kMaxDepth) {
            fail("lists and objects are nested deeper than " + std::to_string(JsonValue::kMaxDepth)
                 + " levels");
            return {};
        }
        if (!m_renderer.take(extent.bytes, m_call.at))
            return {};
    }
    return value.json().value_or(JsonValue());
}

JsonArray HelperCall::copiedList(const Value &value)
{
    if (!value.ifList())
        return {};
    JsonValue copy = copied(value);
    JsonArray *list = copy.ifArray();
    return list ? std::move(*list) : JsonArray();
}

Value HelperCall::fail(std::string message)
{
    m_renderer.fail(std::move(message), m_call.at);
    return {};
}

bool HelperCall::hasFailed() const { return m_renderer.hasFailed(); }
void HelperCall::keeps(const Value &value)
{
    const auto shared = value.shared();
    const std::string *text = value.ifText();
    m_renderer.take(shared ? extentOf(*shared).bytes : text ? text->size() : 0, m_call.at);
}

bool HelperCall::fits(std::size_t bytes) { return m_renderer.fits(bytes, m_call.at); }
bool HelperCall::mayGoOn() { return m_renderer.step(m_call.at); }

HelperTable::HelperTable(const std::vector<std::span<const Helper>> &parts)
{
    for (const std::span<const Helper> part : parts) {
        for (const Helper &helper : part)
            m_rows.push_back(&helper);
    }
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [](const Helper *a, const Helper *b) { return a->name < b->name; });
    // Of equal names the last one counts.
    std::vector<const Helper *> rows;
    for (const Helper *helper : m_rows) {
        if (!rows.empty() && rows.back()->name == helper->name)
            rows.back() = helper;
        else
            rows.push_back(helper);
    }
    m_rows = std::move(rows);
}

const Helper *HelperTable::find(std::string_view name) const
{
    const auto found
        = std::lower_bound(m_rows.begin(), m_rows.end(), name,
                           [](const Helper *a, std::string_view b) { return a->name < b; });
    return found != m_rows.end() && (*found)->name == name ? *found : nullptr;
}

} // namespace understudy::handlebars
