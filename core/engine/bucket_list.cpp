// SPDX-License-Identifier: Apache-2.0
#include "core/engine/bucket_list.h"

#include "core/base/text.h"

#include <algorithm>

namespace understudy {

handlebars::Value ServerVariables::find(std::string_view name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_values.find(name);
    return found == m_values.end() ? handlebars::Value() : found->second;
}

void ServerVariables::set(const std::string &name, handlebars::Value value)
{
    // A list or an object may be a part of the request, which it outlives.
    if (const auto shared = value.shared())
        value = handlebars::Value::ofJson(JsonValue(*shared));
    const std::lock_guard lock(m_mutex);
    m_values.insert_or_assign(name, std::move(value));
}

void ServerVariables::reset()
{
    const std::lock_guard lock(m_mutex);
    m_values.clear();
}

std::shared_ptr<BucketState> BucketRegistry::state(BucketDefinition definition)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_states, [](const auto &state) { return state.expired(); });
    for (const std::weak_ptr<BucketState> &known : m_states) {
        if (auto state = known.lock(); state && state->definition() == definition)
            return state;
    }
    auto made = std::make_shared<BucketState>(std::move(definition));
    m_states.push_back(made);
    return made;
}

void BucketRegistry::reset()
{
    const std::lock_guard lock(m_mutex);
    for (const std::weak_ptr<BucketState> &known : m_states) {
        if (const auto state = known.lock())
            state->reset();
    }
}

BucketState *BucketList::find(std::string_view name) const
{
    const std::string lower = text::toLower(name);
    const auto first = [&](const auto &fits) -> BucketState * {
        const auto found = std::find_if(m_buckets.begin(), m_buckets.end(), [&](const auto &state) {
            return fits(state->definition());
        });
        return found == m_buckets.end() ? nullptr : found->get();
    };
    if (BucketState *found = first([&](const auto &b) { return b.name == name; }))
        return found;
    if (lower.empty())
        return nullptr;
    if (BucketState *found = first([&](const auto &b) { return b.otherName == name; }))
        return found;
    if (BucketState *found = first([&](const auto &b) { return text::toLower(b.name) == lower; }))
        return found;
    return first(
        [&](const auto &b) { return text::toLower(b.name).find(lower) != std::string::npos; });
}

} // namespace understudy
