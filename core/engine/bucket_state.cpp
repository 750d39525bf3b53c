// SPDX-License-Identifier: Apache-2.0
#include "core/engine/bucket_state.h"

#include "core/base/files.h"
#include "core/template/dialects.h"
#include "core/template/mockoon/request_values.h"

#include <algorithm>
#include <cmath>

namespace understudy {

namespace {

std::string textOf(const Bucket &bucket, std::string_view key)
{
    const JsonValue *value = bucket.extensions.find(key);
    return value && value->ifString() ? *value->ifString() : std::string();
}

Result<JsonValue> readItems(const std::filesystem::path &folder, const std::string &file)
{
    const auto text = files::readFileInside(folder, file);
    return text ? JsonValue::parse(*text) : Result<JsonValue>(text.error());
}

} // namespace

BucketDefinition readBucket(const Bucket &bucket, const std::filesystem::path &folder)
{
    BucketDefinition out;
    out.name = bucket.name;
    out.otherName = textOf(bucket, "x-mockoon-id");
    const JsonValue *isTemplate = bucket.extensions.find("x-mockoon-template");
    out.isTemplate = isTemplate && isTemplate->isTrue() && bucket.items.ifString();
    out.items = bucket.items;
    if (!bucket.itemsFile.empty()) {
        if (auto items = readItems(folder, bucket.itemsFile))
            out.items = *std::move(items);
        else
            out.problem = "'" + bucket.itemsFile + "': " + items.error().message;
    }
    // What came from there is what JSON.parse makes of it: 12.50 is 12.5.
    if (!out.otherName.empty() && !out.isTemplate)
        out.items = mockoon::asJavaScript(std::move(out.items));
    return out;
}

BucketState::BucketState(BucketDefinition definition)
    : m_definition(std::move(definition))
    , m_problem(m_definition.problem)
{
    if (m_definition.isTemplate) {
        auto source = handlebars::Template::compile(*m_definition.items.ifString(),
                                                    templateOptions(Dialect::Mockoon));
        if (source)
            m_source = *std::move(source);
        else
            m_problem = source.error().message;
    }
    reset();
}

void BucketState::hold(JsonValue value)
{
    m_value = std::make_shared<JsonValue>(std::move(value));
    m_readers = std::make_shared<std::atomic<int>>(0);
    m_indexed.clear();
    m_positions.reset();
}

void BucketState::reset()
{
    const std::lock_guard lock(m_mutex);
    m_isChanged = false;
    m_value.reset();
    if (!m_definition.isTemplate)
        hold(m_definition.items);
}

/// Leaves `lock` held where there is a value.
bool BucketState::prepare(handlebars::RenderScope &asking, std::unique_lock<std::mutex> &lock)
{
    lock.lock();
    if (m_value)
        return true;
    lock.unlock(); // what is rendered may ask for other buckets
    if (std::find(asking.open.begin(), asking.open.end(), this) != asking.open.end())
        return false;
    JsonValue rendered = m_problem;
    if (m_source) {
        asking.open.push_back(this);
        std::string text;
        const auto done = m_source->render(text, handlebars::Value(JsonObject()), &asking);
        asking.open.pop_back();
        auto parsed = done ? JsonValue::parse(text) : Result<JsonValue>(done.error());
        rendered = parsed ? mockoon::asJavaScript(*std::move(parsed))
                          : JsonValue(done ? text : done.error().message);
    }
    lock.lock();
    if (!m_value)
        hold(std::move(rendered));
    return true;
}

std::shared_ptr<const JsonValue> BucketState::value(handlebars::RenderScope &asking)
{
    std::unique_lock lock(m_mutex, std::defer_lock);
    return prepare(asking, lock) ? handOut() : nullptr;
}

std::shared_ptr<const JsonValue> BucketState::held()
{
    const std::lock_guard lock(m_mutex);
    return m_value ? handOut() : nullptr;
}

void BucketState::set(JsonValue value)
{
    const std::lock_guard lock(m_mutex);
    m_isChanged = true;
    hold(std::move(value));
}

bool BucketState::edit(const std::function<void(JsonValue &)> &change)
{
    const std::lock_guard lock(m_mutex);
    if (!m_value)
        return false;
    changeHeld(change);
    return true;
}

bool BucketState::isReset()
{
    const std::lock_guard lock(m_mutex);
    return !m_isChanged;
}

/// The lock is held.
std::shared_ptr<const JsonValue> BucketState::handOut()
{
    m_readers->fetch_add(1, std::memory_order_relaxed);
    const auto leave = [value = m_value, readers = m_readers](const JsonValue *) {
        readers->fetch_sub(1, std::memory_order_release);
    };
    return {m_value.get(), leave};
}

void BucketState::change(handlebars::RenderScope &asking,
                         const std::function<void(JsonValue &)> &change)
{
    std::unique_lock lock(m_mutex, std::defer_lock);
    if (prepare(asking, lock))
        changeHeld(change);
}

/// The lock is held.
void BucketState::changeHeld(const std::function<void(JsonValue &)> &change)
{
    if (m_readers->load(std::memory_order_acquire) > 0)
        hold(*m_value);
    m_isChanged = true;
    m_indexed.clear();
    m_positions.reset();
    change(*m_value);
}

std::optional<std::size_t> BucketState::position(const JsonValue &value, const std::string &key,
                                                 const std::string &id)
{
    // Short lists are searched as fast.
    constexpr std::size_t kWorthIt = 64;
    const JsonArray *items = value.ifArray();
    if (!items || items->size() < kWorthIt)
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    if (m_value.get() != &value)
        return std::nullopt; // it has been changed since
    // Between changes that come one after the other an index would be made for nothing.
    if (m_indexed != key) {
        m_indexed = key;
        m_positions.reset();
        return std::nullopt;
    }
    if (!m_positions)
        m_positions = crud::positions(value, key);
    if (!m_positions)
        return std::nullopt;
    const auto found = m_positions->find(id);
    return found == m_positions->end() ? crud::kNowhere : found->second;
}

/// Mockoon 9.9: the expression that directly follows the key in the bucket's text makes new ones
/// (reference/mockoon.md section 4.3).
std::optional<JsonValue> BucketState::freshKey(std::string_view key,
                                               handlebars::RenderScope &asking) const
{
    if (!m_source)
        return std::nullopt;
    const std::string &text = *m_definition.items.ifString();
    const std::string name = '"' + std::string(key.substr(key.rfind('.') + 1)) + '"';
    const std::size_t found = text.find(name);
    const std::size_t at = found == std::string::npos
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

} // namespace understudy
