// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// Postman collections of the versions 2.0 and 2.1 (https://schema.postman.com).
namespace understudy::formats::postman {

/// A collection, alone or as Postman's API wraps it; also those of version 1 and environments,
/// whose error says what to import instead.
bool recognise(const Source &source);

/// One server with the saved examples as answers, folders kept. Errors: Syntax and Limit of the
/// text, Unsupported for a collection of version 1, Invalid for what is no collection.
LoadOutcome import(const Source &source);

/// A collection of version 2.1 whose requests go to `{{baseUrl}}`, the answers as saved examples.
/// What has no word there is in the report.
Result<Exported> write(const Server &server, const std::filesystem::path &folder);

} // namespace understudy::formats::postman
