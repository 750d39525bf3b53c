// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/line_diff.h"

#include <gtest/gtest.h>

namespace understudy::ui {

namespace {

/// A word a line, "-" before those of the first text alone, "+" before those of the second.
QString diffOf(const QString &before, const QString &after)
{
    QStringList out;
    for (const DiffLine &line :
         diffLines(before.split(' ', Qt::SkipEmptyParts), after.split(' ', Qt::SkipEmptyParts)))
        out << (line.kind == DiffLine::Kind::Removed ? "-"
                : line.kind == DiffLine::Kind::Added ? "+"
                                                     : "")
                   + line.text;
    return out.join(' ');
}

} // namespace

TEST(LineDiff, KeepsWhatBothTextsSay)
{
    EXPECT_EQ(diffOf("a b c d", "a b c d"), "a b c d");
    EXPECT_EQ(diffOf("a b c d", "a x c d"), "a -b +x c d");
    EXPECT_EQ(diffOf("a b c d e", "a c x d f e"), "a -b c +x d +f e");
    EXPECT_EQ(diffOf("a a b", "a b"), "a -a b");
    EXPECT_EQ(diffOf("", "a"), "+a");
    EXPECT_EQ(diffOf("a", ""), "-a");
    EXPECT_EQ(diffOf("", ""), "");
}

TEST(LineDiff, BoundsItsTimeForTextsWithNothingInCommon)
{
    QStringList before{"head"};
    QStringList after{"head"};
    for (int i = 0; i < 20'000; ++i) {
        before << QStringLiteral("before %1").arg(i);
        after << QStringLiteral("after %1").arg(i);
        if (i == 10'000) { // nobody looks so far
            before << "common";
            after << "common";
        }
    }
    const auto lines = diffLines(before << "tail", after << "tail");
    EXPECT_EQ(lines.size(), 40'004U);
    EXPECT_EQ(lines.front(), (DiffLine{DiffLine::Kind::Same, "head"}));
    EXPECT_EQ(lines.back(), (DiffLine{DiffLine::Kind::Same, "tail"}));
}

} // namespace understudy::ui
