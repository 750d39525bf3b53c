// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/console.h"
#include "core/base/shell.h"
#include "core/runtime/authority.h"

#include <array>
#include <ctime>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array caOptions{
    OptionSpec{"folder", "DIR", "the authority in DIR instead of the user's own"},
};
constexpr CommandSpec caSpec{
    "ca", "show|export FILE|renew",
    "Show, export or renew the local authority that signs the certificates of tls: self-signed.",
    caOptions,
    "show makes the authority where there is none yet. export writes its certificate, without the\n"
    "key, for clients to trust. renew replaces it: clients have to trust the new one, and servers\n"
    "use it from their next start.\n"
    "Exit code: 0 done, 1 failed or a wrong command line."};

std::string dayOf(WallTime time)
{
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

int print(const Result<CertificateInfo> &shown)
{
    if (!shown) {
        complain("understudy-cli ca: " + shown.error().text());
        return Failed;
    }
    const std::string file = shown->file.string();
    printLine("authority    " + shown->subject);
    printLine("certificate  " + file);
    printLine("fingerprint  SHA-256 " + shown->sha256);
    printLine("valid        " + dayOf(shown->notBefore) + " to " + dayOf(shown->notAfter));
    printLine("to trust it  curl --cacert " + shell::word(file)
              + " https://localhost:PORT; browsers, Java, Node, Python: help page TLS");
    if (shown->notAfter < std::chrono::system_clock::now())
        complain("the authority has expired; renew it with: understudy-cli ca renew");
    return Done;
}

int runCa(const Arguments &arguments)
{
    const std::vector<std::string> &words = arguments.operands();
    if (words.empty())
        return refuse(caSpec.name, "needs one of show, export FILE, renew");
    const std::string &action = words.front();
    const std::size_t operands = action == "export" ? 2 : 1;
    if (action != "show" && action != "export" && action != "renew") {
        std::string message = "unknown action " + action;
        if (const std::string near = nearestName(action, {"show", "export", "renew"});
            !near.empty())
            message += "; did you mean " + near + "?";
        return refuse(caSpec.name, message);
    }
    if (words.size() < operands)
        return refuse(caSpec.name, "export needs a FILE to write the certificate to");
    if (words.size() > operands)
        return refuse(caSpec.name, "superfluous operand " + words[operands]);
    const fs::path folder = authorityFolder(arguments, "folder");
    if (action == "export")
        return print(exportAuthority(folder, words[1]));
    return print(action == "renew" ? renewAuthority(folder) : showAuthority(folder));
}

} // namespace

fs::path authorityFolder(const Arguments &arguments, std::string_view option)
{
    const auto written = arguments.text(option);
    return written ? fs::path(*written) : defaultAuthorityFolder();
}

Command caCommand() { return {caSpec, runCa}; }

} // namespace understudy::cli
