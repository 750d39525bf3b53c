// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace understudy::ui {

/// A line of a comparison: in both texts, in the first alone, or in the second alone.
struct DiffLine
{
    enum class Kind { Same, Removed, Added };

    Kind kind = Kind::Same;
    QString text;

    bool operator==(const DiffLine &) const = default;
};

/// The lines of two texts beside one another, with as few of them in one text alone as there can
/// be. Where the texts differ in very much, what lies between their common ends is all removed and
/// all added instead: the time is bounded.
std::vector<DiffLine> diffLines(const QStringList &before, const QStringList &after);

} // namespace understudy::ui
