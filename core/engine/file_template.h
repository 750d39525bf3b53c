// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/file_body.h"
#include "core/model/server.h"
#include "core/template/template.h"

#include <memory>
#include <mutex>
#include <string>

namespace understudy {

/// Files that are templates, read and compiled once for as long as they stay as they are. Keeps the
/// last one: a response mostly has one. Any thread.
class FileTemplates
{
public:
    /// Errors: those of opening and reading the file; Syntax and Limit of its template.
    Result<std::shared_ptr<const handlebars::Template>> find(const FileBody &file, Dialect dialect);

private:
    std::mutex m_mutex;
    std::string m_key; ///< path, time and size of the file that `m_last` is of
    std::shared_ptr<const handlebars::Template> m_last;
};

} // namespace understudy
