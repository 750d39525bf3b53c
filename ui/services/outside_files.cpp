// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/outside_files.h"

#include "core/workspace/named_files.h"

#include <set>

namespace understudy::ui {

std::string outsideFilesState(const Server &server, const std::filesystem::path &folder)
{
    std::set<std::string> names = workspace::namedFiles(server);
    if (const auto &tls = server.listen.tls)
        names.insert({tls->certificate, tls->key, tls->pkcs12, tls->clientAuthority});
    names.erase(std::string());
    std::string state;
    for (const std::string &name : names) {
        const std::filesystem::path file = folder / name;
        std::error_code error;
        state += name + '\0';
        const auto written = std::filesystem::last_write_time(file, error);
        if (!error)
            state += std::to_string(written.time_since_epoch().count());
        const auto size = std::filesystem::file_size(file, error);
        state += error ? std::string("-\n") : ' ' + std::to_string(size) + '\n';
    }
    return state;
}

} // namespace understudy::ui
