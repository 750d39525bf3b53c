// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/behaviour_chain.h"
#include "core/engine/compiled_server.h"
#include "core/engine/server_memory.h"
#include "core/model/server.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace understudy {

/// Turns the behaviour blocks of a document into chains. Lives for one compilation of a server.
class BehaviourCompiler
{
public:
    /// `notices` gets what is to be said once.
    BehaviourCompiler(const Server &server, ServerMemory &memory, const CompileOptions &options,
                      std::vector<std::string> &notices);

    /// The server's own scope, first of all. A `listen.tls.fault` is its last fault. Errors as
    /// compileScope, here and below.
    Result<std::shared_ptr<const ScopeBehaviour>> serverScope();

    /// The scopes around the responses of an endpoint.
    Result<BehaviourChain> outerChain(const Endpoint &endpoint,
                                      const std::vector<const Folder *> &folders);
    /// A response's own scope before `outer`.
    Result<CompiledBehaviour> behaviourOf(const Response &response, const std::string &endpointId,
                                          const BehaviourChain &outer);
    /// Lets the switches of everything, the server, the folders and the endpoint (if it has an id)
    /// turn the faults of a chain off.
    void addSwitches(BehaviourChain &chain, const std::string &endpointId,
                     const std::vector<const Folder *> &folders) const;
    /// Of a chain that is complete.
    CompiledBehaviour finish(BehaviourChain chain) const;

    /// The switches of everything and of the server.
    std::vector<FaultSwitches::Switch> serverSwitches() const;

private:
    using Scope = Result<std::shared_ptr<const ScopeBehaviour>>;
    Scope folderScope(const std::vector<const Folder *> &folders, std::size_t depth);
    Result<std::shared_ptr<const LatencySamples>> samples(const std::string &file);

    const Server &m_server;
    ServerMemory &m_memory;
    const CompileOptions &m_options;
    std::vector<std::string> &m_notices;
    BehaviourSources m_sources;
    std::shared_ptr<const ScopeBehaviour> m_serverScope;
    std::map<const Folder *, std::shared_ptr<const ScopeBehaviour>> m_folders;
    std::map<std::string, std::shared_ptr<const LatencySamples>> m_samples;
};

} // namespace understudy
