// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <filesystem>
#include <string>
#include <vector>

namespace understudy {

/// A certificate as people want to read it.
struct CertificateInfo
{
    std::string subject; ///< "CN=Understudy local authority"
    std::string issuer;
    std::vector<std::string> names; ///< DNS names and addresses it is for
    WallTime notBefore{};
    WallTime notAfter{};
    std::string sha256;         ///< "AB:CD:…"
    std::filesystem::path file; ///< empty: in memory
};

} // namespace understudy
