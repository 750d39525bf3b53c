// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/formats/native/tables.h"
#include "core/model/fault_catalogue.h"
#include "core/model/fault_keys.h"

#include <algorithm>

/// Throttle and faults (faults.md).
namespace understudy::formats::native {

namespace {

// --- Throttle ---

void checkThrottle(Reader &reader, const Node &node, const Throttle &value)
{
    if (value.chunks.has_value() != value.over.has_value())
        reader.error(node.start, "'chunks' and 'over' go together");
    if (value.slice.has_value() != value.pause.has_value())
        reader.error(node.start, "'slice' and 'pause' go together");
}

const Table<Throttle> &throttleTable()
{
    static const Table<Throttle> table(
        "throttle",
        {
            key("download", &Throttle::download, ByteRateCodec{}),
            key("upload", &Throttle::upload, ByteRateCodec{}),
            key("profile", &Throttle::profile, TextCodec{}),
            key("chunks", &Throttle::chunks, CountCodec{1, kLargestCount}),
            key("over", &Throttle::over, DurationCodec{}),
            key("slice", &Throttle::slice, SizeCodec{}),
            key("pause", &Throttle::pause, DurationCodec{}),
        },
        &Throttle::extensions, checkThrottle, true);
    return table;
}

// --- Faults ---

template<class List, class T>
bool holds(const List &list, const T &value)
{
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

void checkFaultPlace(Reader &reader, const Node &node, const Fault &fault, const FaultTraits &rule)
{
    const std::string name(faultKindName(fault.kind));
    const Node *at = node.find("at");
    if (at && fault.at && !holds(rule.places, *fault.at)) {
        std::string message = rule.places.empty() ? text::inQuotes(name) + " takes no 'at'"
                                                  : text::inQuotes(name) + " can happen at ";
        for (std::size_t i = 0; i < rule.places.size(); ++i)
            message += (i > 0 ? ", " : "") + std::string(faultPlaceName(rule.places[i]));
        reader.error(at->start, message);
    }
    const bool places = rule.places.size() > 1;
    if (const Node *offset = node.find("offset"); offset && places && fault.at != FaultPlace::Body)
        reader.error(offset->start, "'offset' counts bytes of the body: it needs 'at: body'");
}

/// Refuses what the kind has no use for.
void checkFault(Reader &reader, const Node &node, const Fault &fault)
{
    const Node *kind = node.find("kind");
    if (!kind || !kind->isScalar() || faultKindFromName(kind->text) != fault.kind)
        return; // reported already
    const FaultTraits &rule = faultTraits(fault.kind);
    const std::string name(faultKindName(fault.kind));
    for (const Node::Key &key : node.keys) {
        // A key that no fault has is reported by the table.
        if (findFaultKey(key.text) && !holds(rule.keys, key.text))
            reader.error(key.at, "a fault of kind " + text::inQuotes(name) + " takes no "
                                     + text::inQuotes(key.text));
    }
    for (const std::string_view needed : rule.needed) {
        if (!node.find(needed))
            reader.error(node.start, "a fault of kind " + text::inQuotes(name) + " needs "
                                         + text::inQuotes(needed));
    }
    checkFaultPlace(reader, node, fault, rule);
    const Node *variant = node.find("variant");
    if (variant && !rule.variants.empty() && !holds(rule.variants, fault.variant))
        reader.unknownName(variant->start, "variant of " + text::inQuotes(name), fault.variant,
                           rule.variants);
}

const Table<FaultWindow> &windowTable()
{
    static const Table<FaultWindow> table(
        "during",
        {
            requiredKey("from", &FaultWindow::from, DurationCodec{}),
            requiredKey("to", &FaultWindow::to, DurationCodec{}),
            key("repeat", &FaultWindow::repeat, DurationCodec{}),
        },
        nullptr, {}, true);
    return table;
}

ChoiceCodec<FaultKind> faultKinds()
{
    ChoiceCodec<FaultKind> codec;
    for (const FaultKind kind : allFaultKinds())
        codec.names.emplace_back(kind, faultKindName(kind));
    return codec;
}

ChoiceCodec<FaultPlace> faultPlaces()
{
    ChoiceCodec<FaultPlace> codec;
    for (const FaultPlace place : {FaultPlace::Accept, FaultPlace::Request, FaultPlace::Head,
                                   FaultPlace::Body, FaultPlace::Handshake})
        codec.names.emplace_back(place, faultPlaceName(place));
    return codec;
}

/// The entry of a key that says how a fault strikes.
Key<Fault> faultKeyEntry(const FaultKey &entry)
{
    const auto with = [&](auto member, auto codec) { return key(entry.name, member, codec); };
    using Times = std::optional<Duration> Fault::*;
    using Sizes = std::optional<ByteCount> Fault::*;
    using Counts = std::optional<std::uint64_t> Fault::*;
    switch (entry.unit) {
    case FaultUnit::Time:
        return with(std::get<Times>(entry.member), DurationCodec{});
    case FaultUnit::Shift:
        return with(std::get<Times>(entry.member), DurationCodec{true});
    case FaultUnit::Size:
        return with(std::get<Sizes>(entry.member), SizeCodec{});
    case FaultUnit::Rate:
        return with(std::get<Sizes>(entry.member), ByteRateCodec{});
    case FaultUnit::Count:
        return with(std::get<Counts>(entry.member), CountCodec{0, kLargestCount});
    case FaultUnit::Ordinal:
        return with(std::get<Counts>(entry.member), CountCodec{1, kLargestCount});
    case FaultUnit::Status:
        return with(std::get<std::optional<int> Fault::*>(entry.member),
                    IntegerCodec<int>{100, 999});
    case FaultUnit::Headers:
        return with(std::get<http::HeaderList Fault::*>(entry.member), HeadersCodec{});
    case FaultUnit::Name:
    case FaultUnit::Variant:
    case FaultUnit::Text:
        break;
    }
    return with(std::get<std::string Fault::*>(entry.member), TextCodec{});
}

std::vector<Key<Fault>> faultTableKeys()
{
    const CountCodec ordinal{1, kLargestCount};
    std::vector<Key<Fault>> keys{requiredKey("kind", &Fault::kind, faultKinds()),
                                 key("at", &Fault::at, faultPlaces())};
    for (const FaultKey &entry : faultKeys())
        keys.push_back(faultKeyEntry(entry));
    const std::vector<Key<Fault>> conditions{
        key("rate", &Fault::rate, ShareCodec{}),
        key("first", &Fault::first, ordinal),
        key("every", &Fault::every, ordinal),
        key("after", &Fault::after, CountCodec{0, kLargestCount}),
        key("until", &Fault::until, ordinal),
        key("during", &Fault::during, ObjectCodec<FaultWindow>{windowTable}),
        key("when", &Fault::when, RuleCodec{}),
    };
    keys.insert(keys.end(), conditions.begin(), conditions.end());
    return keys;
}

const Table<Fault> &faultTable()
{
    static const Table<Fault> table("a fault", faultTableKeys(), &Fault::extensions, checkFault);
    return table;
}

/// Short faults stand on one line, as people write them; those with texts of several lines or rules
/// do not.
struct FaultCodec
{
    void read(Reader &reader, const Node &node, Fault &value) const
    {
        faultTable().read(reader, node, value);
    }
    Node write(const Fault &value) const
    {
        Node out = faultTable().write(value);
        constexpr std::size_t kMostKeys = 6;
        out.flow = !value.when && out.items.size() <= kMostKeys
                   && value.body.find('\n') == std::string::npos;
        return out;
    }
};

} // namespace

const Table<Behaviour> &behaviourTable()
{
    static const Table<Behaviour> table(
        "behaviour",
        {
            key("latency", &Behaviour::latency, LatencyCodec{}),
            key("throttle", &Behaviour::throttle, ObjectCodec<Throttle>{throttleTable}),
            key("faults", &Behaviour::faults, ListCodec<FaultCodec>{}),
        },
        &Behaviour::extensions);
    return table;
}

} // namespace understudy::formats::native
