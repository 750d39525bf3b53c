// SPDX-License-Identifier: Apache-2.0
#include "core/engine/behaviour_compiler.h"

namespace understudy {

BehaviourCompiler::BehaviourCompiler(const Server &server, ServerMemory &memory,
                                     const CompileOptions &options,
                                     std::vector<std::string> &notices)
    : m_server(server)
    , m_memory(memory)
    , m_options(options)
    , m_notices(notices)
    , m_sources{options.profiles, [this](const std::string &file) { return samples(file); },
                options.toleratesBrokenRules,
                [this](std::string text) { m_notices.push_back(std::move(text)); }}
{}

Result<std::shared_ptr<const LatencySamples>> BehaviourCompiler::samples(const std::string &file)
{
    auto &known = m_samples[file];
    if (known)
        return known;
    auto read = readLatencySamples(m_options.folder, file, m_options.allowOutside);
    if (!read)
        return Error{read.error().code, "samples '" + file + "': " + read.error().message, {}};
    known = std::make_shared<const LatencySamples>(*std::move(read));
    return known;
}

Result<std::shared_ptr<const ScopeBehaviour>> BehaviourCompiler::serverScope()
{
    Behaviour behaviour = m_server.behaviour;
    if (m_server.listen.tls && !m_server.listen.tls->fault.empty()) {
        Fault fault;
        fault.kind = FaultKind::Tls;
        fault.variant = m_server.listen.tls->fault;
        behaviour.faults.push_back(std::move(fault));
    }
    auto scope = compileScope(behaviour, BehaviourScope::Server, {}, {}, m_memory.scope("server"),
                              m_sources);
    if (scope)
        m_serverScope = *scope;
    return scope;
}

BehaviourCompiler::Scope BehaviourCompiler::folderScope(const std::vector<const Folder *> &folders,
                                                        std::size_t depth)
{
    auto &known = m_folders[folders[depth]];
    if (known)
        return known;
    std::string key;
    for (std::size_t i = 0; i <= depth; ++i)
        key += (key.empty() ? "" : "/") + folders[i]->name;
    auto scope
        = compileScope(folders[depth]->behaviour, BehaviourScope::Folder, folders[depth]->name, key,
                       m_memory.scope("folder:" + key), m_sources);
    if (scope)
        known = *scope;
    return scope;
}

Result<BehaviourChain> BehaviourCompiler::outerChain(const Endpoint &endpoint,
                                                     const std::vector<const Folder *> &folders)
{
    BehaviourChain chain;
    if (!endpoint.behaviour.isEmpty()) {
        auto own = compileScope(endpoint.behaviour, BehaviourScope::Endpoint, {}, {},
                                m_memory.scope("endpoint:" + endpoint.id), m_sources);
        if (!own)
            return own.error();
        chain.add(*own);
    }
    for (std::size_t depth = folders.size(); depth-- > 0;) {
        if (folders[depth]->behaviour.isEmpty())
            continue;
        auto scope = folderScope(folders, depth);
        if (!scope) {
            return Error{scope.error().code,
                         "folder " + folders[depth]->name + ": " + scope.error().message,
                         {}};
        }
        chain.add(*scope);
    }
    chain.add(m_serverScope);
    return chain;
}

Result<CompiledBehaviour> BehaviourCompiler::behaviourOf(const Response &response,
                                                         const std::string &endpointId,
                                                         const BehaviourChain &outer)
{
    BehaviourChain chain;
    if (!response.behaviour.isEmpty()) {
        const std::string key = endpointId + '/' + response.id;
        auto own = compileScope(response.behaviour, BehaviourScope::Response, {}, response.id,
                                m_memory.scope("response:" + key), m_sources);
        if (!own)
            return own.error();
        chain.add(*own);
    }
    chain.addAll(outer);
    return finish(std::move(chain));
}

void BehaviourCompiler::addSwitches(BehaviourChain &chain, const std::string &endpointId,
                                    const std::vector<const Folder *> &folders) const
{
    if (!m_options.switches || !chain.hasFaults())
        return;
    for (FaultSwitches::Switch &isOff : serverSwitches())
        chain.add(std::move(isOff));
    FaultScope place{m_options.serverId, {}, {}};
    for (const Folder *folder : folders) {
        place.folder.push_back(folder->name);
        chain.add(m_options.switches->at(place));
    }
    if (!endpointId.empty())
        chain.add(m_options.switches->at({m_options.serverId, {}, endpointId}));
}

CompiledBehaviour BehaviourCompiler::finish(BehaviourChain chain) const
{
    CompiledBehaviour out;
    if (!chain.isEmpty() && chain.isFixed()) {
        // Nothing is drawn: one record serves every exchange.
        Decision decision
            = chain.decide({{m_options.seed, m_options.serverId, {}, 0}, {}}, {}, true);
        out.fixed = decision.head;
        out.record = std::move(decision.record);
    }
    out.chain = std::move(chain);
    return out;
}

std::vector<FaultSwitches::Switch> BehaviourCompiler::serverSwitches() const
{
    if (!m_options.switches)
        return {};
    return {m_options.switches->at({}), m_options.switches->at({m_options.serverId, {}, {}})};
}

} // namespace understudy
