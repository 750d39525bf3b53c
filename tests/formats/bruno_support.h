// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/edit.h"
#include "tests/formats/recorded_support.h"

#include <string>
#include <vector>

namespace understudy::formats::bruno {

/// The endpoints as lists call them, behind the folders that they stand in.
inline std::vector<std::string> endpointsOf(const Server &server)
{
    std::vector<std::string> out;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        std::string folders;
        for (const Folder *folder : visit.folders)
            folders += folder->name + '/';
        out.push_back(folders + endpointLabel(visit.endpoint));
    });
    return out;
}

} // namespace understudy::formats::bruno
