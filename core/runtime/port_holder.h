// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace understudy {

/// A process that listens on a TCP port.
struct PortHolder
{
    int pid = 0;
    std::string name;
};

/// Who listens on `port`, where the system tells and this user may know; nothing otherwise. Reads
/// /proc on Linux.
std::optional<PortHolder> findPortHolder(std::uint16_t port);

} // namespace understudy
