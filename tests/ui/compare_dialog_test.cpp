// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/compare_dialog.h"

#include <QPlainTextEdit>

#include <gtest/gtest.h>

#include <memory>

namespace understudy::ui {
namespace {

QString shown(const Comparison &comparison)
{
    const auto dialog
        = std::make_unique<CompareDialog>(std::vector<Comparison>{comparison}, nullptr);
    return dialog->findChild<QPlainTextEdit *>(QStringLiteral("compareText"))->toPlainText();
}

} // namespace

TEST(CompareDialog, ShowsThatALineBreakIsMissingAtTheEnd)
{
    EXPECT_EQ(shown({"a.mock.yaml", "one\n", "one\n", {}}), "a.mock.yaml\nNo differences");
    EXPECT_EQ(shown({"a.mock.yaml", "one\n", "one", {}}),
              "a.mock.yaml\n  one\n+ (no line break at the end)");
}

TEST(CompareDialog, SaysWhyAFileCannotBeReadInsteadOfShowingItEmpty)
{
    EXPECT_EQ(shown({"a.mock.yaml", {}, "one\n", "no rights"}),
              "a.mock.yaml\nWhat lies on the disk cannot be read: no rights");
}

TEST(CompareDialog, OfVeryManyLinesTheFirstAreShownAndTheRestIsCounted)
{
    QString many;
    for (int i = 0; i < 6'000; ++i)
        many += QString::number(i) + '\n';
    const QStringList lines = shown({"a.mock.yaml", {}, many, {}}).split('\n');
    ASSERT_EQ(lines.size(), 5'002);
    EXPECT_EQ(lines[1], "+ 0");
    EXPECT_EQ(lines[5'000], "+ 4999");
    EXPECT_EQ(lines[5'001], "⋯ 1000 more lines");
}

TEST(CompareDialog, WhatLiesBetweenChangesAndBehindThemIsCounted)
{
    const QString same = QStringLiteral("s\n").repeated(10);
    EXPECT_EQ(shown({"a", "b\n" + same, "c\n" + same + "d\n", {}}),
              "a\n− b\n+ c\n  s\n  s\n  s\n⋯ 4 lines the same\n  s\n  s\n  s\n+ d");
    EXPECT_EQ(shown({"a", "b\n" + same, "c\n" + same, {}}),
              "a\n− b\n+ c\n  s\n  s\n  s\n⋯ 7 lines the same");
}

} // namespace understudy::ui
