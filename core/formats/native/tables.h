// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/native/codec.h"
#include "core/model/server.h"

/// Which object is declared where: server.cpp, endpoint.cpp, behaviour.cpp, latency.cpp,
/// rule.cpp.
namespace understudy::formats::native {

const Table<Server> &serverTable();
const Table<Folder> &folderTable();
const Table<Endpoint> &endpointTable();
const Table<Response> &responseTable();
const Table<Behaviour> &behaviourTable();

/// The list under `endpoints`: endpoints and folders of them.
struct ItemsCodec
{
    void read(Reader &reader, const Node &node, std::vector<Item> &value) const;
    Node write(const std::vector<Item> &value) const;
};

/// A model alone waits before the head; a map of places says what waits.
struct LatencyCodec
{
    void read(Reader &reader, const Node &node, Latency &value) const;
    Node write(const Latency &value) const;
};

/// The tree under `when`.
struct RuleCodec
{
    void read(Reader &reader, const Node &node, Rule &value) const;
    Node write(const Rule &value) const;
};

/// The keys that give a response or callback its body, of which only one may stand: body, bodyJson,
/// bodyBase64, bodyFile (with download), bodyBucket, script.
template<class T>
std::vector<Key<T>> bodyKeys();

} // namespace understudy::formats::native
