// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QToolButton;

namespace understudy::ui {

/// A flat button with an icon of the theme; what it does is its tooltip and its accessible name.
QToolButton *makeToolButton(const QString &name, const char *icon, const QString &text);

/// The same with the text beside the icon instead of a tooltip; it may have a mnemonic.
QToolButton *makeTextButton(const QString &name, const char *icon, const QString &text);

} // namespace understudy::ui
