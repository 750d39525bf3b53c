// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/template_check.h"

#include "core/template/dialects.h"
#include "ui/services/text.h"

#include <algorithm>

namespace understudy::ui {

JsonCheck checkTemplate(const QByteArray &text, Dialect dialect)
{
    JsonCheck check;
    const auto compiled
        = handlebars::Template::compile(text.toStdString(), templateOptions(dialect));
    if (compiled)
        return check;
    const Error &error = compiled.error();
    check.isValid = false;
    check.message = toQString(error.message);
    check.line = std::max(error.where.line, 1);
    for (int line = 1; line < check.line; ++line)
        check.offset = text.indexOf('\n', check.offset) + 1;
    const qsizetype bytes = std::max(error.where.column - 1, 0);
    // Columns of people are characters.
    check.column = static_cast<int>(QString::fromUtf8(text.mid(check.offset, bytes)).size()) + 1;
    check.offset += bytes;
    return check;
}

} // namespace understudy::ui
