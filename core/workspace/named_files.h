// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/server.h"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

/// A folder of mock files, and what belongs to them.
namespace understudy::workspace {

/// The files that a server's answers are made from, as its document names them: bodies (of
/// callbacks, too), scripts and helpers, items of buckets, samples of latencies. Certificates and
/// keys are not among them: a private key is not copied without being asked for.
std::set<std::string> namedFiles(const Server &server);

/// What happens to a file that stands where another one is to be copied to.
enum class Existing { Keep, Overwrite };

/// Copies the files that a server names, relative to `from`, to the same places relative to `to`.
/// Absolute paths and paths that leave the folder stay what they are: the
/// server looks for them when it runs; so do files that are not there. Of a path made by a template
/// the files below the folder that stands before it come along. Returns an error for each
/// file that could not be copied, as files::copyInside: InUse where a different one is there
/// already, Access and Invalid for what lies outside, is hidden or a link; the others are copied.
std::vector<Error> copyNamedFiles(const Server &server, const std::filesystem::path &from,
                                  const std::filesystem::path &to, Existing existing);

} // namespace understudy::workspace
