// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/har/recorded_entry.h"
#include "core/traffic/exchange.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <string>
#include <unordered_map>

namespace understudy::ui {

/// Makes exchanges of the entries of one HAR. Texts that many of them have (names of servers and
/// endpoints) are held once. One thread.
class HarExchanges
{
public:
    /// Bodies larger than `bodyBytes` keep only their beginning.
    explicit HarExchanges(std::size_t bodyBytes)
        : m_bodyBytes(bodyBytes)
    {}

    /// `own`: the field `_understudy` of the entry, or null. Null where there is no request that
    /// could be shown; `remarks` then says why, and else what of the entry is not as it stands
    /// there.
    std::shared_ptr<const Exchange> make(const formats::har::RecordedEntry &entry,
                                         const formats::yaml::Node *own, QStringList &remarks);

private:
    std::shared_ptr<const std::string> shared(const std::string &text);

    std::size_t m_bodyBytes;
    std::unordered_map<std::string, std::shared_ptr<const std::string>> m_shared;
};

} // namespace understudy::ui
