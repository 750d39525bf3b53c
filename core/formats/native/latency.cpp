// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/tables.h"

#include <algorithm>

/// Latency (faults.md).
namespace understudy::formats::native {

namespace {

/// `[10ms, 90ms]`
struct UniformCodec
{
    void read(Reader &reader, const Node &node, UniformLatency &value) const
    {
        if (!node.isList() || node.items.size() != 2) {
            reader.expected(node, "a list of two durations, the shortest and the longest");
            return;
        }
        DurationCodec{}.read(reader, node.items[0], value.from);
        DurationCodec{}.read(reader, node.items[1], value.to);
    }
    Node write(const UniformLatency &value) const
    {
        Node out = Node::list();
        out.flow = true;
        out.items = {DurationCodec{}.write(value.from), DurationCodec{}.write(value.to)};
        return out;
    }
};

const Table<NormalLatency> &normalTable()
{
    static const Table<NormalLatency> table(
        "normal",
        {
            requiredKey("mean", &NormalLatency::mean, DurationCodec{}),
            requiredKey("deviation", &NormalLatency::deviation, DurationCodec{}),
        },
        nullptr, {}, true);
    return table;
}

void checkLognormal(Reader &reader, const Node &node, const LognormalLatency &value)
{
    if (value.p99.has_value() == value.sigma.has_value())
        reader.error(node.start, "'lognormal' takes 'median' and either 'p99' or 'sigma'");
    if (value.sigma && *value.sigma < 0)
        reader.error(node.find("sigma")->start, "'sigma' must not be negative");
}

const Table<LognormalLatency> &lognormalTable()
{
    static const Table<LognormalLatency> table(
        "lognormal",
        {
            requiredKey("median", &LognormalLatency::median, DurationCodec{}),
            key("p99", &LognormalLatency::p99, DurationCodec{}),
            key("sigma", &LognormalLatency::sigma, NumberCodec{}),
            key("max", &LognormalLatency::max, DurationCodec{}),
        },
        nullptr, checkLognormal, true);
    return table;
}

/// The name of a file, or `[12ms, 40ms]`.
struct SamplesCodec
{
    void read(Reader &reader, const Node &node, SampledLatency &value) const
    {
        if (!node.isList()) {
            if (node.isScalar() && !node.isNull())
                TextCodec{}.read(reader, node, value.file);
            else
                reader.expected(node, "the name of a file or a list of durations");
            return;
        }
        if (node.items.empty()) {
            reader.error(node.start, "'samples' needs one duration or more");
            return;
        }
        if (node.items.size() > kMostSamples) {
            reader.error(node.items[kMostSamples].start,
                         "'samples' takes at most " + std::to_string(kMostSamples)
                             + " durations, not " + std::to_string(node.items.size())
                             + ": write them into a file, one a line, and name that");
            return;
        }
        ListCodec<DurationCodec>{}.read(reader, node, value.values);
    }
    Node write(const SampledLatency &value) const
    {
        if (value.values.empty())
            return TextCodec{}.write(value.file);
        Node out = ListCodec<DurationCodec>{}.write(value.values);
        out.flow = true;
        return out;
    }
};

/// A duration, or a map with the one key that names the distribution.
struct ModelCodec
{
    static const std::vector<std::string_view> &names()
    {
        static const std::vector<std::string_view> names{"uniform", "normal", "lognormal",
                                                         "samples"};
        return names;
    }

    void read(Reader &reader, const Node &node, LatencyModel &value) const
    {
        if (node.isScalar()) {
            DurationCodec{}.read(reader, node, value.emplace<FixedLatency>().value);
            return;
        }
        if (!node.isMap() || node.items.size() != 1) {
            reader.expected(node,
                            "a duration or a map with one of uniform, normal, lognormal, samples");
            return;
        }
        const std::string &name = node.keys[0].text;
        const Node &item = node.items[0];
        if (name == "uniform")
            UniformCodec{}.read(reader, item, value.emplace<UniformLatency>());
        else if (name == "normal")
            normalTable().read(reader, item, value.emplace<NormalLatency>());
        else if (name == "lognormal")
            lognormalTable().read(reader, item, value.emplace<LognormalLatency>());
        else if (name == "samples")
            SamplesCodec{}.read(reader, item, value.emplace<SampledLatency>());
        else
            reader.unknownName(node.keys[0].at, "key of latency", name, names());
    }

    Node write(const LatencyModel &value) const
    {
        if (const auto *fixed = std::get_if<FixedLatency>(&value))
            return DurationCodec{}.write(fixed->value);
        Node out = Node::map();
        out.flow = true;
        if (const auto *uniform = std::get_if<UniformLatency>(&value))
            out.add("uniform", UniformCodec{}.write(*uniform));
        else if (const auto *normal = std::get_if<NormalLatency>(&value))
            out.add("normal", normalTable().write(*normal));
        else if (const auto *lognormal = std::get_if<LognormalLatency>(&value))
            out.add("lognormal", lognormalTable().write(*lognormal));
        else if (const auto *samples = std::get_if<SampledLatency>(&value))
            out.add("samples", SamplesCodec{}.write(*samples));
        return out;
    }
};

const Table<Latency> &latencyTable()
{
    static const Table<Latency> table("latency",
                                      {
                                          key("connect", &Latency::connect, ModelCodec{}),
                                          key("head", &Latency::head, ModelCodec{}),
                                          key("body", &Latency::body, ModelCodec{}),
                                      });
    return table;
}

} // namespace

void LatencyCodec::read(Reader &reader, const Node &node, Latency &value) const
{
    const bool isModel
        = node.isMap() && std::any_of(node.keys.begin(), node.keys.end(), [](const Node::Key &key) {
              const auto &names = ModelCodec::names();
              return std::find(names.begin(), names.end(), key.text) != names.end();
          });
    if (isModel || node.isScalar()) {
        ModelCodec{}.read(reader, node, value.head.emplace());
        return;
    }
    if (!node.isMap() || node.items.empty()) {
        reader.expected(node, "a duration, a distribution, or a map of connect, head and body");
        return;
    }
    for (const Node::Key &key : node.keys) {
        // Places and distributions are suggested alike.
        std::vector<std::string_view> known = latencyTable().names();
        if (std::find(known.begin(), known.end(), key.text) != known.end())
            continue;
        known.insert(known.end(), ModelCodec::names().begin(), ModelCodec::names().end());
        reader.unknownName(key.at, "key of latency", key.text, known);
        return;
    }
    latencyTable().read(reader, node, value);
}

Node LatencyCodec::write(const Latency &value) const
{
    if (value.head && !value.connect && !value.body)
        return ModelCodec{}.write(*value.head);
    return latencyTable().write(value);
}

} // namespace understudy::formats::native
