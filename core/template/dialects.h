// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/server.h"
#include "core/template/template.h"

namespace understudy {

/// How templates of a dialect are read: its helpers, its names, what it does with what is missing.
const handlebars::TemplateOptions &templateOptions(Dialect dialect);

/// Whether a text has something to render.
inline bool hasTemplate(std::string_view text) { return text.find("{{") != std::string_view::npos; }

} // namespace understudy
