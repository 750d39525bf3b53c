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

} // namespace understudy::ui
