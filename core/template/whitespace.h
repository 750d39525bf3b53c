// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/syntax.h"

namespace understudy::handlebars {

/// Takes away the blanks that `~` asks for, and the lines of tags that stand alone on them, unless
/// `ignoreStandalone`. A partial alone on its line is given its indent; with `preventIndent` that
/// stays text in front of it.
void stripWhitespace(Program &root, bool ignoreStandalone, bool preventIndent);

} // namespace understudy::handlebars
