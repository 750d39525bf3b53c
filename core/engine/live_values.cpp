// SPDX-License-Identifier: Apache-2.0
#include "core/engine/live_values.h"

#include <algorithm>

namespace understudy {

std::shared_ptr<const JsonValue> LiveValues::bucket(std::string_view name,
                                                    handlebars::RenderScope &asking)
{
    BucketState *state = d.buckets.find(name);
    return state ? state->value(asking) : nullptr;
}

bool LiveValues::changeBucket(std::string_view name, handlebars::RenderScope &asking,
                              const std::function<void(JsonValue &)> &change)
{
    BucketState *state = d.buckets.find(name);
    if (state)
        state->change(asking, change);
    return state != nullptr;
}

std::optional<std::size_t> LiveValues::position(std::string_view bucket, const JsonValue &value,
                                                const std::string &key, const std::string &id)
{
    BucketState *state = d.buckets.find(bucket);
    return state ? state->position(value, key, id) : std::nullopt;
}

std::optional<JsonValue> LiveValues::freshKey(std::string_view bucket, std::string_view key,
                                              handlebars::RenderScope &asking)
{
    const BucketState *state = d.buckets.find(bucket);
    return state ? state->freshKey(key, asking) : std::nullopt;
}

handlebars::Value LiveValues::variable(std::string_view name)
{
    return d.memory->variables().find(name);
}

void LiveValues::setVariable(const std::string &name, handlebars::Value value)
{
    d.memory->variables().set(name, std::move(value));
}

std::string LiveValues::stateName(std::string_view scenario,
                                  const handlebars::RenderScope &asking) const
{
    return asking.request ? d.scenarios->nameFor(scenario, *asking.request) : std::string(scenario);
}

std::string LiveValues::scenario(std::string_view name, handlebars::RenderScope &asking)
{
    return d.memory->scenario(stateName(name, asking));
}

void LiveValues::setScenario(const std::string &name, const std::string &state,
                             handlebars::RenderScope &asking)
{
    d.memory->setScenario(stateName(name, asking), state);
}

bool LiveValues::hasHelper(std::string_view name, handlebars::RenderScope &asking)
{
    if (!d.helpers)
        return false;
    // One template may ask thousands of times: the file is looked at once for each answer.
    if (!asking.ownHelpers)
        asking.ownHelpers.emplace(d.helpers->names());
    const auto &names = *asking.ownHelpers;
    return !names || std::find(names->begin(), names->end(), name) != names->end();
}

handlebars::Value LiveValues::callHelper(handlebars::HelperCall &call)
{
    return d.helpers ? d.helpers->call(call) : handlebars::Value();
}

} // namespace understudy
