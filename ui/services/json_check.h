// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <string>

namespace understudy::ui {

/// What is wrong with a JSON text, and where. `line` and `column` count from 1, the column in
/// characters.
struct JsonCheck
{
    bool isValid = true;
    bool isKnown = true;  ///< false: a template with blocks, which may become JSON or not
    qsizetype offset = 0; ///< in bytes
    int line = 0;
    int column = 0;
    QString message; ///< "expected ',' or '}'"
};

/// RFC 8259, with the position and what was expected there, which neither Qt's nor Boost's parser
/// tells. With `isTemplate`, `{{…}}` parts stand for neutral text of the same length; what blocks
/// make of it is not known beforehand. Any thread.
JsonCheck checkJson(QByteArrayView text, bool isTemplate = false);

/// The text with two-space indents and one value a line; every token, template parts included,
/// stays as it is written. Only for valid texts; others come back unchanged.
QByteArray formatJson(const QByteArray &text, bool isTemplate = false);

} // namespace understudy::ui
