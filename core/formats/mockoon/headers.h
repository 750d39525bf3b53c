// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mockoon/repair.h"
#include "core/http/header_list.h"

#include <string>
#include <string_view>

namespace understudy::formats::mockoon {

/// The list of headers under `key` as Mockoon would send it: entries without name or value are
/// none, of equal names the last counts (but every Set-Cookie), what HTTP forbids is left out with
/// a note.
http::HeaderList readHeaders(const ObjectReader &reader, std::string_view key, Notes &notes);

/// A Content-Type as Mockoon sends it: with `; charset=utf-8` where it names no charset.
std::string withCharset(std::string_view contentType);

} // namespace understudy::formats::mockoon
