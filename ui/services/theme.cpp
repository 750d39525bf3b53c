// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/theme.h"

#include "ui/services/theme_style.h"

#include <QApplication>
#include <QIcon>
#include <QStyle>
#include <QToolTip>

#include <array>

namespace understudy::ui {

namespace {

struct RolePair
{
    QRgb light;
    QRgb dark;
};

constexpr std::array<RolePair, 8> kRoles{{{0xff1f2328, 0xffeff0f1},
                                          {0xff57606a, 0xff9aa4ae},
                                          {0xff1a7f37, 0xff4ac26b},
                                          {0xff0a5cc2, 0xff6cb6ff},
                                          {0xff8a5200, 0xffe3b341},
                                          {0xffb91c1c, 0xffff8a80},
                                          {0xff6e40c9, 0xffc297ff},
                                          {0xff9d2b6b, 0xffff9bce}}};

struct Ground
{
    QRgb window, base, alternate, button, text, muted, link, highlight, highlightedText;
};

constexpr Ground kLight{0xfff4f5f7, 0xffffffff, 0xfff4f5f7, 0xfffafbfc, 0xff1f2328,
                        0xff57606a, 0xff0a5cc2, 0xff0a5cc2, 0xffffffff};
constexpr Ground kDark{0xff232629, 0xff1b1e20, 0xff232629, 0xff2d3136, 0xffeff0f1,
                       0xff9aa4ae, 0xff6cb6ff, 0xff1f6feb, 0xffffffff};
constexpr Ground kHighContrast{0xff000000, 0xff000000, 0xff101010, 0xff000000, 0xffffffff,
                               0xffffffff, 0xff80d0ff, 0xffffff00, 0xff000000};

QPalette makePalette(const Ground &g)
{
    // The remaining shades (bevels, lines) follow from these two.
    QPalette p(QColor::fromRgb(g.button), QColor::fromRgb(g.window));
    const auto set
        = [&p](QPalette::ColorRole role, QRgb rgb) { p.setColor(role, QColor::fromRgb(rgb)); };
    set(QPalette::Window, g.window);
    set(QPalette::Base, g.base);
    set(QPalette::AlternateBase, g.alternate);
    set(QPalette::Button, g.button);
    set(QPalette::ToolTipBase, g.base);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        set(role, g.text);
    set(QPalette::PlaceholderText, g.muted);
    set(QPalette::Link, g.link);
    set(QPalette::Highlight, g.highlight);
    set(QPalette::HighlightedText, g.highlightedText);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, QColor::fromRgb(g.muted));
    return p;
}

} // namespace

bool isDark(const QPalette &palette) { return palette.color(QPalette::Base).lightnessF() < 0.5F; }

void applyIconTheme()
{
    QIcon::setThemeSearchPaths({QStringLiteral(":/icons")});
    QIcon::setThemeName(isDark(QApplication::palette()) ? QStringLiteral("understudy-dark")
                                                        : QStringLiteral("understudy-light"));
}

QColor roleColor(ColorRole role, const QPalette &palette)
{
    const RolePair &pair = kRoles[static_cast<std::size_t>(role)];
    return QColor::fromRgb(isDark(palette) ? pair.dark : pair.light);
}

QString roleStyleSheet(const QPalette &palette)
{
    const auto color = [&](ColorRole role) { return roleColor(role, palette).name(); };
    const QString line = palette.color(QPalette::Mid).name();
    const QString base = palette.color(QPalette::Base).name();
    return QStringLiteral(
               "QLabel[role=\"success\"] { color: %1; }"
               "QLabel[role=\"warning\"], QCheckBox[role=\"warning\"] { color: %2; }"
               "QLabel[role=\"error\"] { color: %3; }"
               "QLabel[role=\"muted\"] { color: %4; }"
               "#messageBanner { background: %5; border: none; border-left: 4px solid %2; }"
               "#messageBanner[kind=\"info\"] { border-left: 4px solid %7; }"
               "#messageBanner[kind=\"saveFailed\"] { border-left: 4px solid %3; }"
               "#undoToast { background: %5; border: 1px solid %6; border-radius: 6px; }")
        .arg(color(ColorRole::Success), color(ColorRole::Warning), color(ColorRole::Error),
             color(ColorRole::Muted), base, line, color(ColorRole::Redirect));
}

void applyTheme(ThemeChoice choice)
{
    static const QString platformStyle = QApplication::style()->objectName();
    static const QPalette platformPalette = QApplication::palette();
    if (choice == ThemeChoice::System) {
        QApplication::setStyle(platformStyle);
        QApplication::setPalette(platformPalette);
    } else {
        QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(makePalette(choice == ThemeChoice::Light  ? kLight
                                             : choice == ThemeChoice::Dark ? kDark
                                                                           : kHighContrast));
    }
    QToolTip::setPalette(QApplication::palette());
    applyIconTheme();
}

} // namespace understudy::ui
