// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/behaviour_record.h"

#include "core/base/units.h"
#include "core/traffic/heap_size.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace understudy {

namespace {

/// "of the endpoint", "of folder users".
std::string ofScope(BehaviourScope scope, const std::string &name)
{
    if (scope == BehaviourScope::Folder && !name.empty())
        return "of folder " + name;
    return "of the " + std::string(behaviourScopeName(scope));
}

std::string decimals(double value, const char *format)
{
    std::array<char, 32> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), format, value);
    return {buffer.data(), static_cast<std::size_t>(size)};
}

/// Three digits are enough to read: "213ms", "1.24s".
std::string rounded(Duration duration)
{
    const double ms = static_cast<double>(duration.count()) / 1000.0;
    if (ms >= 1000.0)
        return decimals(ms / 1000.0, "%.3g") + " s";
    return decimals(ms, ms >= 100.0 ? "%.0f" : "%.3g") + " ms";
}

std::string latencySentence(const BehaviourRecord &record)
{
    std::string parts;
    for (const LatencyDraw &draw : record.latencies) {
        parts += parts.empty() ? "" : " + ";
        parts += rounded(draw.value);
        if (draw.place == LatencyPlace::Connect)
            parts += " before the first read";
        else if (draw.place == LatencyPlace::Body)
            parts += " before the body";
        parts += ' ' + ofScope(draw.scope, draw.scopeName);
        if (draw.unit)
            parts += " (" + draw.model + ")";
    }
    if (record.throttle) {
        parts += parts.empty() ? "" : "; ";
        parts += "sent through the throttle "
                 + ofScope(record.throttle->scope, record.throttle->scopeName) + " ("
                 + record.throttle->label + ")";
    }
    return parts.empty() ? std::string{} : "Slow on purpose: " + parts + '.';
}

std::string faultSentence(const FaultDraw &fault)
{
    std::string out = "Broken on purpose: " + fault.label + ", fault "
                      + std::to_string(fault.index + 1) + ' '
                      + ofScope(fault.scope, fault.scopeName);
    if (!fault.conditions.empty())
        out += ", " + fault.conditions;
    if (fault.unit)
        out += " (drew " + decimals(*fault.unit * 100.0, "%.3g") + " %)";
    if (!fault.effect.empty())
        out += ": " + fault.effect;
    return out + '.';
}

} // namespace

std::string_view behaviourScopeName(BehaviourScope scope)
{
    constexpr std::array<std::string_view, 4> names{"response", "endpoint", "folder", "server"};
    return names[static_cast<std::size_t>(scope)];
}

std::size_t BehaviourRecord::memorySize() const
{
    std::size_t size = sizeof(*this) + 2 * kBlockOverhead + textSize(drawnFor);
    if (latencies.capacity() > 0)
        size += latencies.capacity() * sizeof(LatencyDraw) + kBlockOverhead;
    for (const LatencyDraw &draw : latencies)
        size += textSize(draw.scopeName) + textSize(draw.model);
    if (throttle)
        size += textSize(throttle->scopeName) + textSize(throttle->label);
    if (fault)
        size += textSize(fault->label) + textSize(fault->scopeName) + textSize(fault->conditions)
                + textSize(fault->effect);
    return size;
}

std::string behaviourSentence(const BehaviourRecord &record)
{
    std::string out = latencySentence(record);
    if (record.fault)
        out += (out.empty() ? "" : " ") + faultSentence(*record.fault);
    return out;
}

} // namespace understudy
