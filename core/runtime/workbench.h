// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/behaviour/fault_switches.h"
#include "core/behaviour/network_profile.h"
#include "core/model/server.h"
#include "core/runtime/findings.h"
#include "core/runtime/server_state.h"
#include "core/traffic/journal.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy {

class Scripting;

enum class ServerState { Stopped, Running, Failed };

/// A server as the workbench sees it now; a copy, good for lists and the control plane.
struct ServerStatus
{
    std::string id;
    std::string name;
    ServerState state = ServerState::Stopped;
    std::string address;     ///< as configured
    std::uint16_t port = 0;  ///< bound when running, else configured
    std::string url;         ///< "http://127.0.0.1:3000", without the base path; https with TLS
    std::string error;       ///< Failed: why
    std::uint64_t seed = 0;  ///< in use when running
    bool seedChosen = false; ///< it was chosen at start, not written in the file
    std::uint64_t requests = 0;
    std::size_t connections = 0;
    std::size_t endpoints = 0;
};

/// A message of the server log: start, stop, bind, keys without effect, files that are missing.
struct ServerEvent
{
    WallTime when{};
    Severity severity = Severity::Note;
    std::string serverId;
    std::string serverName;
    std::string text;
};

struct WorkbenchOptions
{
    unsigned threads = 0; ///< I/O threads; 0 = as many as cores, at most 4
    JournalLimits journal{};
    bool keepJournal = true; ///< false: only count
    /// A rule with a broken expression is off, with a warning, instead of refusing the server or
    /// the edit: for a window, where a rule is broken while it is typed.
    bool toleratesBrokenRules = false;
    bool allowOutside = false;           ///< body files outside the folder of the mock file
    std::optional<std::uint64_t> seed{}; ///< overrides the file's and the chosen one
    /// Where the authority of `tls: self-signed` lies (core/runtime/authority.h); empty: one in
    /// memory, made when it is first needed.
    std::filesystem::path authorityFolder{};
    /// JavaScript for scripts, helpers of a file and invented data beyond the commonest
    /// (core/template/scripting.h); null: none.
    std::shared_ptr<Scripting> scripting{};
};

class Host; // core/runtime/host.h
class BucketState;
class HostedServer; // core/runtime/hosted_server.h

/// Several mock servers on one set of I/O threads, with one journal: what the desktop and the
/// command line hold.
///
///     Workbench bench;
///     Server hello;                                   // see core/model/server.h
///     hello.listen.port = 0;
///     const std::string id = bench.add(hello, ".");
///     if (auto started = bench.start(id); !started)
///         complain(started.error().text());
///     use(bench.status(id)->url);                     // "http://127.0.0.1:41233"
///     bench.stopAll(std::chrono::seconds(1));
///
/// All member functions may be called from any thread; they are serialised. None waits for clients
/// but stopAll, and that without holding the others up.
class Workbench
{
public:
    explicit Workbench(WorkbenchOptions options = {});
    ~Workbench(); ///< stops everything, without patience
    Workbench(const Workbench &) = delete;
    Workbench &operator=(const Workbench &) = delete;

    /// Takes a server in, stopped. `folder` is what its body files are relative to. `id` is made
    /// from the name where it is empty, and unique. Endpoints and responses without an id get one,
    /// as in a file ("get-users"). Returns the id.
    std::string add(Server server, std::filesystem::path folder, std::string id = {});
    /// A rule of this server that cannot be compiled is off, and said, instead of stopping its
    /// start: for what was made from other tools' files. See WorkbenchOptions.
    void tolerateBrokenRules(const std::string &id);
    /// Stops and forgets. Its exchanges stay in the journal.
    void remove(const std::string &id);

    /// Compiles and listens. Errors: InUse (names the process that holds the port where the system
    /// tells, or the server of this workbench), Access (a port below 1024), Invalid (the document,
    /// or the address). A second start of a running server does nothing.
    Result<void> start(const std::string &id);
    /// Starts all; returns the failures. The others run.
    std::vector<std::pair<std::string, Error>> startAll();
    /// Stops listening at once; answers in flight are finished, for at most `patience`, in the
    /// background.
    void stop(const std::string &id, Duration patience = std::chrono::seconds(5));
    /// As stop, for all, and waits until the last connection is gone or `patience` is over.
    void stopAll(Duration patience = std::chrono::seconds(5));

    /// Replaces the document. A running server swaps its snapshot: requests in flight finish on the
    /// old one, connections stay. Only a new address or port binds anew; another certificate is
    /// shown to the connections that come from then on. On an error the old version goes on.
    Result<void> update(const std::string &id, Server server);

    std::optional<Server> document(const std::string &id) const;
    std::optional<ServerStatus> status(const std::string &id) const;
    std::vector<ServerStatus> statuses() const;
    /// Requests answered by an endpoint since its server was started or its state reset.
    std::uint64_t hits(const std::string &id, const std::string &endpointId) const;
    /// Forgets counters, quotas and scenario states of a server, as a restart would: with the same
    /// seed it draws the same again.
    void resetState(const std::string &id);

    // What a running server remembers, by name. Errors: NotFound (no such server, scenario or
    // bucket), Invalid (it is not running).

    /// The scenarios that the document names and those that were set, by their names.
    Result<std::vector<LiveScenario>> scenarios(const std::string &id) const;
    /// At once, for the requests that come from then on; "Started" is where it began.
    Result<void> setScenario(const std::string &id, const std::string &scenario,
                             const std::string &state);
    /// In the order of the document.
    Result<std::vector<LiveBucket>> buckets(const std::string &id) const;
    Result<void> setBucket(const std::string &id, const std::string &bucket, JsonValue value);
    /// Changes what it holds as one step, between two requests. Errors: Invalid as well for a
    /// template that no request has needed yet.
    Result<void> changeBucket(const std::string &id, const std::string &bucket,
                              const std::function<void(JsonValue &)> &change);
    /// Back to what the document says.
    Result<void> resetBucket(const std::string &id, const std::string &bucket);

    // The time that a server goes by: `now` in templates, dates in rules, the Date header. It stays
    // set over starts and edits, until it is set back. Latencies, schedules of faults and the
    // traffic go by the real one. Errors: NotFound; Invalid for a time before 1700 or after 2250.

    Result<LiveClock> clock(const std::string &id) const;
    /// It shows that time, and runs on from there or stands still.
    Result<void> setClock(const std::string &id, WallTime time, bool isFrozen);
    Result<void> advanceClock(const std::string &id, Duration by);
    Result<void> resetClock(const std::string &id);

    /// Another seed for a running server, until it stops or its file writes one. Errors: NotFound,
    /// Invalid (it is not running), or why the document does not compile any more (a file it reads
    /// may be gone); then the seed stays.
    Result<void> setSeed(const std::string &id, std::uint64_t seed);

    /// With what findAll() says the same about a document as a start of it here would log. `folder`
    /// is what its files are relative to.
    FindingsOptions findingsOptions(const std::filesystem::path &folder) const;

    /// Faults off and on at run time.
    FaultSwitches &faultSwitches();

    /// Network profiles that mock files may name, besides the built-in ones; a profile of the same
    /// name replaces those. Servers take them at their next start or update.
    void setNetworkProfiles(std::vector<NetworkProfile> profiles);

    /// Whether mock files may name files outside of their folders.
    bool allowsOutside() const;

    Journal &journal();
    const Journal &journal() const;

    /// Called after every change of a server's state and for every log message, one event at a time
    /// and before the call that caused it returns, on some thread that uses the workbench or on an
    /// I/O thread. The workbench is not locked then: the listener may call it, but on an I/O thread
    /// clients wait meanwhile. One listener; set it before the first start.
    void onEvent(std::function<void(const ServerEvent &)> listener);

private:
    class Locked;
    Result<HostedServer *> hosted(const std::string &id) const;
    Result<HostedServer *> running(const std::string &id) const;
    Result<std::shared_ptr<BucketState>> bucketState(const std::string &id,
                                                     const std::string &bucket) const;

    std::unique_ptr<Host> d;
};

} // namespace understudy
