// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/curl/shell_words.h"

#include <string>
#include <vector>

namespace understudy::formats::curl {

/// What one `curl` command, or what stands between `--next`, asks for.
struct CurlRequest
{
    std::string method = "GET";
    std::vector<std::string> urls;
    std::string query;                ///< that options add to each URL
    std::vector<std::string> beside;  ///< what it sends beside method and URL: "headers", "a body"
    std::vector<std::string> unknown; ///< options that curl 8 does not have
};

/// The requests of a command whose first word is curl.
std::vector<CurlRequest> readCommand(const ShellCommand &command);

} // namespace understudy::formats::curl
