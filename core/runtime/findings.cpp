// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/findings.h"

#include "core/engine/compile_findings.h"
#include "core/engine/effects.h"
#include "core/model/reach.h"
#include "core/runtime/authority.h"

#include <algorithm>
#include <map>

namespace understudy {

namespace {

/// As many as anybody reads.
constexpr std::size_t kMostFindings = 2000;

void append(std::vector<Finding> &out, std::vector<Finding> more)
{
    out.insert(out.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

std::optional<Finding> tlsFinding(const Server &server, const FindingsOptions &options)
{
    if (!server.listen.tls || !options.authorityFolder)
        return std::nullopt;
    // An authority in memory is always there.
    if (server.listen.tls->kind == Tls::Kind::SelfSigned && options.authorityFolder->empty())
        return std::nullopt;
    const auto checked
        = checkTls(*server.listen.tls, options.folder, *options.authorityFolder, options.now);
    if (checked)
        return std::nullopt;
    Finding finding;
    finding.field = "listen.tls";
    finding.message = checked.error().text();
    finding.isOutside = true;
    return finding;
}

} // namespace

std::vector<Finding> findAll(const Server &server, const FindingsOptions &options)
{
    std::vector<Finding> out;
    if (auto tls = tlsFinding(server, options))
        out.push_back(*std::move(tls));
    append(out, validate(server));
    CompileOptions compile;
    compile.folder = options.folder;
    compile.allowOutside = options.allowOutside;
    compile.toleratesBrokenRules = options.toleratesBrokenRules;
    compile.profiles = options.profiles;
    compile.scripting = options.scripting;
    append(out, compileFindings(server, compile));
    append(out, keysWithoutEffect(server));
    append(out, findUnreachable(server));
    std::stable_sort(out.begin(), out.end(),
                     [](const Finding &a, const Finding &b) { return a.severity > b.severity; });
    if (out.size() > kMostFindings) {
        const std::size_t more = out.size() - kMostFindings + 1;
        out.resize(kMostFindings - 1);
        Finding rest;
        rest.severity = Severity::Note;
        rest.message = "and " + std::to_string(more) + " more of this kind";
        out.push_back(std::move(rest));
    }
    return out;
}

std::vector<std::pair<Severity, std::string>> summary(const Server &server,
                                                      const std::vector<Finding> &findings)
{
    std::map<std::string_view, std::size_t> counts;
    for (const Finding &finding : findings)
        ++counts[finding.message];
    std::vector<std::pair<Severity, std::string>> out;
    for (const Finding &finding : findings) {
        std::size_t &count = counts[finding.message];
        if (count == 0)
            continue; // it has been said
        std::string line = finding.message;
        if (const std::string owner = count == 1 ? findingOwner(server, finding) : std::string();
            !owner.empty())
            line.insert(0, owner + ": ");
        if (count > 1)
            line += " (" + std::to_string(count) + " places)";
        out.emplace_back(finding.severity, std::move(line));
        count = 0;
    }
    return out;
}

} // namespace understudy
