// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/behaviour_edits.h"

#include "core/model/behaviour_labels.h"
#include "core/model/fault_catalogue.h"
#include "core/model/fault_keys.h"
#include "ui/services/numbers.h"
#include "ui/services/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace understudy::ui {

namespace {

using namespace std::chrono_literals;

/// A value for a key that a kind cannot do without.
void setNeeded(Fault &fault, std::string_view name, const FaultTraits &traits)
{
    const FaultKey *key = findFaultKey(name);
    if (!key)
        return;
    const bool hasVariants = key->unit == FaultUnit::Variant && !traits.variants.empty();
    // The table's own values are texts of the file: they read.
    (void)setFaultKeyText(fault, *key, hasVariants ? traits.variants.front() : key->initial);
}

Fault makeFault(FaultKind kind, std::optional<double> rate)
{
    Fault fault;
    fault.kind = kind;
    fault.rate = rate;
    return fault;
}

Behaviour only(Fault fault)
{
    Behaviour behaviour;
    behaviour.faults.push_back(std::move(fault));
    return behaviour;
}

Behaviour status(int code, double rate)
{
    Fault fault = makeFault(FaultKind::Status, rate);
    fault.status = code;
    return only(fault);
}

Behaviour slow()
{
    Behaviour behaviour;
    LognormalLatency model;
    model.median = 200ms;
    model.p99 = 2s;
    behaviour.latency.head = model;
    return behaviour;
}

Behaviour stalled()
{
    Fault fault = makeFault(FaultKind::Stall, std::nullopt);
    fault.at = FaultPlace::Head;
    return only(fault);
}

} // namespace

QString shareText(double share)
{
    QLocale locale;
    return locale.toString(share * 100, 'g', 6) + QStringLiteral(" %");
}

QString faultSummary(const Fault &fault)
{
    Fault rest = fault;
    rest.rate.reset();
    QString text = fault.kind == FaultKind::Status && fault.status ? QString::number(*fault.status)
                                                                   : toQString(faultLabel(fault));
    if (fault.rate)
        text.prepend(shareText(*fault.rate) + ' ');
    if (const std::string conditions = faultConditions(rest); !conditions.empty())
        text += QStringLiteral(", ") + spacedUnits(toQString(conditions));
    return text;
}

QStringList behaviourParts(const Behaviour &behaviour)
{
    QStringList parts;
    for (const auto *model :
         {&behaviour.latency.connect, &behaviour.latency.head, &behaviour.latency.body}) {
        if (*model)
            parts << spacedUnits(toQString(latencyLabel(**model)));
    }
    if (behaviour.throttle)
        parts << spacedUnits(toQString(throttleLabel(*behaviour.throttle)));
    for (const Fault &fault : behaviour.faults)
        parts << faultSummary(fault);
    return parts;
}

void copyConditions(Fault &to, const Fault &from)
{
    to.rate = from.rate;
    to.first = from.first;
    to.every = from.every;
    to.after = from.after;
    to.until = from.until;
    to.during = from.during;
    to.when = from.when;
}

Fault faultOfKind(FaultKind kind, const Fault &conditionsOf)
{
    Fault fault;
    fault.kind = kind;
    copyConditions(fault, conditionsOf);
    const FaultTraits &traits = faultTraits(kind);
    for (const std::string_view key : traits.needed)
        setNeeded(fault, key, traits);
    return fault;
}

void applyPreset(Behaviour &target, const Behaviour &preset)
{
    const auto replace = [](auto &mine, const auto &theirs) {
        if (theirs)
            mine = theirs;
    };
    replace(target.latency.connect, preset.latency.connect);
    replace(target.latency.head, preset.latency.head);
    replace(target.latency.body, preset.latency.body);
    replace(target.throttle, preset.throttle);
    const auto isReplaced = [&](const Fault &mine) {
        return std::any_of(preset.faults.begin(), preset.faults.end(),
                           [&](const Fault &theirs) { return theirs.kind == mine.kind; });
    };
    const auto first = std::find_if(target.faults.begin(), target.faults.end(), isReplaced);
    const auto place = first - target.faults.begin();
    std::erase_if(target.faults, isReplaced);
    target.faults.insert(target.faults.begin() + place, preset.faults.begin(), preset.faults.end());
}

std::span<const QuickFault> quickFaults()
{
    static const std::array entries{
        QuickFault{"faults.status500", QT_TRANSLATE_NOOP("FaultsMenu", "20 % → 500"),
                   status(500, 0.2)},
        QuickFault{"faults.status503", QT_TRANSLATE_NOOP("FaultsMenu", "5 % → 503"),
                   status(503, 0.05)},
        QuickFault{"faults.slow", QT_TRANSLATE_NOOP("FaultsMenu", "Slow: median 200 ms, p99 2 s"),
                   slow()},
        QuickFault{"faults.reset", QT_TRANSLATE_NOOP("FaultsMenu", "10 % reset"),
                   only(makeFault(FaultKind::Reset, 0.1))},
        QuickFault{"faults.never", QT_TRANSLATE_NOOP("FaultsMenu", "Never answers"), stalled()}};
    return entries;
}

} // namespace understudy::ui
