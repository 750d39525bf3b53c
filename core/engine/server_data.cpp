// SPDX-License-Identifier: Apache-2.0
#include "core/engine/server_data.h"

#include "core/base/files.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/template/dialects.h"
#include "core/template/mockoon/request_values.h"

#include <algorithm>
#include <cmath>

namespace understudy {

namespace {

bool isTemplate(const Bucket &bucket)
{
    const JsonValue *flag = bucket.extensions.find("x-mockoon-template");
    return flag && flag->isTrue() && bucket.items.ifString();
}

std::string textOf(const Bucket &bucket, std::string_view key)
{
    const JsonValue *value = bucket.extensions.find(key);
    return value && value->ifString() ? *value->ifString() : std::string();
}

} // namespace

std::shared_ptr<ServerData::State> ServerData::made(const Bucket &bucket, std::string definition,
                                                    const std::filesystem::path &folder,
                                                    std::vector<std::string> &problems)
{
    auto state = std::make_shared<State>();
    state->name = bucket.name;
    state->otherName = textOf(bucket, "x-mockoon-id");
    state->definition = std::move(definition);
    if (isTemplate(bucket)) {
        auto source = handlebars::Template::compile(*bucket.items.ifString(),
                                                    templateOptions(Dialect::Mockoon));
        state->sourceText = *bucket.items.ifString();
        if (source)
            state->source = std::make_shared<const handlebars::Template>(*std::move(source));
        else
            state->sourceError = source.error().message;
        if (!state->sourceError.empty())
            problems.push_back("bucket '" + bucket.name + "': " + state->sourceError);
        return state;
    }
    JsonValue items = bucket.items;
    if (!bucket.itemsFile.empty()) {
        const auto text = files::readFileInside(folder, bucket.itemsFile);
        auto parsed = text ? JsonValue::parse(*text) : Result<JsonValue>(text.error());
        if (parsed)
            items = *std::move(parsed);
        else
            problems.push_back("bucket '" + bucket.name + "': " + parsed.error().message);
    }
    // What came from there is what JSON.parse makes of it: 12.50 is 12.5.
    if (!state->otherName.empty())
        items = mockoon::asJavaScript(std::move(items));
    state->first = std::make_shared<const JsonValue>(std::move(items));
    state->value = std::make_shared<JsonValue>(*state->first);
    return state;
}

std::vector<std::string> ServerData::define(const std::vector<Bucket> &buckets,
                                            const std::filesystem::path &folder)
{
    std::vector<std::string> problems;
    std::vector<std::shared_ptr<State>> next;
    for (const Bucket &bucket : buckets) {
        std::string definition = bucket.itemsFile + '\n' + writeJson(bucket.items)
                                 + (isTemplate(bucket) ? " template" : "");
        const auto held = [&] {
            const std::lock_guard lock(m_mutex);
            const auto found
                = std::find_if(m_buckets.begin(), m_buckets.end(),
                               [&](const auto &state) { return state->name == bucket.name; });
            return found != m_buckets.end() && (*found)->definition == definition ? *found
                                                                                  : nullptr;
        }();
        next.push_back(held ? held : made(bucket, std::move(definition), folder, problems));
    }
    const std::lock_guard lock(m_mutex);
    m_buckets = std::move(next);
    return problems;
}

/// By Mockoon's id, by name, by name whatever its case, by a part of the name (reference/mockoon.md
/// section 5.7).
std::shared_ptr<ServerData::State> ServerData::find(std::string_view name) const
{
    const std::lock_guard lock(m_mutex);
    const auto first = [&](const auto &fits) -> std::shared_ptr<State> {
        const auto found = std::find_if(m_buckets.begin(), m_buckets.end(),
                                        [&](const auto &state) { return fits(*state); });
        return found == m_buckets.end() ? nullptr : *found;
    };
    if (auto found = first([&](const State &s) { return s.name == name; }))
        return found;
    if (auto found
        = first([&](const State &s) { return !s.otherName.empty() && s.otherName == name; }))
        return found;
    const std::string lower = text::toLower(name);
    if (auto found = first([&](const State &s) { return text::toLower(s.name) == lower; }))
        return found;
    if (lower.empty())
        return nullptr;
    return first(
        [&](const State &s) { return text::toLower(s.name).find(lower) != std::string::npos; });
}

bool ServerData::prepare(State &state, handlebars::RenderScope &asking)
{
    {
        const std::lock_guard lock(m_mutex);
        if (state.value)
            return true;
    }
    if (std::find(asking.open.begin(), asking.open.end(), &state) != asking.open.end())
        return false;
    JsonValue rendered = state.sourceError;
    if (state.source) {
        asking.open.push_back(&state);
        std::string text;
        const auto done = state.source->render(text, handlebars::Value(JsonObject()), &asking);
        asking.open.pop_back();
        auto parsed = done ? JsonValue::parse(text) : Result<JsonValue>(done.error());
        rendered = parsed ? mockoon::asJavaScript(*std::move(parsed))
                          : JsonValue(done ? text : done.error().message);
    }
    const std::lock_guard lock(m_mutex);
    if (!state.value)
        state.value = std::make_shared<JsonValue>(std::move(rendered));
    return true;
}

std::shared_ptr<const JsonValue> ServerData::bucket(std::string_view name,
                                                    handlebars::RenderScope &asking)
{
    const auto state = find(name);
    if (!state || !prepare(*state, asking))
        return nullptr;
    const std::lock_guard lock(m_mutex);
    state->readers->fetch_add(1, std::memory_order_relaxed);
    const auto leave = [value = state->value, readers = state->readers](const JsonValue *) {
        readers->fetch_sub(1, std::memory_order_release);
    };
    return {state->value.get(), leave};
}

bool ServerData::changeBucket(std::string_view name, handlebars::RenderScope &asking,
                              const std::function<bool(JsonValue &)> &change)
{
    const auto state = find(name);
    if (!state || !prepare(*state, asking))
        return false;
    const std::lock_guard lock(m_mutex);
    // Who was given the value goes on with the one it was given.
    if (state->readers->load(std::memory_order_acquire) > 0) {
        state->value = std::make_shared<JsonValue>(*state->value);
        state->readers = std::make_shared<std::atomic<int>>(0);
    }
    change(*state->value);
    return true;
}

/// Mockoon 9.9: the expression that directly follows the key in the bucket's text makes new ones
/// (reference/mockoon.md section 4.3).
std::optional<JsonValue> ServerData::freshKey(std::string_view bucket, std::string_view key,
                                              handlebars::RenderScope &asking)
{
    const auto state = find(bucket);
    if (!state || !state->source)
        return std::nullopt;
    const std::string &text = state->sourceText;
    const std::string name = '"' + std::string(key.substr(key.rfind('.') + 1)) + '"';
    const std::size_t found = text.find(name);
    std::size_t at = found == std::string::npos
                         ? found
                         : text.find_first_not_of(" \t\r\n:\"", found + name.size());
    if (at == std::string::npos || text.compare(at, 2, "{{") != 0)
        return std::nullopt;
    const std::size_t end = text.find("}}", at);
    if (end == std::string::npos)
        return std::nullopt;
    const auto source = handlebars::Template::compile(text.substr(at, end + 2 - at),
                                                      templateOptions(Dialect::Mockoon));
    std::string rendered;
    if (!source || !source->render(rendered, handlebars::Value(JsonObject()), &asking)
        || rendered.empty())
        return std::nullopt;
    const double number = handlebars::numberOf(rendered);
    return std::isfinite(number) ? JsonValue(JsonNumber{handlebars::numberText(number)})
                                 : JsonValue(rendered);
}

handlebars::Value ServerData::variable(std::string_view name)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_variables.find(name);
    return found == m_variables.end() ? handlebars::Value() : found->second;
}

void ServerData::setVariable(const std::string &name, handlebars::Value value)
{
    // A list or an object may be a part of the request, which it outlives.
    if (value.kind() == handlebars::Value::Kind::Json)
        value = handlebars::Value::ofJson(*value.json());
    const std::lock_guard lock(m_mutex);
    m_variables.insert_or_assign(name, std::move(value));
}

void ServerData::reset()
{
    const std::lock_guard lock(m_mutex);
    m_variables.clear();
    for (const auto &state : m_buckets) {
        state->value = state->first ? std::make_shared<JsonValue>(*state->first) : nullptr;
        state->readers = std::make_shared<std::atomic<int>>(0);
    }
}

} // namespace understudy
