// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// The data of json-server: an object whose every value is a list of objects, or an object.
/// Behaviour after json-server 0.17, watched and from its source.
namespace understudy::formats::json_server {

/// Many files are objects of objects: some list has to hold nothing but objects with an id, unless
/// the file is called db.json. Lists of texts and numbers may stand beside it.
bool recognise(const Source &source);
/// One server with a bucket for each value. Errors: Syntax and Limit, and Invalid where there is
/// nothing that could be served.
LoadOutcome import(const Source &source);

} // namespace understudy::formats::json_server
