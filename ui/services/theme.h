// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

namespace understudy::ui {

/// What a colour means; the table of ux.md section 14 gives each role a value on light and on dark
/// ground.
enum class ColorRole { Text, Muted, Success, Redirect, Warning, Error, Unmatched, Fault };

/// The colour of a role on the base of `palette`; every one has a contrast of at least 4.5:1 there.
QColor roleColor(ColorRole role, const QPalette &palette);

/// Whether `palette` is a dark one, by the luminance of its base.
bool isDark(const QPalette &palette);

enum class ThemeChoice { System, Light, Dark, HighContrast };

/// A style sheet for labels with the property `role` ("success", "warning", "error", "muted"),
/// banners and toasts.
QString roleStyleSheet(const QPalette &palette);

/// Chooses the icons that fit the palette; the platform's icon theme is never asked.
void applyIconTheme();

/// Applies a theme to the whole application; System restores the platform's own style and palette.
void applyTheme(ThemeChoice choice);

} // namespace understudy::ui
