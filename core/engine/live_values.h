// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/bucket_list.h"
#include "core/engine/scenario_keys.h"
#include "core/engine/script_helpers.h"
#include "core/engine/server_memory.h"

#include <memory>
#include <string>

namespace understudy {

/// What the templates and scripts of one version of a server may ask and change. Any thread.
class LiveValues final : public handlebars::ServerValues
{
public:
    struct Parts
    {
        BucketList buckets;
        std::shared_ptr<ServerMemory> memory;
        std::shared_ptr<const ScenarioKeys> scenarios;
        std::shared_ptr<Scripting> scripting;   ///< may be null
        std::unique_ptr<ScriptHelpers> helpers; ///< may be null
        std::string locale;
    };
    explicit LiveValues(Parts parts)
        : d(std::move(parts))
    {}

    const BucketList &buckets() const { return d.buckets; }

    std::shared_ptr<const JsonValue> bucket(std::string_view name,
                                            handlebars::RenderScope &asking) override;
    bool changeBucket(std::string_view name, handlebars::RenderScope &asking,
                      const std::function<void(JsonValue &)> &change) override;
    std::optional<std::size_t> position(std::string_view bucket, const JsonValue &value,
                                        const std::string &key, const std::string &id) override;
    std::optional<JsonValue> freshKey(std::string_view bucket, std::string_view key,
                                      handlebars::RenderScope &asking) override;
    handlebars::Value variable(std::string_view name) override;
    void setVariable(const std::string &name, handlebars::Value value) override;
    std::string scenario(std::string_view name, handlebars::RenderScope &asking) override;
    void setScenario(const std::string &name, const std::string &state,
                     handlebars::RenderScope &asking) override;
    Scripting *scripting() override { return d.scripting.get(); }
    std::string_view locale() override { return d.locale; }
    bool hasHelper(std::string_view name, handlebars::RenderScope &asking) override;
    handlebars::Value callHelper(handlebars::HelperCall &call) override;

private:
    std::string stateName(std::string_view scenario, const handlebars::RenderScope &asking) const;

    Parts d;
};

} // namespace understudy
