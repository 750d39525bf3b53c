// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/control_plane.h"
#include "app/cli/fault_signal.h"
#include "app/cli/reading_options.h"
#include "app/cli/scripting.h"
#include "app/cli/signals.h"
#include "core/base/units.h"
#include "core/engine/scripting_needs.h"
#include "core/runtime/authority.h"
#include "core/runtime/workbench.h"
#include "core/wire/document_fetch.h"
#include "core/workspace/folder_watch.h"
#include "core/workspace/served_workspace.h"

#include <algorithm>
#include <array>
#include <poll.h>
#include <sys/resource.h>

namespace understudy::cli {
namespace {

constexpr std::array serveOptions{
    OptionSpec{"port", "N", "first server on port N, the next on N+1...; 0 = any free ports", 'p'},
    OptionSpec{"address", "A", "listen on A instead of the address in the file", 'a'},
    OptionSpec{"threads", "N", "I/O threads; default: as many as cores, at most 4"},
    fromOption,
    checkRequestsOption,
    makeBucketsOption,
    dynamicOption,
    recordedLatencyOption,
    OptionSpec{"seed", "N", "seed of every random draw, instead of the files'"},
    OptionSpec{"watch", "", "follow changes of the files; connections stay", 'w'},
    OptionSpec{"control-port", "N", "REST control plane on 127.0.0.1:N; 0 = any free port"},
    OptionSpec{"journal-bytes", "SIZE", "memory for recorded traffic, as 64MiB (the default)"},
    OptionSpec{"no-journal", "", "count requests, but record none"},
    OptionSpec{"ca-folder", "DIR", "the local authority of tls: self-signed lies in DIR"},
    OptionSpec{"allow-outside", "", "serve body files outside the folder of their mock file"},
    OptionSpec{"quiet", "", "only errors on standard error", 'q'},
};
constexpr CommandSpec serveSpec{
    "serve", "PATH...", "Serve files and folders of mocks, in every format that can be imported.",
    serveOptions,
    "Each server prints one line when it is ready: listening URL NAME. With --control-port one "
    "more\n"
    "line comes first: control URL TOKEN.\n"
    "SIGINT and SIGTERM finish the answers in flight, for at most 30 s; a second one ends at "
    "once.\n"
    "SIGUSR1 turns all faults off, and on again, and prints faults off or faults on.\n"
    "A server whose certificate files cannot be used is left out; the others run.\n"
    "Exit code: 0 stopped by a signal, 1 a file with errors or a wrong command line, 2 an address\n"
    "that cannot be listened on."};

constexpr Duration stopPatience = std::chrono::seconds(30);

/// The command line of `serve`, checked.
struct Settings
{
    std::vector<std::filesystem::path> paths;
    workspace::ListenOverride listen;
    formats::LoadOptions reading;
    WorkbenchOptions workbench;
    std::optional<std::uint16_t> controlPort;
    bool watch = false;
    bool quiet = false;
};

Result<void> readWorkbenchSettings(const Arguments &arguments, WorkbenchOptions &workbench)
{
    workbench.keepJournal = !arguments.has("no-journal");
    workbench.allowOutside = arguments.has("allow-outside");
    workbench.authorityFolder = authorityFolder(arguments, "ca-folder");
    const auto written = arguments.text("journal-bytes");
    if (!written)
        return {};
    const bool isPlain = written->find_first_not_of("0123456789") == std::string::npos;
    const auto size = parseSize(isPlain ? *written + "B" : *written);
    if (!size)
        return Error{ErrorCode::Invalid, "--journal-bytes: " + size.error().message, {}};
    workbench.journal.bytes = size->value;
    return {};
}

Result<Settings> readSettings(const Arguments &arguments)
{
    Settings settings;
    if (arguments.operands().empty())
        return Error{ErrorCode::Invalid, "needs at least one PATH", {}};
    for (const std::string &operand : arguments.operands()) {
        if (wire::isDocumentUrl(operand))
            return Error{ErrorCode::Invalid,
                         "serves files and folders; 'understudy-cli import " + operand
                             + " -o FOLDER' fetches a document",
                         {}};
    }
    settings.paths.assign(arguments.operands().begin(), arguments.operands().end());
    settings.reading = readingOptions(arguments);
    settings.watch = arguments.has("watch");
    settings.quiet = arguments.has("quiet");
    settings.listen.address = arguments.text("address");

    const auto port = arguments.number("port", 0, 65535);
    const auto threads = arguments.number("threads", 1, 256);
    const auto seed = arguments.number("seed", 0, UINT64_MAX);
    const auto controlPort = arguments.number("control-port", 0, 65535);
    for (const auto *number : {&port, &threads, &seed, &controlPort}) {
        if (!*number)
            return number->error();
    }
    if (*port)
        settings.listen.port = static_cast<std::uint16_t>(**port);
    if (*controlPort)
        settings.controlPort = static_cast<std::uint16_t>(**controlPort);
    settings.workbench.threads = static_cast<unsigned>(threads->value_or(0));
    settings.workbench.seed = *seed;
    if (const auto read = readWorkbenchSettings(arguments, settings.workbench); !read)
        return read.error();
    return settings;
}

/// Every connection is a descriptor: take as many as the system lets us have.
void raiseDescriptorLimit()
{
    rlimit limit = {};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/// Notes stay out: that a server listens or stopped is said in this program's own words.
void listenToEvents(Workbench &workbench, bool quiet)
{
    workbench.onEvent([quiet](const ServerEvent &event) {
        if (event.severity == Severity::Error)
            complain(event.serverName + ": error: " + event.text);
        else if (event.severity == Severity::Warning && !quiet)
            complain(event.serverName + ": warning: " + event.text);
    });
}

void printListening(const ServerStatus &status)
{
    printLine("listening " + status.url + " " + status.name);
}

/// Whether a server could not start because of its certificate files: no reason for the others not
/// to run.
bool lacksCertificate(const Workbench &workbench, const Settings &settings,
                      const workspace::ServedWorkspace &files, const std::string &id)
{
    const auto document = workbench.document(id);
    return document && document->listen.tls
           && !checkTls(*document->listen.tls, files.folderOf(id),
                        settings.workbench.authorityFolder, std::chrono::system_clock::now());
}

/// Starts everything. Each failure is an event, so it has been told; what is left are the lines
/// that are to blame, and the exit code.
ExitCode startAll(Workbench &workbench, const Settings &settings,
                  const workspace::ServedWorkspace &files)
{
    auto failures = workbench.startAll();
    for (const auto &[id, error] : failures)
        complainAll(files.explain(id), true);
    bool running = false;
    for (const ServerStatus &status : workbench.statuses()) {
        if (status.state != ServerState::Running)
            continue;
        printListening(status);
        running = true;
    }
    if (running) {
        std::erase_if(failures, [&](const auto &failure) {
            return lacksCertificate(workbench, settings, files, failure.first);
        });
    }
    if (failures.empty())
        return Done;
    const bool isDocument = std::ranges::all_of(failures, [&](const auto &failure) {
        const ErrorCode code = failure.second.code;
        return code == ErrorCode::Invalid || code == ErrorCode::Syntax
               || code == ErrorCode::Unsupported || code == ErrorCode::NotFound
               || lacksCertificate(workbench, settings, files, failure.first);
    });
    return isDocument ? Failed : CannotListen;
}

void reload(workspace::ServedWorkspace &files, Workbench &workbench, bool quiet)
{
    std::vector<std::pair<std::string, std::string>> before;
    for (const ServerStatus &status : workbench.statuses())
        before.emplace_back(status.id, status.url);
    const workspace::ReloadReport report = files.reloadAll();
    complainAll(report.problems, true);
    if (countProblems(report.problems).errors > 0)
        complain("the versions before the change go on");
    for (const std::string &id : report.updated) {
        const auto status = workbench.status(id);
        if (!status)
            continue;
        if (std::ranges::find(before, std::pair(id, status->url)) == before.end())
            printListening(*status);
        if (!quiet)
            complain(status->name + ": reloaded");
    }
    for (const std::string &id : report.added) {
        if (const auto status = workbench.status(id))
            printListening(*status);
    }
    if (!quiet) {
        for (const std::string &name : report.removed)
            complain(name + ": its file is gone, stopped");
    }
}

void waitForStop(const StopSignals &signals)
{
    pollfd waiting{signals.descriptor(), POLLIN, 0};
    while (poll(&waiting, 1, -1) <= 0) {
    }
}

bool needsScripts(const Workbench &workbench, const workspace::ServedWorkspace &files)
{
    return std::ranges::any_of(workbench.statuses(), [&](const ServerStatus &status) {
        const auto document = workbench.document(status.id);
        return document && needsScripting(*document, files.folderOf(status.id));
    });
}

int serve(const Settings &settings)
{
    const StopSignals signals;
    raiseDescriptorLimit();
    Workbench workbench(settings.workbench);
    listenToEvents(workbench, settings.quiet);
    workspace::ServedWorkspace files(workbench, settings.paths, settings.listen, settings.reading);
    const std::vector<Problem> problems = files.addAll();
    if (!settings.workbench.scripting && needsScripts(workbench, files)) {
        if (const auto prepared = prepareScripting(); !prepared)
            complain(prepared.error().text());
    }
    complainAll(problems, settings.quiet);
    if (countProblems(problems).errors > 0)
        return Failed;

    const FaultSignal faultSignal(workbench);
    // Watching begins before the first answer, so that no edit is missed.
    std::optional<workspace::FolderWatch> watch;
    if (settings.watch)
        watch.emplace(files.folders());
    std::unique_ptr<ControlPlane> control;
    if (settings.controlPort) {
        auto started = startControlPlane(
            workbench, [&files](const std::string &id) { return files.reload(id); },
            *settings.controlPort);
        if (!started) {
            complain("control plane: " + started.error().text());
            return CannotListen;
        }
        control = std::move(*started);
        printLine("control " + control->url() + " " + control->token());
    }
    if (const ExitCode started = startAll(workbench, settings, files); started != Done)
        return started;
    if (watch) {
        while (watch->wait(signals.descriptor()))
            reload(files, workbench, settings.quiet);
    } else {
        waitForStop(signals);
    }
    control.reset();
    workbench.stopAll(stopPatience);
    return Done;
}

int runServe(const Arguments &arguments)
{
    auto settings = readSettings(arguments);
    if (!settings)
        return refuse(serveSpec.name, settings.error().message);
    settings->workbench.scripting = makeScripting();
    // A file that is watched may need JavaScript later. (Where there is none, that is said then.)
    if (settings->watch && !settings->workbench.scripting)
        (void)prepareScripting();
    if (settings->controlPort) {
        if (const auto prepared = prepareControlPlane(); !prepared) {
            complain("control plane: " + prepared.error().text());
            return Failed;
        }
    }
    return serve(*settings);
}

} // namespace

Command serveCommand() { return {serveSpec, runServe}; }

} // namespace understudy::cli
