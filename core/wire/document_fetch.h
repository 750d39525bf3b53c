// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"

#include <stop_token>
#include <string>
#include <string_view>

namespace understudy::wire {

/// A document of a server, as a file of that name would hold it.
struct FetchedDocument
{
    std::string text;
    std::string url;  ///< where it was found, behind all redirects, without query and credentials
    std::string name; ///< "openapi.json"
    /// What stands for a path in messages: "http://localhost:3000/openapi.json". No file is there.
    std::string place;
};

/// More is not read, as of files.
inline constexpr std::uint64_t kLargestDocument = files::kLargestText;
inline constexpr int kMostRedirects = 5;

/// Whether a text is the address of a document: it begins with http:// or https://, in any case.
bool isDocumentUrl(std::string_view text);

/// GETs a document and waits for it, for at most half a minute; follows up to kMostRedirects. Asks
/// this machine alone unless `allowRemote`, whoever redirects where, and nobody by way of a proxy.
/// Another machine has to prove its name by a trusted certificate where TLS is spoken. A stop ends
/// it early.
///
/// Errors say the URL, what came back and what helps: Access where it is on another machine that
/// may not be asked, Limit, Cancelled, Invalid for what is no URL, NotFound and Unsupported for
/// statuses other than 200, System where there is no answer.
Result<FetchedDocument> fetchDocument(const std::string &url, bool allowRemote,
                                      const std::stop_token &stop = {});

} // namespace understudy::wire
