// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"
#include "ui/document/object_ref.h"

#include <QStringList>

#include <vector>

/// Where behaviour stands in a server and how the scopes add up (format.md, Behaviour). Functions
/// on values.
namespace understudy::ui {

/// One of the scopes that apply to an object. `behaviour` points into the server it was made from.
struct BehaviourScopeEntry
{
    ObjectRef ref;     ///< of a response: its endpoint's with `responseId`
    QString title;     ///< "This response", "Folder users"
    QString shortName; ///< "response", "endpoint", "folder users", "server"
    const Behaviour *behaviour = nullptr;
};

/// The scopes around `object`, from the narrowest outwards; empty if it does not exist.
std::vector<BehaviourScopeEntry> behaviourScopes(const Server &server, const ObjectRef &object);

/// The behaviour that stands at `scope`, or nullptr if the object is gone.
const Behaviour *behaviourAt(const Server &server, const ObjectRef &scope);
Behaviour *behaviourAt(Server &server, const ObjectRef &scope);

/// What is in effect for `scopes` and where it comes from, as rich text: "50ms here + 20ms server ·
/// throttle from folder users · faults: endpoint, then server". Each part is a link to the number
/// of its scope; `here` is the one that is being edited.
QString behaviourSource(const std::vector<BehaviourScopeEntry> &scopes, std::size_t here);

/// Whether the server has a fault anywhere, its TLS fault included.
bool hasFaults(const Server &server);

/// Asks validate() about parts of a behaviour at one scope, as if nothing else were there.
class BehaviourProbe
{
public:
    BehaviourProbe(const Server &server, const ObjectRef &scope);
    /// What is impossible in `part`; empty if nothing is.
    QStringList problems(const Behaviour &part);

private:
    Server m_server;
    Behaviour *m_slot = nullptr;
};

} // namespace understudy::ui
