// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>

namespace understudy::formats::mockoon {

/// Brings an environment of an older file level to the shape of level 33 as far as an import reads
/// it (reference/mockoon.md section 1.11). Goes by the keys that are there rather than by the
/// level, because files with a wrong or missing level exist. `enabled` of routes stays: later
/// levels keep it outside of the file.
void migrate(boost::json::object &environment);

} // namespace understudy::formats::mockoon
