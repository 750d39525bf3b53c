// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/work_budget.h"
#include "core/match/target_values.h"

namespace understudy {

/// The JSON of a value: of a body it is there; a text, as a header or a part has it, is read.
class ReadJson
{
public:
    /// The value must outlive this.
    ReadJson(const TargetValue &value, WorkBudget &budget)
        : m_json(value.json)
    {
        if (m_json || value.isBody)
            return;
        m_isSpent = !budget.spend(value.text.size());
        if (m_isSpent)
            return;
        if (auto parsed = JsonValue::parse(value.text)) {
            m_own = *std::move(parsed);
            m_json = &m_own;
        }
    }
    ReadJson(const ReadJson &) = delete;
    ReadJson &operator=(const ReadJson &) = delete;

    /// Nullptr where it is none.
    const JsonValue *value() const { return m_json; }
    /// The budget was spent before it could be read.
    bool isSpent() const { return m_isSpent; }

private:
    JsonValue m_own;
    const JsonValue *m_json;
    bool m_isSpent = false;
};

} // namespace understudy
