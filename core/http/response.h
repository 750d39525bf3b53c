// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/header_list.h"

#include <cstdint>
#include <optional>
#include <string>

namespace understudy::http {

/// An answer as a value: what it says, whatever version of HTTP it will be said in.
struct Response
{
    int status = 200;
    std::string reason{}; ///< empty: the standard phrase
    /// Those of a length and of codings of the transfer are the writer's, but `Transfer-Encoding:
    /// chunked` asks for chunks, and fields that `Trailer` names then follow the body.
    HeaderList headers{};
    std::string body{};
    /// Says this length instead of the body's size: for files, and answers to HEAD alone.
    std::optional<std::uint64_t> contentLength{};
};

} // namespace understudy::http
